import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '#main/base/clock.ts'
import { pruneEvents, pruneOthers } from '#main/store/retention.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { StorageSettings } from '#shared/domain/storage.ts'

const dayMs = 24 * 3_600_000
/** However full the database: an event is kept for so long, for senders repeat themselves and people ask about last week. */
export const keptAnywayMs = 7 * dayMs
/** How long one step should take (ms); the hard bound is 50. */
const stepMs = 10
/** Between two steps the writer is left alone for so many times as long as a step took. */
const restFactor = 4
const limits = { least: 1, first: 20, most: 2_000 } as const
/** Unused bytes that the file keeps: what comes next is written there. */
const keptUnusedBytes = 8 * 1024 * 1024

export interface RetentionPorts {
  readonly store: Store
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** What a pass took away. */
export interface RetentionResult {
  readonly events: number
  readonly others: number
  /** Bytes that the file became smaller by. */
  readonly givenBack: number
  /** The database is still larger than it may be, for nothing in it is old enough to go. */
  readonly isStillTooLarge: boolean
}

/**
 * Takes away what is older than it has to be kept, then what is too much, and gives the room back to the file system.
 *
 * In small steps with rests between them, so that intake does not notice. Ends early when `signal` aborts; the next pass goes on.
 */
export async function runRetention(settings: StorageSettings, ports: RetentionPorts): Promise<RetentionResult> {
  const { store, clock } = ports
  const now = clock.now()
  const before = now - settings.retentionDays * dayMs
  const old = await inSteps(ports, (tx, limit) => pruneEvents(tx, before, limit))
  const others = await inSteps(ports, (tx, limit) => pruneOthers(tx, before, limit))
  const isTooLarge = (): boolean => store.usage().usedBytes > settings.maxBytes
  const tooMany = await inSteps(ports, (tx, limit) => pruneEvents(tx, now - keptAnywayMs, limit), isTooLarge)
  const givenBack = await shrink(ports)
  return { events: old + tooMany, others, givenBack, isStillTooLarge: isTooLarge() }
}

async function inSteps(
  ports: RetentionPorts,
  prune: (tx: Transaction, limit: number) => number,
  goesOn: () => boolean = () => true,
): Promise<number> {
  const { store, clock, signal } = ports
  let total = 0
  let limit: number = limits.first
  while (!signal.aborted && goesOn()) {
    const step = await store.writeLight((tx) => {
      const started = clock.monotonic()
      return { taken: prune(tx, limit), tookMs: clock.monotonic() - started }
    })
    if (step.taken === 0) break
    total += step.taken
    limit = nextLimit(limit, step.tookMs)
    await rest(step.tookMs, signal)
  }
  return total
}

async function shrink({ store, clock, signal }: RetentionPorts): Promise<number> {
  const before = store.usage().unusedBytes
  let pages: number = limits.first
  while (!signal.aborted && store.usage().unusedBytes > keptUnusedBytes) {
    const started = clock.monotonic()
    store.shrink(pages)
    const tookMs = clock.monotonic() - started
    pages = nextLimit(pages, tookMs)
    await rest(tookMs, signal)
  }
  return Math.max(0, before - store.usage().unusedBytes)
}

function nextLimit(limit: number, tookMs: number): number {
  if (tookMs > stepMs) return Math.max(limits.least, Math.floor(limit / 2))
  return tookMs < stepMs / 2 ? Math.min(limits.most, limit * 2) : limit
}

async function rest(tookMs: number, signal: AbortSignal): Promise<void> {
  await wait(Math.max(1, tookMs * restFactor), undefined, { signal }).catch(() => undefined)
}
