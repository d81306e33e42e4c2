/**
 * `npm run screenshots`: the pictures of the README and the docs, taken of the real host in the sandbox, with traffic, an event
 * opened, and a failure on each side.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { buildIfOutdated, rendererBuild } from '#main/setup/build.ts'
import { root } from '#main/setup/ensure.mjs'
import { openBridge, type Bridge, type Fields } from './bridge.ts'
import { ensureChromium } from './chromium.ts'
import { startHeadless } from './headless.ts'
import { temporaryFolder } from './temporary.ts'
import { until } from './until.ts'

const folder = join(root, 'docs/screenshots')

/** Opens the console of a host, shows a place of it, and takes its picture once `ready` is in sight. */
async function shoot(
  browser: Browser,
  consoleUrl: string,
  name: `${string}-${'light' | 'dark'}`,
  place: string,
  ready: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    colorScheme: name.endsWith('dark') ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  await page.goto(consoleUrl)
  await page.getByRole('region', { name: 'The relay' }).waitFor()
  await page.evaluate((hash) => window.location.assign(hash), place)
  await ready(page)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  await page.close()
  process.stdout.write(`docs/screenshots/${name}.png\n`)
}

/** Lets simulated people work until so many more events are there. */
async function makeTraffic(bridge: Bridge, events: number): Promise<void> {
  const before = (await bridge.events()).length
  await setTraffic(bridge, 120)
  await until('enough events', async () => (await bridge.events()).length >= before + events, 120_000)
  await setTraffic(bridge, 0)
  await bridge.settled()
}

function setTraffic(bridge: Bridge, perMinute: number): Promise<unknown> {
  return bridge.host.api('/sandbox/traffic', { method: 'POST', body: { perMinute } })
}

/** Accounts that have their company in ConnectWise. */
async function pairedAccounts(bridge: Bridge): Promise<Fields[]> {
  const accounts = await bridge.records('salesforce', 'Account')
  return accounts.filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
}

/** Dead letters on both sides, for different reasons; both systems are whole again afterwards. */
async function makeFailures(bridge: Bridge, accounts: readonly Fields[]): Promise<void> {
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  for (const account of accounts) {
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: 'to be asked for' })
  }
  await bridge.break('salesforce', { kind: 'validation', field: 'Priority' })
  const [ticket] = await bridge.records('connectwise', 'ticket')
  await bridge.change('connectwise', 'ticket', Number(ticket?.['id']), { summary: 'Scanner does not reach the share' })
  await bridge.settled()
  await bridge.break('connectwise', null)
  await bridge.break('salesforce', null)
}

/** A change of several fields; answers its event. */
async function makeChange(bridge: Bridge, account: Fields): Promise<number> {
  const id = String(account['Id'])
  const fields = { Phone: '(212) 555-0143', BillingStreet: '48 Harbor Street', BillingPostalCode: '10013' }
  await bridge.change('salesforce', 'Account', id, fields)
  const event = await until('the event is delivered', async () =>
    (await bridge.events(`&recordId=${id}&state=delivered`)).find(({ result }) => result === 'updated'),
  )
  await bridge.settled()
  return event.id
}

async function shootSandbox(browser: Browser): Promise<void> {
  const bridge = await openBridge()
  try {
    const { consoleUrl } = bridge.host
    const [first, ...others] = await pairedAccounts(bridge)
    if (first === undefined) throw new Error('the sandbox has no paired account')
    await makeTraffic(bridge, 30)
    await makeFailures(bridge, others.slice(0, 2))
    await makeTraffic(bridge, 10)
    const event = await makeChange(bridge, first)
    await setTraffic(bridge, 6)
    const rows = (page: Page) => page.getByRole('row').nth(12).waitFor()
    await shoot(browser, consoleUrl, 'live-light', '#/live', rows)
    await shoot(browser, consoleUrl, 'live-dark', '#/live', rows)
    await shoot(browser, consoleUrl, 'event-light', `#/events/${event}`, (page) =>
      page.getByText('Attempt 1').waitFor(),
    )
    await shoot(browser, consoleUrl, 'failures-dark', '#/failures', (page) =>
      page.getByText('What to do').first().waitFor(),
    )
    await shoot(browser, consoleUrl, 'connections-light', '#/connections', async (page) => {
      await page.getByRole('button', { name: 'Test ConnectWise callbacks' }).click()
      await page.getByRole('status').getByRole('listitem').first().waitFor()
    })
  } finally {
    await bridge.close()
  }
}

async function shootStart(browser: Browser): Promise<void> {
  const data = temporaryFolder()
  const host = await startHeadless(['--data-dir', data.path, '--receiver-port', '0', '--host-port', '0'])
  try {
    await shoot(browser, host.consoleUrl, 'start-light', '#/live', (page) =>
      page.getByRole('button', { name: 'Start the sandbox' }).waitFor(),
    )
  } finally {
    await host.stop()
    data.remove()
  }
}

mkdirSync(folder, { recursive: true })
await buildIfOutdated(rendererBuild)
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  // Chromium's own sandbox does not work for root.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  await shootSandbox(browser)
  await shootStart(browser)
} finally {
  await browser.close()
}
