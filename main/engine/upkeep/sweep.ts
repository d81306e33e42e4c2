import type { Clock } from '#main/base/clock.ts'
import { takeBackLeases } from '#main/outcomes/replay-control.ts'
import { startAskingForParents } from '../intake/parents.ts'
import type { Parts } from '../parts.ts'

/** How often expired leases are looked for (ms). */
const sweepMs = 30_000

/** Finds again what nobody would come back to: leases that ran out, and parents that nobody saves. */
export class Sweep {
  readonly #parts: Parts
  readonly #clock: Clock
  #timer: NodeJS.Timeout | null = null
  #stopAsking: () => void = () => undefined

  constructor(parts: Parts, clock: Clock) {
    this.#parts = parts
    this.#clock = clock
  }

  /** Nobody else can hold a lease after a start. On a full disk the sweep does it later. */
  async takeBackAll(): Promise<void> {
    try {
      await this.#takeBack(Number.MAX_SAFE_INTEGER)
    } catch (thrown) {
      if (this.#parts.mayWrite) throw thrown
    }
  }

  start(): void {
    const { store } = this.#parts
    this.#timer = setInterval(() => this.#look(), sweepMs).unref()
    this.#stopAsking = startAskingForParents(store, this.#clock, (error) => this.#parts.bug('parents', error))
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#stopAsking()
  }

  #look(): void {
    if (!this.#parts.mayWrite) return
    this.#parts.housekeeping.lookAtClock()
    this.#takeBack(this.#clock.now()).catch((error: unknown) => this.#parts.bug('sweep', error))
    this.#parts.kickAll()
  }

  #takeBack(until: number): Promise<unknown> {
    return this.#parts.store.write((tx) => takeBackLeases(tx, until, this.#clock.now()))
  }
}
