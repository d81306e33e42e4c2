import type { Clock } from '#main/base/clock.ts'

/** Goes as the real one does, and leaps where the test has it. */
export class LeapingClock implements Clock {
  #ahead = 0
  now = (): number => Date.now() + this.#ahead
  monotonic = (): number => performance.now() + this.#ahead
  leap(ms: number): void {
    this.#ahead += ms
  }
}
