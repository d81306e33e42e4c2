const minuteMs = 60_000
/** How often people are told in a storm (ms). */
export const stormMs = 15 * minuteMs

/** A message that a channel was given, or has waiting for it. */
export interface Heard {
  /** When it went or is to go (ms since 1970). */
  readonly at: number
  readonly isStorm: boolean
}

/**
 * When the next message may go: at once, until a third one within a quarter of an hour shows that there is a storm. That one says so, and
 * from then on all news is gathered into one message each quarter of an hour, for as long as there is any.
 *
 * `heard`: what went before to the same channel with the same severity, the newest first; two are enough.
 */
export function nextMessage([last, before]: readonly Heard[], now: number): Heard {
  if (last === undefined) return { at: now, isStorm: false }
  if (last.at > now) return last
  if (last.isStorm && now - last.at < stormMs) return { at: last.at + stormMs, isStorm: true }
  return { at: now, isStorm: before !== undefined && now - before.at < stormMs }
}
