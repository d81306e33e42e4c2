import type { Clock } from '#main/base/clock.ts'
import type { Gate } from './gate.ts'

/**
 * The tries that read from a connection at this moment: no more at once than its gate lets in, so that a side which comes back is asked
 * by one first, and then by more.
 */
export class Readers {
  readonly #gate: Gate
  readonly #clock: Clock
  #count = 0
  #waiting: (() => void)[] = []

  constructor(gate: Gate, clock: Clock) {
    this.#gate = gate
    this.#clock = clock
  }

  /**
   * Takes a place among the readers, and answers with the way to give it back. Waits for one while the gate is open; null when it is
   * shut, when its only probe is under way, or when the try was stopped.
   */
  async enter(signal: AbortSignal): Promise<(() => void) | null> {
    while (this.#count >= this.#gate.slots(this.#clock.now(), 'read')) {
      if (this.#gate.holding(this.#clock.now(), 'read') !== null || signal.aborted) return null
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    this.#count += 1
    return () => this.#leave()
  }

  /** What was answered meanwhile may let in more than one, or nobody. */
  #leave(): void {
    this.#count -= 1
    for (const look of this.#waiting.splice(0)) look()
  }
}
