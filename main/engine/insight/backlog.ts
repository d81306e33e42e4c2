import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '#main/base/clock.ts'
import { sliceOfOpen, type BacklogReport, type OpenDelivery, type QueueSample } from '#main/store/open-deliveries.ts'
import type { Store } from '#main/store/store.ts'
import { activeStates } from '#shared/domain/delivery.ts'
import type { ReasonCount } from '#shared/domain/overview.ts'

export interface BacklogPorts {
  readonly store: Store
  readonly clock: Clock
  readonly onBug: (error: unknown) => void
  /** What a person has paused or switched off stands in the delivery's way; null: nothing does. */
  readonly stoppedBy: (delivery: OpenDelivery) => Stopped | null
}

type Stopped = 'paused' | 'route-off' | 'connection-held'

/** Rows looked at between two turns of the event loop: some milliseconds. */
const atOnce = 1_000
/** A report is as good as new for so long (ms). */
const freshMs = 3_000

interface Group {
  readonly scope: QueueSample['scope']
  readonly id: string
  count: number
  oldestAt: number
  oldestUnpausedAt: number
}

/**
 * What waits and why. A hundred thousand rows are looked at in slices, so that nobody is held up by the counting, and not again for a
 * while: meanwhile the last report is given out.
 */
export class Backlog {
  readonly #ports: BacklogPorts
  #last: BacklogReport | null = null
  /** When that was looked at, on the steady clock (ms): the other one may be set back. */
  #lookedAt = 0
  #looking: Promise<BacklogReport> | null = null
  #isStopped = false

  constructor(ports: BacklogPorts) {
    this.#ports = ports
  }

  /** The newest report; a stale one is renewed for the next who asks, and the first is waited for. */
  async report(): Promise<BacklogReport> {
    const last = this.#last
    if (last === null) return this.look()
    if (this.#ports.clock.monotonic() - this.#lookedAt > freshMs) this.look().catch(this.#ports.onBug)
    return last
  }

  /** Looks now. */
  look(): Promise<BacklogReport> {
    this.#looking ??= this.#walk().finally(() => (this.#looking = null))
    return this.#looking
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#looking
  }

  async #walk(): Promise<BacklogReport> {
    const { store, clock, stoppedBy } = this.#ports
    const startedAt = clock.monotonic()
    const count = new Count(clock.now())
    for (const state of activeStates) {
      let after = 0
      while (!this.#isStopped) {
        const rows = store.read((tx) => sliceOfOpen(tx, state, after, atOnce))
        for (const row of rows) count.add(row, reasonOf(row, stoppedBy(row)))
        after = rows.at(-1)?.id ?? after
        if (rows.length < atOnce) break
        await turn()
      }
    }
    this.#lookedAt = startedAt
    return (this.#last = count.report())
  }
}

function reasonOf(row: OpenDelivery, stop: Stopped | null): ReasonCount['reason'] {
  if (row.state === 'parked') return row.code === 'CONFLICT' ? 'choice' : 'parked'
  if (row.state === 'leased') return 'turn'
  if (stop !== null) return stop
  if (row.waitsFor?.startsWith('pause:') === true) return 'paused'
  if (row.failureClass === 'dependency') return 'parent'
  return row.state === 'waiting' && row.isHead === 1 ? 'retry' : 'turn'
}

class Count {
  readonly #at: number
  readonly #all = emptyGroup('all', '')
  readonly #groups = new Map<string, Group>()
  readonly #reasons = new Map<ReasonCount['reason'], number>()
  readonly #parked = new Map<string, { code: string; sentence: string; count: number; since: number }>()

  constructor(at: number) {
    this.#at = at
  }

  add(row: OpenDelivery, reason: ReasonCount['reason']): void {
    const groups = [
      this.#all,
      this.#of('route', row.routeId),
      this.#of('connection', row.connectionId),
      this.#of('source', row.sourceId),
    ]
    for (const group of groups) {
      group.count += 1
      group.oldestAt = Math.min(group.oldestAt, row.createdAt)
      if (reason !== 'paused' && reason !== 'route-off')
        group.oldestUnpausedAt = Math.min(group.oldestUnpausedAt, row.createdAt)
    }
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
    if (row.state === 'parked') this.#addParked(row)
  }

  report(): BacklogReport {
    const age = (oldestAt: number): number => (oldestAt === Infinity ? 0 : Math.max(0, this.#at - oldestAt))
    const sample = ({ scope, id, count, oldestAt, oldestUnpausedAt }: Group): QueueSample => ({
      scope,
      id,
      depth: count,
      lag: age(oldestAt),
      unpausedLag: age(oldestUnpausedAt),
    })
    return {
      at: this.#at,
      count: this.#all.count,
      oldestAt: this.#all.count === 0 ? null : this.#all.oldestAt,
      reasons: this.#reasons,
      samples: [this.#all, ...this.#groups.values()].map(sample),
      parked: [...this.#parked.values()],
    }
  }

  #addParked({ code, sentence, createdAt }: OpenDelivery): void {
    const key = code ?? 'PARKED'
    const known = this.#parked.get(key)
    if (known === undefined)
      this.#parked.set(key, {
        code: key,
        sentence: sentence ?? 'A person has to look at it.',
        count: 1,
        since: createdAt,
      })
    else known.count += 1
  }

  #of(scope: QueueSample['scope'], id: string): Group {
    const key = `${scope}:${id}`
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    const made = emptyGroup(scope, id)
    this.#groups.set(key, made)
    return made
  }
}

function emptyGroup(scope: QueueSample['scope'], id: string): Group {
  return { scope, id, count: 0, oldestAt: Infinity, oldestUnpausedAt: Infinity }
}
