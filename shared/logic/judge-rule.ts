import { alertMetrics } from '../domain/alert-metric.ts'
import type { AlertRule } from '../domain/alert.ts'
import { figureOf, isCount, percentileOf, shares, sumsOf } from './rule-figures.ts'
import { countUntil, levelAt, minuteMs, minuteOf, type CountedMinute, type RuleHistory } from './rule-history.ts'
import { mergeBuckets } from './time-buckets.ts'

/** What of a rule says when it fires. */
export type RuleCondition = Pick<AlertRule, 'scope' | 'metric' | 'comparison' | 'threshold' | 'windowMinutes'>
type Direction = Pick<AlertRule, 'comparison'>

/**
 * What a rule says at an instant. `unknown`: Patchbay did not look long enough to tell, so nothing begins and nothing ends by it.
 * A quiet one without a value had nothing to measure: no delivery ended, or what it watches is paused or not there.
 */
export type Judgement =
  | { readonly is: 'firing'; readonly value: number }
  | { readonly is: 'quiet'; readonly value: number | null }
  | { readonly is: 'unknown' }

export const unknown: Judgement = { is: 'unknown' }

/** Whether a value is on the wrong side of the bar; the bar itself is still well. */
export function isBreached({ comparison, threshold }: RuleCondition, value: number): boolean {
  return comparison === 'above' ? value > threshold : value < threshold
}

/** Of two values the one that is further on the wrong side. */
export function worse({ comparison }: Direction, one: number, other: number): number {
  return comparison === 'above' ? Math.max(one, other) : Math.min(one, other)
}

/** Of two values the one that is less on the wrong side. */
export function milder({ comparison }: Direction, one: number, other: number): number {
  return comparison === 'above' ? Math.min(one, other) : Math.max(one, other)
}

/**
 * Judges a rule by the last whole minutes before `at` (ms since 1970), as many as its window has.
 *
 * - A rate or a percentile fires by what was counted in them; without anything counted it does not.
 * - A count fires by its sum, and 0 is a sum. Fewer than the bar can be said only when all minutes were looked at.
 * - A level fires when each minute is on the wrong side; its value is the mildest of them.
 */
export function judgeRule(rule: RuleCondition, history: RuleHistory, at: number): Judgement {
  const to = minuteOf(at)
  const from = to - rule.windowMinutes * minuteMs
  return alertMetrics[rule.metric].over === 'level'
    ? judgeLevel(rule, history, from, to)
    : judgeWindow(rule, history, from, to)
}

function judgeLevel(rule: RuleCondition, history: RuleHistory, from: number, to: number): Judgement {
  let mildest: number | null = null
  let isWhole = true
  for (let at = to - minuteMs; at >= from; at -= minuteMs) {
    if (levelAt(history.looks, at) === null) {
      isWhole = false
      continue
    }
    const value = seenAt(rule, history, at)
    if (value === null || !isBreached(rule, value)) return { is: 'quiet', value }
    mildest = mildest === null ? value : milder(rule, mildest, value)
  }
  return isWhole && mildest !== null ? { is: 'firing', value: mildest } : unknown
}

/** The level of a minute that was looked at. */
export function seenAt({ metric }: RuleCondition, { minutes, steps }: RuleHistory, at: number): number | null {
  if (metric !== 'depth') return levelAt(steps, at)
  const row = minutes[countUntil(minutes, at)]
  return row?.at === at ? (row.depth ?? 0) : 0
}

function judgeWindow(rule: RuleCondition, history: RuleHistory, from: number, to: number): Judgement {
  const { metric, scope } = rule
  const within = <T extends { readonly at: number }>(list: readonly T[]): readonly T[] =>
    list.slice(countUntil(list, from), countUntil(list, to))
  if (metric === 'restarts') return judgeValue(rule, countMarks(within(history.steps)), true)
  const rows = within(history.minutes)
  return judgeValue(rule, valueWithin(metric, scope.kind, rows), isLookedAt(history, from, to))
}

function valueWithin(
  metric: RuleCondition['metric'],
  scope: RuleCondition['scope']['kind'],
  rows: readonly CountedMinute[],
): number | null {
  if (metric in shares) return percentileOf(metric, mergeBuckets(rows.map(({ times }) => times)))
  return figureOf(
    metric,
    rows.map(({ counts }) => sumsOf(metric, scope, counts)),
  )
}

export function countMarks(steps: readonly { readonly value: number | null }[]): number {
  return steps.filter(({ value }) => value !== null).length
}

/** Judges the value of a window. `isWhole`: each minute of it was looked at. */
export function judgeValue(rule: RuleCondition, value: number | null, isWhole: boolean): Judgement {
  if (value === null) return isWhole ? { is: 'quiet', value } : unknown
  if (isWhole || !isCount(rule.metric))
    return isBreached(rule, value) ? { is: 'firing', value } : { is: 'quiet', value }
  // What happened while nobody looked can only add to a count: above the bar it stays above.
  const isAbove = value > rule.threshold
  if (rule.comparison === 'above') return isAbove ? { is: 'firing', value } : unknown
  return value >= rule.threshold ? { is: 'quiet', value } : unknown
}

function isLookedAt({ looks }: RuleHistory, from: number, to: number): boolean {
  for (let at = from; at < to; at += minuteMs) if (levelAt(looks, at) === null) return false
  return true
}
