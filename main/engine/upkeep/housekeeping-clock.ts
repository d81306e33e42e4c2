import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '#main/base/clock.ts'
import { beginReplanning, clockLag, replanStep, shiftLeases, type Replanning } from '#main/queue/replan.ts'
import type { Store } from '#main/store/store.ts'

/** Smaller differences (ms) are the usual small corrections, which harm nothing. */
const toleranceMs = 2_000

export interface ClockWatchPorts {
  readonly store: Store
  readonly clock: Clock
  /** The clock was set by so many ms: forward when positive. A machine that slept looks like that too. */
  readonly onSet: (byMs: number) => void
  readonly onBug: (error: unknown) => void
}

/**
 * Notices that the wall clock was set, by comparing it with the steady one, and puts right what is planned by it:
 * leases go on for as long as was meant, and nothing waits for a time that has become far away.
 */
export class ClockWatch {
  readonly #ports: ClockWatchPorts
  #offset: number
  #replanning: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(ports: ClockWatchPorts) {
    this.#ports = ports
    this.#offset = this.#readOffset()
  }

  /** Looks whether the clock was set back since the last rows were written, while no relay was running. */
  start(): void {
    const { store, clock, onSet } = this.#ports
    const lag = store.read((tx) => clockLag(tx, clock.now()))
    if (lag <= toleranceMs) return
    this.#replan(lag)
    onSet(-lag)
  }

  /** Compares the clocks. To be called often, and before leases are looked at: one that was set forward ends them all at once. */
  look(): void {
    const offset = this.#readOffset()
    const byMs = Math.round(offset - this.#offset)
    if (Math.abs(byMs) <= toleranceMs) return
    this.#offset = offset
    const { store, onSet, onBug } = this.#ports
    store.write((tx) => shiftLeases(tx, byMs)).catch(onBug)
    if (byMs < 0) this.#replan(-byMs)
    onSet(byMs)
  }

  /** Resolves when everything that waits has been planned anew. */
  settled(): Promise<void> {
    return this.#replanning
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#replanning
  }

  #readOffset(): number {
    const { clock } = this.#ports
    return clock.now() - clock.monotonic()
  }

  #replan(backMs: number): void {
    this.#replanning = this.#replanning.then(() => this.#replanAll(backMs)).catch(this.#ports.onBug)
  }

  async #replanAll(backMs: number): Promise<void> {
    const { store, clock } = this.#ports
    let walk: Replanning | null = store.read(beginReplanning)
    while (walk !== null && !this.#isStopped) {
      const from: Replanning = walk
      walk = await store.write((tx) => replanStep(tx, from, clock.now(), backMs))
      await turn()
    }
  }
}
