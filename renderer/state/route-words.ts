import type { MatchCount } from '#shared/contract/route-calls.ts'
import type { Condition, Match, Operator } from '#shared/domain/match.ts'
import type { Json } from '#shared/domain/record.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import type { RetryPolicy, Route } from '#shared/domain/route.ts'
import { durationWords } from './durations.ts'
import { count } from './wording.ts'

/** How conditions read: "Type is Customer". */
export const operatorWords: Record<Operator, string> = {
  is: 'is',
  'is-not': 'is not',
  'one-of': 'is one of',
  contains: 'contains',
  'starts-with': 'starts with',
  greater: 'is greater than',
  less: 'is less than',
  'is-empty': 'is empty',
  'is-not-empty': 'is not empty',
  changed: 'was changed',
}

/** What a person can choose to be carried; a system that says only that something happened to a record counts as changed. */
export const actionGroups = [
  { name: 'created', label: 'Created', actions: ['created'] },
  { name: 'changed', label: 'Changed', actions: ['updated', 'touched'] },
  { name: 'deleted', label: 'Deleted', actions: ['deleted'] },
  { name: 'restored', label: 'Restored', actions: ['restored'] },
] as const satisfies readonly { name: string; label: string; actions: Match['actions'] }[]

/** "12 tries within 3 days, with growing waits of up to 15 minutes between them." */
export function retryWords({ maxAttempts, maxAgeMs, capMs }: RetryPolicy): string {
  if (maxAttempts === 1) return 'One try; when that fails, a person decides.'
  return `Up to ${maxAttempts} tries within ${durationWords(maxAgeMs)}, with growing waits of up to ${durationWords(capMs)} between them.`
}

/** What a route does, in a sentence. */
export function routeSentence({ from, match, mayCreate }: Route, entityThere: string | null): string {
  const groups = actionGroups.filter(({ actions }) => actions.some((one) => match.actions.includes(one)))
  const verbs = listWords(
    groups.map(({ label }) => label.toLowerCase()),
    'or',
  )
  const there = `${systemTitle[otherSystem(from)]}${entityThere === null ? '' : ` ${entityThere}`}`
  const narrowed = match.conditions.length > 0 || match.expression !== undefined ? ' that meets the conditions' : ''
  const makes = mayCreate ? '; one that is missing there is created' : '; nothing is created there'
  return `When a ${systemTitle[from]} ${match.entity}${narrowed} is ${verbs}, its ${there} follows${makes}.`
}

/** The conditions of a match in short, for a list; null when every event is taken. */
export function matchWords({ conditions, combine, expression }: Match): string | null {
  const parts = conditions.map(conditionWords)
  if (expression !== undefined) parts.push('an expression holds')
  return parts.length === 0 ? null : parts.join(combine === 'any' ? ' or ' : ' and ')
}

export function conditionWords({ field, operator, value }: Condition): string {
  const right = takesValue(operator) ? ` ${valueWords(value ?? null)}` : ''
  return `${field} ${operatorWords[operator]}${right}`
}

export function takesValue(operator: Operator): boolean {
  return operator !== 'is-empty' && operator !== 'is-not-empty' && operator !== 'changed'
}

/** "212 of the last 1,000 Salesforce events would match." */
export function countSentence({ events, matching }: MatchCount, system: string): string {
  if (events === 0) return `No ${system} event has come in yet to count on.`
  if (events === matching)
    return events === 1
      ? `The only ${system} event matches.`
      : `All of the last ${events.toLocaleString('en')} ${system} events match.`
  return `${matching.toLocaleString('en')} of the last ${count(events, `${system} event`)} would match.`
}

/** "a, b or c" */
export function listWords(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

function valueWords(value: Json): string {
  if (Array.isArray(value)) return listWords(value.map(valueWords), 'or')
  if (value === null || value === '') return '(empty)'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
