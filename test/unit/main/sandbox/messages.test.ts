import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createAddressGuard } from '#main/alerts/channels/address-guard.ts'
import type { ChannelSender } from '#main/alerts/channels/channel.ts'
import { createHttpDoor, type HttpDoor } from '#main/alerts/channels/http-door.ts'
import { slack } from '#main/alerts/channels/slack.ts'
import { sms } from '#main/alerts/channels/sms.ts'
import { teams } from '#main/alerts/channels/teams.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { outgoing } from '#test/support/outgoing-message.ts'

let sandbox: Sandbox
let http: HttpDoor
let base: string
beforeAll(async () => {
  sandbox = await startSandbox()
  http = createHttpDoor(systemClock, createAddressGuard(true))
  base = `${sandbox.addresses.salesforceUrl}/sandbox/messages`
})
afterAll(async () => {
  await http.close()
  await sandbox.close()
})

it('shows what channels send here as a person would read it', async () => {
  const settings = { url: `${base}/sms`, user: 'AC1', from: '+1', to: ['+2'], template: null }
  const channels: ChannelSender[] = [
    slack(`${base}/slack`, http),
    teams(`${base}/teams`, http),
    sms(settings, 't', http),
  ]
  for (const channel of channels)
    expect(await channel.send(outgoing(), new AbortController().signal)).toEqual({ ok: true })
  const list = (await (await fetch(base)).json()) as { to: string; lines: string[] }[]
  expect(list.map(({ to }) => to)).toEqual(['sms', 'teams', 'slack'])
  for (const { lines } of list) {
    const shown = lines.join('\n')
    expect(shown.split('Salesforce refuses the sign-in')).toHaveLength(2)
    expect(shown).toContain('<b>Jones & Sons</b> wait.')
  }
})

it('has a page that runs nothing of what was sent', async () => {
  await fetch(base, { method: 'POST', body: JSON.stringify({ text: '<script>alert(1)</script>' }) })
  const response = await fetch(base, { headers: { accept: 'text/html' } })
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await response.text()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).not.toContain('<script')
  await fetch(base, { method: 'DELETE' })
  expect(await (await fetch(base)).json()).toEqual([])
})
