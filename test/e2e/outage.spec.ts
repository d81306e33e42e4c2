import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'
import type { Alert } from '#shared/domain/alert.ts'

/** Rules are judged at the turn of a minute, by minutes that were looked at as a whole; after an outage there is a probe within half a minute. */
const judgedMs = 180_000
const name = 'ConnectWise is away'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge({ tells: true })
})
test.afterAll(() => bridge.close())

/** What the simulated Slack shows. */
const slackMessages = async () => (await fetch(`${bridge.sandbox.salesforceUrl}/sandbox/messages`)).text()

test('break a connection, see the toast and the Slack message, acknowledge, heal, see the all-clear', async ({
  page,
}) => {
  test.setTimeout(2 * judgedMs + 60_000)
  const channel = { id: 'slack', kind: 'slack', name: 'Slack', enabled: true, settings: {} }
  const url = `${bridge.sandbox.salesforceUrl}/sandbox/messages/slack`
  await bridge.host.api('/channels', { method: 'PUT', body: { channel, secrets: { url } } })
  const rule = {
    name,
    scope: { kind: 'connection', id: 'connectwise' },
    metric: 'held',
    threshold: 0,
    windowMinutes: 1,
    severity: 'critical',
    channels: ['toast', 'slack'],
  }
  expect(await bridge.host.api('/alert-rules', { method: 'POST', body: rule })).toMatchObject({
    id: 'connectwise-is-away',
  })
  const account = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  const id = String(account?.['ConnectWise_Id__c'])

  await openConsole(page, bridge.host, '#/sandbox/companies')
  const faults = page.getByRole('group', { name: 'Faults' })
  await faults.getByRole('switch', { name: 'ConnectWise: Down' }).press('Space')
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toContainText('Broken: ConnectWise')
  const website = 'https://written-after-the-outage.example.com'
  await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website: website })

  const notice = page.getByRole('status', { name: 'Notices' })
  await expect(notice).toContainText(name, { timeout: judgedMs })
  await until('Slack has it', async () => (await slackMessages()).includes(name))
  await goTo(page, '#/alerts')
  const open = page.getByRole('list', { name: 'Critical alerts' }).getByRole('listitem').filter({ hasText: name })
  await expect(open).toContainText('does not take deliveries; they wait in order')
  await open.getByRole('button', { name: 'Acknowledge…' }).click()
  await page.getByRole('textbox', { name: /Note/ }).fill('The hoster works on it')
  await page.keyboard.press('Enter')
  await expect(open.getByRole('button', { name: 'Acknowledge…' })).toHaveCount(0)
  expect(await slackMessages()).not.toContain('Over: ')

  await goTo(page, '#/sandbox/companies')
  await faults.getByRole('button', { name: 'Heal everything' }).click()
  await expect(notice).toContainText(`Over: ${name}`, { timeout: judgedMs })
  await until('Slack has the all-clear', async () => (await slackMessages()).includes(`Over: ${name}`))
  const { items } = await bridge.host.api<{ items: Alert[] }>('/alerts?ruleId=connectwise-is-away')
  await goTo(page, `#/alerts/${items[0]?.id}`)
  const steps = page.getByRole('list', { name: 'Steps of the alert' }).getByRole('listitem')
  await expect(steps).toHaveText([/^Opened/, /^Acknowledged.*The hoster works on it/, /^Over by itself/])
  await expect(page.getByRole('list', { name: 'Messages' }).getByRole('listitem')).toHaveCount(4)
  // What waited for ConnectWise was written, and once.
  await bridge.settled()
  expect(await bridge.record('connectwise', 'company', id)).toMatchObject({ website })
  const writes = (await bridge.calls('connectwise')).filter((call) => JSON.stringify(call).includes(website))
  expect(writes).toHaveLength(1)
})
