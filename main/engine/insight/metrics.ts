import type { Clock } from '#main/base/clock.ts'
import type { CountedTotal } from '#main/relay.ts'
import { addTally, minuteMs, pruneMetrics, type Tally } from '#main/store/metrics.ts'
import type { QueueSample } from '#main/store/open-deliveries.ts'
import type { Store } from '#main/store/store.ts'
import type { Measure } from '#main/store/transaction.ts'
import type { Counted, MetricScope } from '#shared/domain/metrics.ts'
import { bucketOf } from '#shared/logic/time-buckets.ts'

/** How long figures stay in memory (ms). */
const flushMs = 10_000
/** Rows that one flush takes away at most, with as many to spare for the subjects of a busy site. */
const prunedAtOnce = 200

export interface MetricsPorts {
  readonly store: Store
  readonly clock: Clock
  /** Whether the disk takes what is to be written. */
  readonly mayWrite: () => boolean
  readonly onBug: (error: unknown) => void
}

/** While it is counted. */
interface Total extends CountedTotal {
  readonly counts: Partial<Record<Counted, number>>
  readonly times: Record<string, number>
  sumMs: number
}

interface Open extends Tally {
  readonly counts: Partial<Record<Counted, number>>
  readonly times: Record<string, number>
  lag: number | null
  depth: number | null
}

/**
 * Keeps figures by the minute and by the hour, from what commits say they did.
 *
 * They gather in memory and are written every few seconds in a light commit. What a crash takes, ten seconds at most, is not counted
 * again: figures serve charts and alerts, and whoever needs the truth reads the rows.
 */
export class Metrics {
  readonly #ports: MetricsPorts
  #open = new Map<string, Open>()
  readonly #totals = new Map<string, Total>()
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(ports: MetricsPorts) {
    this.#ports = ports
  }

  /** What was counted since the start, for whoever adds up by himself. */
  totals(): readonly CountedTotal[] {
    return [...this.#totals.values()]
  }

  /** Counts what a commit did. */
  count(measures: readonly Measure[]): void {
    if (measures.length === 0 || this.#isStopped) return
    const at = this.#minute()
    for (const measure of measures) {
      this.#add('all', '', at, measure)
      if (measure.sourceId !== undefined) this.#add('source', measure.sourceId, at, measure)
      if (measure.routeId !== undefined) this.#add('route', measure.routeId, at, measure)
      if (measure.connectionId !== undefined) this.#add('connection', measure.connectionId, at, measure)
    }
    this.#schedule()
  }

  /** Notes how the queue stands in a minute, which is the present one unless another is named; of each the highest figures are kept. */
  sample(samples: readonly QueueSample[], at = this.#minute()): void {
    for (const { scope, id, lag, depth } of samples) {
      const open = this.#of(scope, id, at)
      open.lag = Math.max(open.lag ?? 0, lag)
      open.depth = Math.max(open.depth ?? 0, depth)
    }
    this.#schedule()
  }

  /** Writes down what was gathered, and takes away what is old. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const gathered = this.#open
    const { store, clock, mayWrite } = this.#ports
    if (gathered.size === 0) return
    if (!mayWrite()) return this.#schedule()
    this.#open = new Map()
    await store.writeLight((tx) => {
      for (const tally of gathered.values()) addTally(tx, tally)
      pruneMetrics(tx, clock.now(), prunedAtOnce)
    })
  }

  /** Writes down the last figures and takes no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    // On a full disk they are given up: nobody's event depends on them.
    await this.flush().catch(() => undefined)
  }

  #schedule(): void {
    if (this.#isStopped) return
    this.#timer ??= setTimeout(() => void this.flush().catch(this.#ports.onBug), flushMs).unref()
  }

  #minute(): number {
    const now = this.#ports.clock.now()
    return now - (now % minuteMs)
  }

  #add(scope: MetricScope, id: string, at: number, { what, tookMs }: Measure): void {
    const total = this.#totalOf(scope, id)
    if (tookMs !== undefined) total.sumMs += tookMs
    for (const { counts, times } of [this.#of(scope, id, at), total]) {
      counts[what] = (counts[what] ?? 0) + 1
      if (tookMs === undefined) continue
      const bucket = bucketOf(tookMs)
      times[bucket] = (times[bucket] ?? 0) + 1
    }
  }

  #totalOf(scope: MetricScope, id: string): Total {
    const key = `${scope}:${id}`
    const known = this.#totals.get(key)
    if (known !== undefined) return known
    const made: Total = { scope, id, counts: {}, times: {}, sumMs: 0 }
    this.#totals.set(key, made)
    return made
  }

  #of(scope: MetricScope, id: string, at: number): Open {
    const key = `${scope}:${id}:${at}`
    const known = this.#open.get(key)
    if (known !== undefined) return known
    const made: Open = { scope, id, at, counts: {}, times: {}, lag: null, depth: null }
    this.#open.set(key, made)
    return made
  }
}
