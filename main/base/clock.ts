/** Time as the relay sees it; tests bring their own. */
export interface Clock {
  /** Wall clock, ms since 1970. May jump. */
  now(): number
  /** Steady clock, ms with fraction since some moment; for durations only. */
  monotonic(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
