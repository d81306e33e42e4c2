import type { Clock } from '#main/base/clock.ts'

/** A clock that stands still until a test moves it; both of its hands go together. */
export class HandClock implements Clock {
  #now: number

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now
  }

  set(now: number): void {
    this.#now = now
  }

  add(ms: number): void {
    this.#now += ms
  }
}
