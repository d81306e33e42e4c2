import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '#main/base/clock.ts'
import { meterLoad } from '#main/base/thread-load.ts'
import { hasUnindexed, indexEvents } from '#main/store/search-index.ts'
import type { Store } from '#main/store/store.ts'

/** How long one step should take (ms); the hard bound is 50. */
const stepMs = 6
/** Between two steps the writer is left alone for so many times as long as a step took: longer while it has much else to do. */
const restFactors = { calm: 9, busy: 49 } as const
/** From this share of its time on, a thread counts as busy. */
const busyFrom = 0.7
const limits = { least: 10, first: 50, most: 200 } as const

export interface IndexingPorts {
  readonly store: Store
  readonly clock: Clock
  readonly mayWrite: () => boolean
  readonly signal: AbortSignal
}

/** How long to rest after a step (ms). Nothing is lost by being late: what is not in the index yet is found by a scan. */
export function restAfter(tookMs: number, load: number): number {
  return Math.max(1, tookMs * (load < busyFrom ? restFactors.calm : restFactors.busy))
}

/**
 * Takes into the search index what is not in it yet, in small light commits with rests between them.
 *
 * After an upgrade that is a whole database; until then the events that are not in it are found by a scan, newest first. Answers how many
 * were taken in; ends early when `signal` aborts.
 */
export async function catchUpSearch({ store, clock, mayWrite, signal }: IndexingPorts): Promise<number> {
  let total = 0
  let limit: number = limits.first
  const load = meterLoad()
  while (!signal.aborted && mayWrite() && store.read(hasUnindexed)) {
    const size = limit
    const step = await store.writeLight((tx) => {
      const started = clock.monotonic()
      return { taken: indexEvents(tx, size), tookMs: clock.monotonic() - started }
    })
    if (step.taken === 0) break
    total += step.taken
    if (step.tookMs > stepMs) limit = Math.max(limits.least, Math.floor(limit / 2))
    else if (step.tookMs < stepMs / 2) limit = Math.min(limits.most, limit * 2)
    await wait(restAfter(step.tookMs, load()), undefined, { signal }).catch(() => undefined)
  }
  return total
}
