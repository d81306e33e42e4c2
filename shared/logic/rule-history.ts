import type { Counted } from '../domain/metrics.ts'
import type { TimeBuckets } from './time-buckets.ts'

export const minuteMs = 60_000

/** The beginning of the minute that an instant (ms since 1970) lies in. */
export function minuteOf(at: number): number {
  return at - (((at % minuteMs) + minuteMs) % minuteMs)
}

/** What was counted of a subject in one minute. */
export interface CountedMinute {
  /** ms since 1970: the beginning of the minute. */
  readonly at: number
  readonly counts: Readonly<Partial<Record<Counted, number>>>
  readonly times: TimeBuckets
  /** The most open deliveries; null: there were none, or nobody looked. */
  readonly depth: number | null
}

/** What was seen from a minute on, until the next step. null: it was not looked at. */
export interface LevelStep {
  readonly at: number
  readonly value: number | null
}

/** All that a rule needs to know of one subject. */
export interface RuleHistory {
  /** Oldest first, one of each minute at most; in a minute without one there was nothing to count. */
  readonly minutes: readonly CountedMinute[]
  /** Of the rule's metric, oldest first; of `restarts` a mark at the instant of each. */
  readonly steps: readonly LevelStep[]
  /** When Patchbay looked at all: null from the first minute in which it did not run, or slept. */
  readonly looks: readonly LevelStep[]
}

/** What stands at an instant; null before the first step. */
export function levelAt(steps: readonly LevelStep[], at: number): number | null {
  return steps[countUntil(steps, at + 1) - 1]?.value ?? null
}

/** How many of a list in order of time lie before an instant. */
export function countUntil(list: readonly { readonly at: number }[], before: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.at ?? Infinity) < before) low = middle + 1
    else high = middle
  }
  return low
}
