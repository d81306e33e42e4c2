import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright'
import { slopePerHour } from '#test/soak/verdict.ts'
import { watchHeap } from '#test/support/page-heap.ts'
import { atLeast, below, none, type Bar } from '../figure.ts'
import type { Ground } from '../ground.ts'
import { definePart, type Part } from '../part.ts'
import { accountEvent, sendSteadily } from '../steady.ts'
import { openProbed } from './browser.ts'
import { receivingHost } from './receiving-host.ts'

const perSecond = 500
const tenPaints: Bar = { text: '<= 10', isHeldBy: (value) => value <= 10 }

interface Sample {
  /** s since the first. */
  readonly at: number
  readonly heapMb: number
}

/** The live list while events rush in: what the page keeps, and how often it draws. */
export function livePart(seconds: number): Part {
  // The first minute fills the list, caches and compiled code.
  const isLong = seconds >= 120
  const slope = { name: 'live list, JS heap, slope over the second half', unit: 'MB/min' }
  return definePart({
    about: `${perSecond} events a second into the live list for ${seconds} s`,
    aims: {
      shown: { name: `live list at ${perSecond} events/s, events taken in`, unit: '/s' },
      refused: { name: 'live list, events refused', unit: '', bar: none },
      paints: { name: 'live list, paints', unit: '/s', bar: tenPaints },
      frames: { name: 'live list, frames the page could draw', unit: '/s', bar: atLeast(50) },
      longest: { name: 'live list, longest task', unit: 'ms', bar: below(100) },
      heap: { name: 'live list, JS heap at the end', unit: 'MB' },
      slope: isLong ? { ...slope, bar: below(1) } : { ...slope, name: `${slope.name} (too short a run to judge by)` },
    },
    measure: (ground) => measureLive(ground, seconds),
  })
}

async function measureLive(ground: Ground, seconds: number) {
  const { host, secret } = await receivingHost(ground)
  const page = await openProbed(ground, host, '#/live')
  const heapMb = await watchHeap(page)
  let over = false
  const traffic = sendSteadily({
    receiverUrl: host.receiverUrl,
    secret,
    perSecond,
    isOver: () => over,
    event: (count) => accountEvent('Live', count).event,
  })
  await page.getByRole('row').nth(5).waitFor()
  const rates = await watchRates(page, seconds, (at) => takeSample(ground, heapMb, at))
  over = true
  const { sent, refused, seconds: took } = await traffic
  const late = rates.samples.filter(({ at }) => at >= seconds / 2)
  return {
    shown: (sent - refused) / took,
    refused,
    paints: rates.paints,
    frames: rates.frames,
    longest: rates.longest,
    heap: rates.samples.at(-1)?.heapMb ?? Number.NaN,
    slope: slopePerHour(late, ({ heapMb }) => heapMb) / 60,
  }
}

/** Looks at the page for so long; the heap is looked at between stretches, as collecting it stops the page. */
async function watchRates(page: Page, seconds: number, sample: (at: number) => Promise<Sample>) {
  const stretches = 20
  const samples: Sample[] = []
  const began = performance.now()
  let [changes, frames, watchedMs, longest] = [0, 0, 0, 0]
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    await page.evaluate(() => window.probe.clear())
    const from = await page.evaluate(() => performance.now())
    await wait((seconds * 1_000) / stretches)
    const seen = await page.evaluate(() => ({
      now: performance.now(),
      changes: window.probe.changes.length,
      frames: window.probe.frames.length,
      longest: Math.max(0, ...window.probe.longTasks),
    }))
    changes += seen.changes
    frames += seen.frames
    watchedMs += seen.now - from
    longest = Math.max(longest, seen.longest)
    samples.push(await sample((performance.now() - began) / 1_000))
  }
  return { samples, paints: (changes * 1_000) / watchedMs, frames: (frames * 1_000) / watchedMs, longest }
}

async function takeSample(ground: Ground, heapMb: () => Promise<number>, at: number): Promise<Sample> {
  const sample = { at, heapMb: await heapMb() }
  ground.say(`after ${at.toFixed(0)} s: JS heap ${sample.heapMb.toFixed(1)} MB`)
  return sample
}
