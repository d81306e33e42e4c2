import type { Page } from 'playwright'
import type { EventSummary } from '#shared/domain/event.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'
import { below } from '../figure.ts'
import type { Ground } from '../ground.ts'
import { definePart, type Part } from '../part.ts'
import { goTo, openProbed } from './browser.ts'
import { receivingHost } from './receiving-host.ts'

const megabytes = 20

/** A large payload in front of a person: its beginning first, then all of it. What counts is how long the page does not answer. */
export function payloadPart(): Part {
  return definePart({
    about: `opening a payload of ${megabytes} MB, and loading all of it`,
    aims: {
      opened: { name: `payload of ${megabytes} MB opened, longest task`, unit: 'ms', bar: below(100) },
      openedIn: { name: `payload of ${megabytes} MB, beginning in sight after`, unit: 'ms' },
      whole: { name: `payload of ${megabytes} MB loaded as a whole, longest task`, unit: 'ms', bar: below(100) },
      wholeIn: { name: `payload of ${megabytes} MB, whole in sight after`, unit: 'ms' },
    },
    measure: measurePayload,
  })
}

async function measurePayload(ground: Ground) {
  const { host, secret } = await receivingHost(ground)
  await sendSalesforce(host.receiverUrl, secret, largeEvent())
  const event = await until(
    'the event is stored',
    async () => (await host.api<{ items: EventSummary[] }>('/events?limit=1')).items[0],
  )
  const page = await openProbed(ground, host, '#/live')
  await page.getByRole('row').nth(1).waitFor()
  const load = page.getByRole('button', { name: /^Load all/ })
  const opened = await watched(page, async () => {
    await goTo(page, `#/events/${event.id}/payload`)
    await load.waitFor()
  })
  ground.say(`opened in ${opened.tookMs.toFixed(0)} ms, longest task ${opened.longest.toFixed(0)} ms`)
  const whole = await watched(page, async () => {
    await load.click()
    await load.waitFor({ state: 'detached' })
    await page.getByRole('progressbar', { name: 'Loaded' }).waitFor({ state: 'detached', timeout: 120_000 })
  })
  ground.say(`all of it in ${whole.tookMs.toFixed(0)} ms, longest task ${whole.longest.toFixed(0)} ms`)
  return { opened: opened.longest, openedIn: opened.tookMs, whole: whole.longest, wholeIn: whole.tookMs }
}

/** How long something takes, and the longest time in which the page could not answer (0: never longer than 50 ms). */
async function watched(page: Page, work: () => Promise<void>): Promise<{ tookMs: number; longest: number }> {
  await page.evaluate(() => window.probe.clear())
  const began = performance.now()
  await work()
  const tookMs = performance.now() - began
  // What was put off until later counts as well.
  await page.waitForTimeout(1_500)
  return { tookMs, longest: await page.evaluate(() => Math.max(0, ...window.probe.longTasks)) }
}

/** Many lines, as of a large order, and one long text. */
function largeEvent(): unknown {
  const line = (number: number) => ({ number, product: `Article ${number}`, amount: number % 17, note: 'x'.repeat(60) })
  const lines = Array.from({ length: (megabytes / 2) * 8_500 }, (_, number) => line(number))
  const record = { Id: '001LARGE', Name: 'Large', Lines: lines, Description: 'y'.repeat((megabytes / 2) * 1024 ** 2) }
  return { eventId: 'large', eventType: 'updated', objectApiName: 'Account', recordId: '001LARGE', record }
}
