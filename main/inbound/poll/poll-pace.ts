/** What a poll found: rows, none, a failure that may pass by itself, or a refusal that a person has to settle. */
export type PollResult = 'rows' | 'none' | 'failed' | 'refused'

/** A refused sign-in is tried again much later than a failure: too many of them lock the login. */
const refusedFactor = 30
/** Failures are tried again at most this much slower than an idle queue. */
const failedFactor = 3

/**
 * How long to rest between polls, in ms: `busyMs` while rows come, doubling up to `idleMs` while none do, and doubling from
 * `busyMs` after failures. All with jitter, so that several pollers don't keep step.
 */
export class PollPace {
  readonly #busyMs: number
  readonly #idleMs: number
  readonly #random: () => number
  #restMs: number
  #failures = 0

  constructor(busyMs: number, idleMs: number, random: () => number = Math.random) {
    this.#busyMs = Math.min(busyMs, idleMs)
    this.#idleMs = idleMs
    this.#random = random
    this.#restMs = this.#busyMs
  }

  after(result: PollResult): number {
    if (result === 'rows' || result === 'none') {
      this.#failures = 0
      this.#restMs = result === 'rows' ? this.#busyMs : Math.min(this.#idleMs, this.#restMs * 2)
      return this.#restMs * (0.9 + 0.2 * this.#random())
    }
    this.#restMs = this.#busyMs
    if (result === 'refused') return this.#idleMs * refusedFactor
    this.#failures += 1
    // 2 to the 30th times any pace is beyond the cap, and stays a number that a timer can hold.
    const bound = Math.min(this.#idleMs * failedFactor, this.#busyMs * 2 ** Math.min(this.#failures, 30))
    return bound * (0.5 + 0.5 * this.#random())
  }
}
