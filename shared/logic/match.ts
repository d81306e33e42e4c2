import type { EventAction } from '#shared/domain/event.ts'
import type { Condition, Match } from '#shared/domain/match.ts'
import type { Json, Values } from '#shared/domain/record.ts'
import { evaluate } from './expression.ts'
import { isEmpty, sameJson } from './json.ts'
import { readField } from './record-view.ts'

/** What of an event a match looks at. */
export interface MatchSubject {
  readonly entity: string
  readonly action: EventAction
  /** The record's values as far as they are known; null: nothing is. */
  readonly fields: Values | null
  /** The values when both sides were last in step; for `changed`. Absent or without the field: everything counts as changed. */
  readonly synced?: Values
}

/**
 * `unknown`: it depends on a field that the event does not carry. A route keeps such an event, and decides when the whole
 * record has been fetched; an event is never dropped for what it did not say.
 */
export type Verdict = 'yes' | 'no' | 'unknown'

/**
 * Does the event meet entity, action and the conditions? Text is compared without regard to case. An expression is unknown here.
 */
export function judgeMatch(match: Match, subject: MatchSubject): Verdict {
  return judge(match, subject, match.expression === undefined ? [] : ['unknown'])
}

/** The same for a whole record, with the expression; a reason when that fails. */
export async function judgeRecord(
  match: Match,
  subject: MatchSubject & { readonly fields: Values },
  recordId: string,
): Promise<{ readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly reason: string }> {
  const plain = judgeMatch(match, subject)
  if (match.expression === undefined || plain !== 'unknown') return { ok: true, verdict: plain }
  const evaluation = await evaluate(match.expression, subject.fields, recordId)
  if (!evaluation.ok) return evaluation
  return { ok: true, verdict: judge(match, subject, [evaluation.value === true ? 'yes' : 'no']) }
}

function judge(match: Match, subject: MatchSubject, further: readonly Verdict[]): Verdict {
  if (match.entity !== subject.entity || !match.actions.includes(subject.action)) return 'no'
  // A deleted record has no values left that a condition could speak of.
  if (subject.action === 'deleted') return 'yes'
  const verdicts = [...match.conditions.map((condition) => judgeCondition(condition, subject)), ...further]
  // One of these settles it; none at all is met by everything.
  const [decisive, otherwise] = match.combine === 'any' ? (['yes', 'no'] as const) : (['no', 'yes'] as const)
  if (verdicts.length === 0) return 'yes'
  if (verdicts.includes(decisive)) return decisive
  return verdicts.includes('unknown') ? 'unknown' : otherwise
}

/** Judges one condition alone; for the sentence that says which one did not hold. */
export function judgeCondition(condition: Condition, subject: MatchSubject): Verdict {
  const actual = subject.fields === null ? undefined : readField(subject.fields, condition.field)
  if (actual === undefined) return 'unknown'
  return holds(condition, actual, subject) ? 'yes' : 'no'
}

function holds(condition: Condition, actual: Json, subject: MatchSubject): boolean {
  const wanted = condition.value ?? null
  switch (condition.operator) {
    case 'is':
      return equal(actual, wanted)
    case 'is-not':
      return !equal(actual, wanted)
    case 'one-of':
      return Array.isArray(wanted) && wanted.some((item) => equal(actual, item))
    case 'contains':
      return Array.isArray(actual) ? actual.some((item) => equal(item, wanted)) : fold(actual).includes(fold(wanted))
    case 'starts-with':
      return fold(actual).startsWith(fold(wanted))
    case 'greater':
      return order(actual, wanted) > 0
    case 'less':
      return order(actual, wanted) < 0
    case 'is-empty':
      return isEmpty(actual)
    case 'is-not-empty':
      return !isEmpty(actual)
    case 'changed': {
      const before = subject.synced === undefined ? undefined : readField(subject.synced, condition.field)
      return before === undefined || !equal(actual, before)
    }
  }
}

function fold(value: Json): string {
  if (value === null) return ''
  return (typeof value === 'string' ? value.trim() : JSON.stringify(value)).toLowerCase()
}

/** `12` and `"12"` are equal: what people type into a condition is text, what systems send is not always. */
function equal(a: Json, b: Json): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b)
  if (typeof a === 'object' || typeof b === 'object') return sameJson(a, b)
  return fold(a) === fold(b)
}

/** Numbers by size, everything else as text (ISO dates sort as text); NaN, so neither, when one is empty. */
function order(a: Json, b: Json): number {
  if (isEmpty(a) || isEmpty(b)) return Number.NaN
  const [left, right] = [Number(a), Number(b)]
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right
  const [from, to] = [fold(a), fold(b)]
  return from === to ? 0 : from < to ? -1 : 1
}
