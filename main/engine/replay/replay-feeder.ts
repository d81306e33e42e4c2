import type { Clock } from '#main/base/clock.ts'
import { collectItems, feedItems, runningReplays, type RunningReplay } from '#main/outcomes/replay-items.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ReplayId } from '#shared/domain/ids.ts'

/** Deliveries of one replay that may stand in the queue ready to go; the rest waits as items, where a pause or cancel reaches it. */
const windowSize = 200
/** Items made in one transaction, so that intake never waits long for it. */
const batch = 50
/** Shortest and longest time between two looks at the rows (ms). */
const shortestMs = 10
const longestMs = 1_000

export interface FeederPorts {
  readonly store: Store
  readonly clock: Clock
  /** Whether the database takes anything at the moment. */
  readonly mayWrite: () => boolean
  readonly onBug: (error: unknown) => void
}

/**
 * Feeds the items of running replays into the queue, at the rate that was asked for.
 *
 * What it does next stands in the rows, so a restart goes on where it was; a kick is only a hint.
 */
export class ReplayFeeder {
  readonly #ports: FeederPorts
  #busy: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  /** Whether any replay may be running; spares looking after each commit. */
  #isActive = true
  #stopped = false

  constructor(ports: FeederPorts) {
    this.#ports = ports
  }

  /** A replay was started or resumed, or the relay has just started. */
  wake(): void {
    this.#isActive = true
    this.kick()
  }

  /** Deliveries have ended, so that there may be room for more. */
  kick(): void {
    if (this.#isActive) this.#plan(shortestMs)
  }

  /** Finishes the transaction under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#busy
  }

  #plan(inMs: number): void {
    if (this.#stopped || this.#busy !== null || this.#timer !== null) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#busy = this.#pass().then((nextMs) => {
        this.#busy = null
        if (nextMs !== null) this.#plan(nextMs)
      })
    }, inMs)
    this.#timer.unref()
  }

  /** One step for each running replay; answers after how long to look again, null when none runs. */
  async #pass(): Promise<number | null> {
    try {
      if (!this.#ports.mayWrite()) return longestMs
      const running = this.#ports.store.read(runningReplays)
      this.#isActive = running.length > 0
      if (!this.#isActive) return null
      const waits: number[] = []
      for (const replay of running) waits.push(await this.#step(replay))
      return Math.min(longestMs, Math.max(shortestMs, Math.min(...waits)))
    } catch (thrown) {
      this.#ports.onBug(thrown)
      return longestMs
    }
  }

  /** Does what is due for one replay; answers in how many ms more may be. */
  async #step(replay: RunningReplay): Promise<number> {
    const { clock, store } = this.#ports
    if (replay.collected_to < replay.up_to) {
      await store.writeLight((tx) => collectItems(tx, replay.id))
      return 0
    }
    const now = clock.now()
    const due = dueNow(replay, now)
    if (due.waitMs > 0) return due.waitMs
    const room = windowSize - store.read((tx) => countReady(tx, replay.id))
    if (room <= 0) return longestMs
    await store.writeLight((tx) => feedItems(tx, replay.id, Math.min(due.count, room), due.nextAt, now))
    return replay.rate === null ? 0 : due.nextAt - now
  }
}

/**
 * How many items may be made now at a replay's rate: evenly spaced, and what was missed while the relay was busy or stopped is
 * made up for by a second's worth at most.
 */
export function dueNow(
  replay: Pick<RunningReplay, 'rate' | 'next_at'>,
  now: number,
): { readonly count: number; readonly nextAt: number; readonly waitMs: number } {
  if (replay.rate === null) return { count: batch, nextAt: now, waitMs: 0 }
  const intervalMs = 60_000 / replay.rate
  // A clock that was set back must not hold a replay for the time it lost.
  const nextAt = Math.min(replay.next_at, now + intervalMs)
  if (nextAt > now) return { count: 0, nextAt, waitMs: nextAt - now }
  const from = Math.max(nextAt, now - 1_000)
  const count = Math.min(batch, 1 + Math.floor((now - from) / intervalMs))
  return { count, nextAt: Math.round(from + count * intervalMs), waitMs: 0 }
}

/** Parked and waiting deliveries don't count: they may stay for long, and the others need not wait for them. */
function countReady(tx: Transaction, id: ReplayId): number {
  const sql = `select count(*) as count from (select 1 from deliveries
    where replay_id = ? and state in ('pending', 'leased') and head = 1 limit ${windowSize})`
  return tx.get<{ count: number }>(sql, id)?.count ?? 0
}
