import { alertMetrics, type AlertMetric } from '../domain/alert-metric.ts'
import {
  countMarks,
  isBreached,
  judgeValue,
  milder,
  seenAt,
  unknown,
  worse,
  type Judgement,
  type RuleCondition,
} from './judge-rule.ts'
import { percentileOf, shares, sumsOf, valueOf } from './rule-figures.ts'
import { countUntil, levelAt, minuteMs, minuteOf, type RuleHistory } from './rule-history.ts'

/** A stretch of time in which a rule fires. */
export interface Firing {
  /** The minute (ms since 1970) at which it would have been noticed. */
  readonly from: number
  /** When it was first found well again; null: not within what was looked at. */
  readonly until: number | null
  /** The worst within it. */
  readonly value: number
}

/**
 * When a rule fires, judged at each whole minute after `from` and up to `to`: the same as `judgeRule` says at each, in one go through the
 * history. What is unknown begins nothing and ends nothing.
 */
export function firings(rule: RuleCondition, history: RuleHistory, from: number, to: number): Firing[] {
  const first = minuteOf(from) + minuteMs
  const judge =
    alertMetrics[rule.metric].over === 'level' ? levelJudge(rule, history) : windowJudge(rule, history, first)
  const found: Firing[] = []
  let isOpen = false
  for (let at = first; at <= to; at += minuteMs) {
    const judged = judge(at)
    const last = isOpen ? found.at(-1) : undefined
    if (judged.is === 'unknown') continue
    if (judged.is === 'firing') {
      if (last === undefined) found.push({ from: at, until: null, value: judged.value })
      else found[found.length - 1] = { ...last, value: worse(rule, last.value, judged.value) }
    } else if (last !== undefined) found[found.length - 1] = { ...last, until: at }
    isOpen = judged.is === 'firing'
  }
  return found
}

/** Judges minutes in order. */
type InOrder = (at: number) => Judgement

/** Remembers where the last minute that is well lies, and the last that nobody looked at. */
function levelJudge(rule: RuleCondition, history: RuleHistory): InOrder {
  let next: number | null = null
  let well: { readonly at: number; readonly value: number | null } | null = null
  let unseenAt = -Infinity
  const take = (at: number): void => {
    if (levelAt(history.looks, at) === null) {
      unseenAt = at
      return
    }
    const value = seenAt(rule, history, at)
    if (value === null || !isBreached(rule, value)) well = { at, value }
  }
  return (at) => {
    const from = at - rule.windowMinutes * minuteMs
    for (next ??= from; next < at; next += minuteMs) take(next)
    if (well !== null && well.at >= from) return { is: 'quiet', value: well.value }
    return unseenAt >= from ? unknown : { is: 'firing', value: mildestWithin(rule, history, from, at) }
  }
}

function mildestWithin(rule: RuleCondition, history: RuleHistory, from: number, to: number): number {
  let mildest = seenAt(rule, history, from) ?? 0
  for (let at = from + minuteMs; at < to; at += minuteMs)
    mildest = milder(rule, mildest, seenAt(rule, history, at) ?? mildest)
  return mildest
}

/** Keeps the sums of the window, and changes them by the rows that enter and leave it. */
function windowJudge(rule: RuleCondition, history: RuleHistory, first: number): InOrder {
  const { metric, windowMinutes } = rule
  const { minutes, steps, looks } = history
  const windowMs = windowMinutes * minuteMs
  const sums = new WindowSums(rule)
  let enters = countUntil(minutes, first - windowMs)
  let leaves = enters
  let unseenAt = -Infinity
  let looked = first - windowMs
  return (at) => {
    const from = at - windowMs
    if (metric === 'restarts')
      return judgeValue(rule, countMarks(steps.slice(countUntil(steps, from), countUntil(steps, at))), true)
    for (let row = minutes[enters]; row !== undefined && row.at < at; row = minutes[++enters]) sums.add(row, 1)
    for (let row = minutes[leaves]; row !== undefined && row.at < from; row = minutes[++leaves]) sums.add(row, -1)
    for (; looked < at; looked += minuteMs) if (levelAt(looks, looked) === null) unseenAt = looked
    return judgeValue(rule, sums.value(), unseenAt < from)
  }
}

class WindowSums {
  readonly #rule: RuleCondition
  readonly #metric: AlertMetric
  readonly #times: Record<string, number> = {}
  #part = 0
  #whole = 0
  /** Of the percentile, while no row has come or gone. */
  #known: number | null | undefined

  constructor(rule: RuleCondition) {
    this.#rule = rule
    this.#metric = rule.metric
  }

  add({ counts, times }: RuleHistory['minutes'][number], sign: 1 | -1): void {
    this.#known = undefined
    if (this.#metric in shares) {
      for (const [bucket, count] of Object.entries(times))
        this.#times[bucket] = (this.#times[bucket] ?? 0) + sign * count
      return
    }
    const { part, whole } = sumsOf(this.#metric, this.#rule.scope.kind, counts)
    this.#part += sign * part
    this.#whole += sign * whole
  }

  value(): number | null {
    if (!(this.#metric in shares)) return valueOf(this.#metric, { part: this.#part, whole: this.#whole })
    if (this.#known === undefined) this.#known = percentileOf(this.#metric, this.#times)
    return this.#known
  }
}
