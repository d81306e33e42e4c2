import { expect, test, type Page } from '@playwright/test'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'
import type { Alert, AlertRule } from '#shared/domain/alert.ts'
import type { ChannelReport } from '#shared/domain/channel.ts'

/** Rules are judged at the turn of a minute, by minutes that were looked at as a whole: an alert takes two of them. */
const judgedMs = 170_000

let bridge: Bridge
let receiver: Server
/** What the receiver was sent, and the state that it answers with. */
let received: { body: string; signature: string | undefined }[] = []
let answer = 200

test.beforeAll(async () => {
  test.setTimeout(judgedMs + 60_000)
  bridge = await openBridge()
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const signature = request.headers['webhook-signature']
      received.push({
        body: Buffer.concat(parts).toString(),
        signature: Array.isArray(signature) ? signature[0] : signature,
      })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  await failOne('https://refused.example.com')
  await alertIn('open', judgedMs)
})
test.afterAll(async () => {
  receiver.close()
  await bridge.close()
})

const alerts = async (state: Alert['state']) =>
  (await bridge.host.api<{ items: Alert[] }>(`/alerts?state=${state}`)).items.filter(
    ({ ruleId }) => ruleId === 'dead-letter',
  )
const rules = () => bridge.host.api<AlertRule[]>('/alert-rules')
const receiverUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`

async function alertIn(state: Alert['state'], withinMs: number): Promise<Alert> {
  return until(`the alert is ${state}`, async () => (await alerts(state))[0], withinMs)
}

/** A change that ConnectWise refuses for good. */
async function failOne(Website: string): Promise<void> {
  const accounts = await bridge.records('salesforce', 'Account')
  const account = accounts.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website })
  await until('the dead letter', async () => (await bridge.events('&state=dead')).length > 0)
  await bridge.break('connectwise', null)
}

function tab(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Alerts' }).getByRole('link', { name })
}

walk('an open alert says what is wrong and what to do, tells its story, and is acknowledged', async (page) => {
  await openConsole(page, bridge.host, '#/alerts')
  const list = page.getByRole('list', { name: 'Warning alerts' })
  const card = list.getByRole('group').filter({ hasText: 'dead letter' }).first()
  await expect(card).toContainText('What to do: Open the failures')
  await expect(page.getByRole('navigation', { name: 'Screens' }).getByLabel(/^\d+ open$/)).toBeVisible()
  await picture(page, 'alerts')
  await card.getByRole('link', { name: 'Show the failures' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Failures' })).toBeVisible()
  await page.goBack()

  await card.getByRole('link', { name: /^The whole story/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Alert \d+$/ })).toBeVisible()
  const steps = page.getByRole('list', { name: 'Steps of the alert' })
  await expect(steps.getByRole('listitem').first()).toContainText('Opened')
  await expect(page.getByRole('list', { name: 'Messages' })).toContainText('Arrived')
  await expect(page.getByRole('img', { name: /^Dead letters of .* against 0/ })).toBeVisible()
  await page.getByRole('button', { name: 'Acknowledge…' }).click()
  await page.getByRole('textbox', { name: /Note/ }).fill('I ask the customer')
  await page.keyboard.press('Enter')
  await expect(steps).toContainText('I ask the customer')
  await expect(page.getByRole('button', { name: 'Acknowledge…' })).toHaveCount(0)
  await picture(page, 'alert')
  // The other theme finds it open again.
  await bridge.host.api(`/alerts/${(await alerts('acknowledged'))[0]?.id}/resolve`, { method: 'POST', body: {} })
})
