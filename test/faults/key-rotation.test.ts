import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'
import { accountLetter } from './flood.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

let count = 0
/** The status for a new event that is signed with `secret`. */
async function statusFor(secret: string): Promise<number> {
  const { item, eventId } = accountLetter('Rotation', ++count, 0)
  return (await sendSalesforce(bridge.host.receiverUrl, secret, item, { eventId })).status
}

async function setSecrets(secrets: Record<string, string>): Promise<void> {
  const sources = await bridge.host.api<{ source: { id: string } }[]>('/sources')
  const source = sources.find((one) => one.source.id === 'salesforce')?.source
  await bridge.host.api('/sources', { method: 'PUT', body: { source, secrets } })
}

it('turns a wrong key away where a person sees it, takes two during a rotation, and forgets the old one', async () => {
  const old = bridge.sandbox.signingSecret
  expect(await statusFor('the-new-secret')).toBe(401)
  const { items } = await bridge.host.api<{ items: { code: string; sentence: string }[] }>('/rejections')
  expect(items.find((one) => one.code === 'bad-signature')?.sentence).toMatch(/signing secret/)
  await setSecrets({ signingSecret2: 'the-new-secret' })
  expect([await statusFor(old), await statusFor('the-new-secret')]).toEqual([200, 200])
  await setSecrets({ signingSecret: 'the-new-secret', signingSecret2: '' })
  expect([await statusFor(old), await statusFor('the-new-secret')]).toEqual([401, 200])
  const events = await until('three events', async () => {
    const found = (await bridge.events()).filter((one) => one.title?.startsWith('Rotation'))
    return found.length === 3 ? found : null
  })
  expect(events).toHaveLength(3)
})
