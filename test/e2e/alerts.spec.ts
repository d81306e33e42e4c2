import { expect, test } from '@playwright/test'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { ChannelReport } from '#shared/domain/channel.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'

/** Rules are judged at the turn of a minute, by minutes that were looked at as a whole: an alert takes two of them. */
const judgedMs = 150_000

let bridge: Bridge
let receiver: Server
/** What the receiver was sent, and the state that it answers with. */
const received: { readonly body: string; readonly headers: IncomingHttpHeaders }[] = []
let answer = 200

test.beforeAll(async ({ browser }) => {
  test.setTimeout(judgedMs + 60_000)
  bridge = await openBridge({ tells: true })
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts).toString(), headers: request.headers })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  await openConsole(page, bridge.host)
  await tellSlackOfDeadLetters()
  await failOnTwoRoutes()
  const notice = page.getByRole('status', { name: 'Notices' })
  await expect(notice).toContainText('A dead letter', { timeout: judgedMs })
  await notice.getByRole('link', { name: 'Look' }).first().click()
  await expect(page, 'the list of what failed').toHaveURL(/#\/(failures|live)\b/)
  await page.close()
})
test.afterAll(async () => {
  receiver.close()
  await bridge.close()
})

const rules = () => bridge.host.api<AlertRule[]>('/alert-rules')

/** What the simulated Slack shows. */
const slackMessages = async () => (await fetch(`${bridge.sandbox.salesforceUrl}/sandbox/messages`)).text()

async function tellSlackOfDeadLetters(): Promise<void> {
  const channel = { id: 'slack', kind: 'slack', name: 'Slack', enabled: true, settings: {} }
  const url = `${bridge.sandbox.salesforceUrl}/sandbox/messages/slack`
  await bridge.host.api('/channels', { method: 'PUT', body: { channel, secrets: { url } } })
  const rule = (await rules()).find(({ id }) => id === 'dead-letter')
  await bridge.host.api('/alert-rules', { method: 'POST', body: { ...rule, channels: ['toast', 'slack'] } })
}

/** Changes that ConnectWise refuses for good: one alert for each route, and one for each theme. */
async function failOnTwoRoutes(): Promise<void> {
  const isPaired = (one: Fields) => typeof one['ConnectWise_Id__c'] === 'string'
  const account = (await bridge.records('salesforce', 'Account')).find(isPaired)
  const contact = (await bridge.records('salesforce', 'Contact')).find(isPaired)
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website: 'https://refused.example.com' })
  await bridge.change('salesforce', 'Contact', String(contact?.['Id']), { Title: 'Refused' })
  await until('two dead letters', async () => (await bridge.events('&state=dead')).length === 2)
  await bridge.break('connectwise', null)
}

