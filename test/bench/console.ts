import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from 'playwright'
import { buildIfOutdated, rendererBuild } from '#main/setup/build.ts'
import { ensureChromium } from '#test/support/chromium.ts'
import { takeFrames, watchFrames, watchLoad, type PageLoad } from '#test/support/frames.ts'
import { furnishHost } from '#test/support/furnish.ts'
import type { Headless } from '#test/support/headless.ts'
import type { BigFolder } from './big-folder.ts'
import { atLeast, below } from './figure.ts'
import type { Ground } from './ground.ts'
import { definePart, type Part } from './part.ts'
import { accountEvent, sendSteadily } from './steady.ts'

const perSecond = 500
const scrollSeconds = 15
/** Pixels in each frame: some two hundred rows a second, so that the list also has to let go of rows at its top. */
const scrollStep = 150

/** The console in a browser: the live list at 500 events a second, and scrolling through it among very many. */
export function consolePart(big: BigFolder, isQuick: boolean): Part {
  const seconds = isQuick ? 20 : 300
  const live = `live list at ${perSecond} events/s`
  const scroll = `scrolling among ${big.events.toLocaleString('en')} events`
  return definePart({
    about: `the live list at ${perSecond} events a second for ${seconds} s, then scrolling for ${scrollSeconds} s`,
    aims: {
      frames: { name: `${live}, frames a second (median)`, unit: '/s', bar: atLeast(50) },
      slowest: { name: `${live}, slowest of 20 seconds`, unit: '/s' },
      busy: { name: `${live}, main thread at work`, unit: '%' },
      paints: { name: `${live}, changes of the list in a second, most`, unit: '/s', bar: below(11) },
      heap: { name: `${live}, script memory, highest`, unit: 'MB' },
      // The first minute fills caches.
      slope: isQuick
        ? { name: `${live}, script memory, slope (too short a run to judge by)`, unit: 'MB/min' }
        : { name: `${live}, script memory, slope over the second half`, unit: 'MB/min', bar: below(1) },
      scroll: { name: `${scroll}, frames a second (median)`, unit: '/s', bar: atLeast(50) },
      scrollBusy: { name: `${scroll}, main thread at work`, unit: '%' },
      rows: { name: `${scroll}, rows passed`, unit: '' },
    },
    async measure(ground) {
      await buildIfOutdated(rendererBuild)
      return { ...(await measureLive(ground, seconds)), ...(await measureScroll(ground, big)) }
    },
  })
}

async function measureLive(ground: Ground, seconds: number) {
  const sandbox = await ground.sandbox('--calls-a-day', '10000000')
  const host = await ground.host()
  await furnishHost(host, sandbox)
  const page = await openLive(ground, host)
  const started = performance.now()
  const isOver = (): boolean => performance.now() - started > seconds * 1_000
  const sending = sendSteadily({
    receiverUrl: host.receiverUrl,
    secret: sandbox.signingSecret,
    perSecond,
    isOver,
    event: (count) => accountEvent('Shown', count).event,
  })
  await page.getByRole('row').nth(20).waitFor()
  await watchFrames(page)
  const look = await watchLoad(page)
  const samples: (PageLoad & { readonly at: number })[] = []
  while (!isOver()) {
    const at = (performance.now() - started) / 60_000
    const sample = { at, ...(await look()) }
    samples.push(sample)
    ground.say(`${(at * 60).toFixed(0)} s: script memory ${sample.heapMb.toFixed(1)} MB`)
    await wait(seconds * 50)
  }
  const { perSecond: frames, mostPaints } = await takeFrames(page)
  const { refused, sent } = await sending
  ground.say(`${sent} events sent, ${refused} refused`)
  return {
    frames: middle(frames),
    slowest: frames.toSorted((one, other) => one - other)[Math.floor(frames.length / 20)] ?? Number.NaN,
    busy: busyShare(samples),
    paints: mostPaints,
    heap: Math.max(...samples.map(({ heapMb }) => heapMb)),
    slope: slope(samples.slice(Math.floor(samples.length / 2))),
  }
}

async function measureScroll(ground: Ground, big: BigFolder) {
  const host = await ground.host(await big.path())
  const page = await openLive(ground, host)
  await page.getByRole('row').nth(20).waitFor()
  await watchFrames(page)
  const look = await watchLoad(page)
  const before = { at: 0, ...(await look()) }
  await page.evaluate(
    ([ms, step]) =>
      new Promise<void>((resolve) => {
        const list = document.querySelector('[role="grid"]')
        const until = performance.now() + ms
        const go = (): void => {
          list?.scrollBy({ top: step })
          if (performance.now() < until) requestAnimationFrame(go)
          else resolve()
        }
        go()
      }),
    [scrollSeconds * 1_000, scrollStep] as const,
  )
  const after = { at: scrollSeconds / 60, ...(await look()) }
  const { perSecond: frames } = await takeFrames(page)
  const ids = await page.getByRole('row').evaluateAll((rows) => rows.map(({ id }) => Number(id.replace('event-', ''))))
  return {
    scroll: middle(frames),
    scrollBusy: busyShare([before, after]),
    rows: big.events - Math.min(...ids.filter((id) => id > 0)),
  }
}

/** The live list in a browser of its own, as large as the smallest screen that technicians use. */
async function openLive(ground: Ground, host: Headless): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  ground.after(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(host.consoleUrl)
  await page.getByRole('region', { name: 'The relay' }).waitFor()
  await page.evaluate(() => window.location.assign('#/live'))
  return page
}

/** Percent of the time between the first and the last look; `at` in minutes. */
function busyShare(samples: readonly (PageLoad & { readonly at: number })[]): number {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return Number.NaN
  return ((last.busyMs - first.busyMs) / ((last.at - first.at) * 60_000)) * 100
}

/** MB a minute, of the line through the samples (least squares). */
function slope(samples: readonly (PageLoad & { readonly at: number })[]): number {
  const mean = (of: (one: (typeof samples)[number]) => number) =>
    samples.reduce((sum, one) => sum + of(one), 0) / samples.length
  const [at, heap] = [mean((one) => one.at), mean((one) => one.heapMb)]
  return mean((one) => (one.at - at) * (one.heapMb - heap)) / mean((one) => (one.at - at) ** 2)
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
