const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** When a source was heard of (ms since 1970, in order): the minutes of the last week, and the hours of the last weeks. */
export interface Activity {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
}

/** How regularly a source is heard of. */
export interface Rhythm extends Activity {
  /** ms that usually pass between two minutes with events: half of the gaps are shorter. */
  readonly usualGapMs: number
  /** ms that hardly ever pass: one gap in twenty is longer. */
  readonly longGapMs: number
}

/** How far back a rhythm looks (ms): a week with its weekend, and the week before for what the weekend is compared with. */
export const rhythmMinutesMs = 7 * dayMs
export const rhythmHoursMs = 15 * dayMs

/** Gaps that have to be known before anything is called usual. */
const leastGaps = 20

/** The rhythm told by when a source had events; null when there is too little to tell. */
export function rhythmOf(activity: Activity): Rhythm | null {
  const { minutes } = activity
  const gaps = minutes.slice(1).map((at, index) => at - (minutes[index] ?? at))
  if (gaps.length < leastGaps) return null
  const sorted = gaps.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? minuteMs
  return { ...activity, usualGapMs: at(0.5), longGapMs: at(0.95) }
}

/** A silence so many times as long as the long gap is out of the ordinary. */
const timesLonger = 3

/**
 * How many times as long as the long gap a source has been quiet; three of them make at least ten minutes. Never more than once where it
 * was as quiet at the same time of one of the last seven days: then it is night, or a weekend.
 */
export function silenceTimes(rhythm: Rhythm, quietMs: number, now: number): number {
  const times = quietMs / Math.max(rhythm.longGapMs, (10 * minuteMs) / timesLonger)
  return times > 1 && wasAsQuiet(rhythm, quietMs, now) ? 1 : times
}

/** Whether a silence of `quietMs` is out of the ordinary. */
export function isUnusuallyQuiet(rhythm: Rhythm | null, quietMs: number, now: number): boolean {
  return rhythm !== null && silenceTimes(rhythm, quietMs, now) > timesLonger
}

function wasAsQuiet({ minutes, hours }: Activity, quietMs: number, now: number): boolean {
  return [1, 2, 3, 4, 5, 6, 7].some((days) => {
    const to = now - days * dayMs
    // No day ends at the same minute as the one before: its last event may have come somewhat later.
    const from = to - quietMs + Math.min(quietMs / 2, hourMs)
    const first = minutes[0]
    if (first !== undefined && first <= from) return !minutes.some((at) => at + minuteMs > from && at < to)
    // Of hours that lie in it with a part only it is not known which.
    const whole = Math.floor(to / hourMs) > Math.ceil(from / hourMs)
    const known = hours[0] !== undefined && hours[0] <= from
    return known && whole && !hours.some((at) => at >= from && at + hourMs <= to)
  })
}