walk('an open alert says what is wrong and what to do, tells its story, and is acknowledged', async (page) => {
  await openConsole(page, bridge.host, '#/alerts')
  const list = page.getByRole('list', { name: 'Warning alerts' })
  const open = list
    .getByRole('listitem')
    .filter({ hasText: 'A dead letter of' })
    .filter({ has: page.getByRole('button', { name: 'Acknowledge…' }) })
    .first()
  await expect(open).toContainText('What to do: Open the failures')
  await expect(page.getByRole('navigation', { name: 'Screens' }).getByLabel(/^\d+ open$/)).toBeVisible()
  await picture(page, 'alerts')
  await open.getByRole('link', { name: 'Show the failures' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Failures' })).toBeVisible()
  await page.goBack()

  await open.getByRole('link', { name: /^The whole story/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Alert \d+$/ })).toBeVisible()
  const steps = page.getByRole('list', { name: 'Steps of the alert' })
  await expect(steps.getByRole('listitem').first()).toContainText('Opened')
  const messages = page.getByRole('list', { name: 'Messages' })
  await expect(messages).toContainText('Arrived')
  await expect(messages).toContainText('Slack')
  expect(await slackMessages()).toContain('dead letter')
  await expect(page.getByRole('img', { name: /^Dead letters of .* against 0$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Acknowledge…' }).click()
  await page.getByRole('textbox', { name: /Note/ }).fill('I ask the customer')
  await page.keyboard.press('Enter')
  await expect(steps).toContainText('I ask the customer')
  await expect(page.getByRole('button', { name: 'Acknowledge…' })).toHaveCount(0)
  await picture(page, 'alert')
})

walk('a rule is tried while it is written, waits as a draft, is saved, switched off and removed', async (page) => {
  await openConsole(page, bridge.host, '#/alerts/rules')
  const list = page.getByRole('list', { name: 'Rules' })
  await expect(list).toContainText('Success rate of each route below 95 % within 15 minutes → On this computer')
  await picture(page, 'alert-rules')
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByRole('combobox', { name: 'What', exact: true }).click()
  await page.getByRole('option', { name: 'Dead letters', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Too much is failing')
  const trial = page.getByRole('complementary', { name: 'Trial' })
  await expect(trial).toContainText(/it would have fired 2 times/)
  await expect(trial.getByRole('img', { name: /^Dead letters of .* against 0$/ })).toBeVisible()
  await expect(trial.getByRole('list', { name: 'Times it would have fired' })).toContainText('at worst 1')
  await picture(page, 'alert-rule')
  await page.getByRole('textbox', { name: 'Threshold' }).fill('5')
  await expect(trial).toContainText('it would not have fired')

  await page.getByRole('link', { name: 'All rules' }).click()
  await page.getByRole('link', { name: 'Back to the draft' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Too much is failing')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Too much is failing' })).toBeVisible()
  const saved = async () => (await rules()).find(({ id }) => id === 'too-much-is-failing')
  expect(await saved()).toMatchObject({ metric: 'failing', threshold: 5, channels: ['toast', 'slack'], enabled: true })

  await page.getByRole('link', { name: 'All rules' }).click()
  await list.getByRole('switch', { name: 'Too much is failing' }).click({ force: true })
  await expect(list.getByRole('switch', { name: 'Too much is failing' })).not.toBeChecked()
  expect(await saved()).toMatchObject({ enabled: false })
  await list.getByRole('link', { name: 'Too much is failing' }).click()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the rule' }).click()
  await expect(list).toBeVisible()
  expect(await saved()).toBeUndefined()
})

walk('a channel is made, tested, and says why messages do not arrive', async (page) => {
  received.length = 0
  answer = 200
  await openConsole(page, bridge.host, '#/alerts/channels')
  const here = page.getByRole('article', { name: 'On this computer' })
  await here.getByRole('button', { name: 'Test On this computer' }).click()
  await expect(here).toContainText('Shown to whoever has Patchbay open')
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('This is a test')

  await page.getByRole('button', { name: 'Add a channel' }).click()
  await page.getByRole('menuitem', { name: /^Webhook/ }).click()
  await page.getByLabel(/^Address/).fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`)
  await expect(page.getByText(/^whsec_/)).toBeVisible()
  await expect(page.getByText('it is not shown again')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Remove…' })).toBeVisible()
  await expect(page.getByText(/^whsec_/)).toHaveCount(0)
  await page.getByRole('button', { name: 'Test Webhook' }).click()
  await expect(page.getByText('The webhook took the message.')).toBeVisible()
  expect(received).toHaveLength(1)
  expect(received[0]?.body).toContain('This is a test')
  expect(received[0]?.headers['webhook-signature']).toMatch(/^v1,/)
  await picture(page, 'alert-channel')

  answer = 404
  await page.getByRole('button', { name: 'Test Webhook' }).click()
  await expect(page.getByText(/404/).first()).toBeVisible()
  await page.getByRole('link', { name: 'All channels' }).click()
  const card = page.getByRole('article', { name: 'Webhook' })
  await expect(card).toContainText('Does not arrive')
  await expect(card).toContainText(/Nothing has arrived since .*404/)
  await picture(page, 'alert-channels')
  await card.getByRole('link', { name: 'Change…' }).click()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the channel' }).click()
  await expect(here).toBeVisible()
  const left = await bridge.host.api<ChannelReport[]>('/channels')
  expect(left.map(({ channel }) => channel.id)).toEqual(['toast', 'slack'])
})

walk('once its cause is gone, an alert is over by itself, and its story stays', async (page) => {
  test.setTimeout(judgedMs + 60_000)
  await openConsole(page, bridge.host, '#/alerts')
  const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=dead')
  const deliveryIds = items.filter(({ replayedBy }) => replayedBy === null).map(({ id }) => id)
  if (deliveryIds.length > 0) {
    // The first theme mends the cause and sees the all-clear; the second finds what is left of it.
    await bridge.host.api('/replays', { method: 'POST', body: { deliveryIds, mode: 'current' } })
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Over: ', { timeout: judgedMs })
    await until('Slack has the all-clear', async () => (await slackMessages()).includes('Over: '))
  }
  await page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name: 'History' }).click()
  const history = page.getByRole('grid', { name: 'Alerts that are over, newest first' })
  const row = history.getByRole('row').filter({ hasText: 'dead letter' }).first()
  await expect(row).toContainText('By itself')
  await picture(page, 'alert-history')
  await row.click()
  await expect(page.getByRole('list', { name: 'Steps of the alert' })).toContainText('Over by itself')
})
