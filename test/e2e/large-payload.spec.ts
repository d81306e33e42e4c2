import { expect, test, type Browser, type Page } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

/** How long the window may be busy, and so deaf, at a time (ms). */
const longestTask = 100
const mebibyte = 1024 * 1024

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** An event of 20 MB as an org with a talkative Flow sends it: a record with a hundred thousand items in a list. */
async function sendLarge(): Promise<{ readonly eventId: number; readonly size: number }> {
  const account = (await bridge.records('salesforce', 'Account'))[0]
  const item = (id: number) => ({
    id,
    name: `Contact ${id}`,
    email: `contact-${id}@example.com`,
    phone: '(212) 555-0143',
    address: { street: `${id} Harbor Street`, city: 'New York', tags: ['billing', 'shipping'] },
    isActive: id % 3 === 0,
    note: 'Called about the printer on the second floor.',
  })
  const items = Array.from({ length: 92_000 }, (_, id) => item(id))
  const record = { Id: account?.['Id'], Name: account?.['Name'], Contacts__c: items }
  const event = { eventId: 'large', eventType: 'updated', objectApiName: 'Account', recordId: account?.['Id'], record }
  const answer = await bridge.send(event)
  expect(answer.status, answer.text).toBeLessThan(300)
  const stored = await until('the large event is there', async () =>
    (await bridge.events()).find((one) => one.size > 15 * mebibyte),
  )
  await bridge.settled()
  return { eventId: stored.id, size: stored.size }
}

/** A task of the window's own thread: what it took by the clock, and of that in work, without waiting for a processor (ms). */
interface Task {
  readonly wall: number
  readonly work: number
}

/** Has the browser note every task of the page; answers a way to end that and read them. */
async function traceTasks(browser: Browser, page: Page): Promise<() => Promise<readonly Task[]>> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
    const window = new Set(
      trace.traceEvents.filter((event) => event.args?.name === 'CrRendererMain').map((event) => event.tid),
    )
    return trace.traceEvents
      .filter((event) => window.has(event.tid) && event.name.endsWith('RunTask') && event.tdur !== undefined)
      .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1_000, work: tdur / 1_000 }))
  }
}

interface TraceEvent {
  readonly name: string
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

test('a payload of 20 MB is opened, loaded, walked through and searched without a freeze', async ({
  browser,
  page,
}) => {
  const { eventId, size } = await sendLarge()
  expect(size).toBeGreaterThan(20 * mebibyte)
  await page.setViewportSize({ width: 1366, height: 768 })
  await openConsole(page, bridge.host, '#/live')
  const tasks = await traceTasks(browser, page)

  await page.evaluate((id) => window.location.assign(`#/events/${id}/payload`), eventId)
  const panel = page.getByLabel(/^Event \d+$/)
  const tree = panel.getByRole('tree', { name: 'Payload' })
  await expect(panel).toContainText('These are the first 64 KB of')
  await expect(tree.getByRole('treeitem', { name: /Contacts__c/ })).toBeVisible()

  await panel.getByRole('button', { name: /^Load all/ }).click()
  await expect(panel).not.toContainText('64 KB', { timeout: 30_000 })
  const list = tree.getByRole('treeitem', { name: /Contacts__c/ })
  await expect(list).toContainText('92,000 items')

  await list.click()
  await expect(tree.getByRole('treeitem', { name: /^0:/ })).toBeVisible()
  await tree.press('End')
  await expect(tree.getByRole('treeitem', { name: /^91999:/ })).toBeVisible()

  await panel.getByRole('textbox', { name: 'Find in it' }).fill('contact-77777@')
  await page.keyboard.press('Enter')
  await expect(tree.locator('[aria-selected="true"]')).toContainText('contact-77777@example.com')

  await panel.getByRole('radiogroup', { name: 'How it is shown' }).getByText('Text').click()
  const text = panel.getByRole('group', { name: 'Payload' })
  await expect(text).toContainText('"record":{')
  await text.evaluate((box) => box.scrollTo({ top: box.scrollHeight / 2 }))
  await expect(text).toContainText(/Contact 4\d{4}/)

  const all = await tasks()
  expect(all.length, 'tasks were noted').toBeGreaterThan(100)
  const most = (figure: keyof Task) => Math.round(Math.max(...all.map((task) => task[figure])))
  const figures = `${most('work')} ms of work, ${most('wall')} ms by the clock of a machine that may be busy`
  test.info().annotations.push({ type: 'longest task', description: figures })
  process.stdout.write(`  ${(size / mebibyte).toFixed(1)} MB: the window's longest task took ${figures}\n`)
  expect(most('work')).toBeLessThan(longestTask)
})
