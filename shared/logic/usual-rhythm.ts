const minuteMs = 60_000

/** How regularly a source is heard of. */
export interface Rhythm {
  /** ms that usually pass between two minutes with events: half of the gaps are shorter. */
  readonly usualGapMs: number
  /** ms that hardly ever pass: one gap in twenty is longer. */
  readonly longGapMs: number
}

/** Gaps that have to be known before anything is called usual. */
const leastGaps = 20

/** The rhythm told by the minutes in which a source had events (ms since 1970, in order); null when there are too few to tell. */
export function rhythmOf(minutes: readonly number[]): Rhythm | null {
  const gaps = minutes.slice(1).map((at, index) => at - (minutes[index] ?? at))
  if (gaps.length < leastGaps) return null
  const sorted = gaps.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? minuteMs
  return { usualGapMs: at(0.5), longGapMs: at(0.95) }
}

/** What a silence is measured by (ms): the long gap, though three of them make at least ten minutes. */
export function unusualGapMs({ longGapMs }: Rhythm): number {
  return Math.max(longGapMs, (10 * minuteMs) / timesLonger)
}

/** A silence so many times as long is out of the ordinary. */
const timesLonger = 3

/**
 * Whether a silence of `quietMs` is out of the ordinary. Three times the long gap: nights and weekends are gaps as well, and stand in
 * the rhythm once they were seen a few times.
 */
export function isUnusuallyQuiet(rhythm: Rhythm | null, quietMs: number): boolean {
  return rhythm !== null && quietMs > timesLonger * unusualGapMs(rhythm)
}
