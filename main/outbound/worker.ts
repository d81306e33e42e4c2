import type { Clock } from '#main/base/clock.ts'
import { lease, nextAvailableAt, type Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { randomUUID } from 'node:crypto'
import type { Gate } from './gate.ts'
import { loadWorkItem, type WorkItem } from './work-item.ts'

/** How long a lease lasts (ms): longer than the slowest try can take, so that it runs out only when its holder is gone. */
export const leaseMs = 5 * 60_000

/** After a lease that could not be written (a full disk, say), the wait before the next (ms). */
const afterFailureMs = 1_000

/** What of a connection's deliveries may be leased at a moment. */
export interface Admission {
  /** The greatest priority number that may go; -1: none may. */
  readonly upTo: number
  /** When to ask again although nothing has happened, ms since 1970; null: whoever changes it kicks. */
  readonly askAgainAt: number | null
}

export interface WorkerPorts {
  readonly store: Store
  readonly clock: Clock
  readonly gate: Gate
  readonly connectionId: ConnectionId
  readonly concurrency: number
  readonly admission: (now: number) => Admission
  /** Carries out one delivery and records what came of it. Must not reject; a bug is reported to `onBug`. */
  readonly deliver: (lease: Lease, item: WorkItem) => Promise<void>
  readonly onBug: (error: unknown) => void
}

/**
 * Works off the deliveries of one connection: leases what is ready, as many at once as the gate allows.
 *
 * It keeps no list of its own. `kick` says that there may be work; what work, the rows say.
 */
export class DeliveryWorker {
  readonly #ports: WorkerPorts
  #running = 0
  #leasing = false
  #kicked = false
  #stopped = false
  #timer: NodeJS.Timeout | null = null
  #idle: (() => void)[] = []

  constructor(ports: WorkerPorts) {
    this.#ports = ports
  }

  /** There may be something to do. */
  kick(): void {
    this.#kicked = true
    if (!this.#leasing && !this.#stopped) void this.#fill()
  }

  /** Takes no further work and resolves when what runs has been recorded. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#running === 0 && !this.#leasing) return
    await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  async #fill(): Promise<void> {
    this.#leasing = true
    try {
      while (this.#kicked && !this.#stopped) {
        this.#kicked = false
        await this.#leaseOnce()
      }
      this.#planNext()
    } catch (thrown) {
      this.#ports.onBug(thrown)
      this.#plan(afterFailureMs)
    } finally {
      this.#leasing = false
      this.#settleIdle()
    }
  }

  async #leaseOnce(): Promise<void> {
    const { store, clock, gate, connectionId, concurrency, admission } = this.#ports
    const now = clock.now()
    const free = Math.min(concurrency, gate.slots(now, 'write')) - this.#running
    if (free <= 0) return
    const { upTo } = admission(now)
    const ready = store.read((tx) => nextAvailableAt(tx, connectionId, upTo))
    if (ready === null || ready > now) return
    const order = { token: randomUUID(), until: now + leaseMs }
    const work = await store.writeLight((tx) =>
      lease(tx, connectionId, free, now, order, upTo).map((one) => ({ one, item: loadWorkItem(tx, one) })),
    )
    for (const { one, item } of work) if (item !== null) void this.#run(one, item)
  }

  async #run(one: Lease, item: WorkItem): Promise<void> {
    this.#running += 1
    try {
      await this.#ports.deliver(one, item)
    } catch (thrown) {
      this.#ports.onBug(thrown)
    } finally {
      this.#running -= 1
      this.kick()
      this.#settleIdle()
    }
  }

  /** Sleeps until the next delivery is due or the gate lets a probe through; a commit that makes one ready kicks earlier. */
  #planNext(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#stopped) return
    const { store, clock, gate, connectionId, admission } = this.#ports
    const now = clock.now()
    const { upTo, askAgainAt } = admission(now)
    const next = store.read((tx) => nextAvailableAt(tx, connectionId, upTo))
    const times = [next, askAgainAt].filter((at) => at !== null)
    if (times.length === 0) return
    const due = Math.max(Math.min(...times), gate.hold?.until ?? 0)
    if (due <= now && this.#running > 0) return
    this.#plan(due - now)
  }

  #plan(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(() => this.kick(), Math.min(Math.max(inMs, 1), 60_000))
    this.#timer.unref()
  }

  #settleIdle(): void {
    if (this.#running > 0 || this.#leasing) return
    for (const idle of this.#idle.splice(0)) idle()
  }
}
