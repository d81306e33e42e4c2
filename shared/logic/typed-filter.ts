import { eventCriteria, type EventCriteria } from '../contract/event-filter.ts'
import { filterKeys, findKey, shortForm, typedValues, type FilterKey, type ListField } from './filter-keys.ts'
import { filterTokens, quoteValue, quoteWord, searchWords, type FilterToken } from './filter-tokens.ts'
import { nearWord } from './near-word.ts'

/** What is wrong with a typed filter, and where. */
export interface FilterProblem {
  readonly at: number
  readonly length: number
  readonly sentence: string
}

/** What a text asks for; a part with a problem is left out. */
export interface TypedFilter {
  readonly filter: EventCriteria
  readonly problems: readonly FilterProblem[]
}

type Lists = Partial<Record<ListField, string[]>>

/** Values as they are typed, before the schema has looked at them. */
interface Draft {
  readonly lists: Lists
  readonly words: string[]
}

/**
 * Reads a typed filter: `state:dead route:ticket-to-case since:2h -entity:contact "quoted words"`.
 *
 * Values of one key are alternatives, different keys all have to hold, a minus turns its part round. Reading what `printFilter` wrote
 * gives the same filter.
 */
export function parseFilter(text: string): TypedFilter {
  const wanted: Draft = { lists: {}, words: [] }
  const unwanted: Draft = { lists: {}, words: [] }
  const times: { since?: string; until?: string } = {}
  const problems: FilterProblem[] = []
  for (const token of filterTokens(text)) {
    const problem = problemOf(token) ?? take(token, token.isNegated ? unwanted : wanted, times)
    if (problem !== null) problems.push({ at: token.at, length: token.end - token.at, sentence: problem })
  }
  const not = { ...unwanted.lists, ...textOf(unwanted) }
  const read = eventCriteria.safeParse({
    ...wanted.lists,
    ...times,
    ...textOf(wanted),
    ...(Object.keys(not).length > 0 && { not }),
  })
  if (read.success) return { filter: read.data, problems }
  const sentence = 'This is more than a filter can hold; leave some of it out.'
  return { filter: {}, problems: [...problems, { at: 0, length: text.length, sentence }] }
}

/** Writes a filter as it would be typed. */
export function printFilter({ since, until, not, ...wanted }: EventCriteria): string {
  const parts = [
    ...listParts(wanted, ''),
    ...(since === undefined ? [] : [`since:${since}`]),
    ...(until === undefined ? [] : [`until:${until}`]),
    ...searchWords(wanted.text ?? '').map(quoteWord),
    ...listParts(not ?? {}, '-'),
    ...searchWords(not?.text ?? '').map((word) => `-${quoteWord(word)}`),
  ]
  return parts.join(' ')
}

function listParts(lists: Partial<Record<ListField, readonly string[] | undefined>>, sign: string): string[] {
  return filterKeys.flatMap((key) => {
    if (key.field === 'since' || key.field === 'until') return []
    return (lists[key.field] ?? []).map((value) => `${sign}${key.key}:${quoteValue(shortForm(key, value))}`)
  })
}

function textOf({ words }: Draft): { text?: string } {
  return words.length === 0 ? {} : { text: words.map(quoteWord).join(' ') }
}

/** Notes what a token asks for; answers what is wrong with it, null when nothing is. */
function take(token: FilterToken, draft: Draft, times: { since?: string; until?: string }): string | null {
  if (token.key === null) {
    if (token.value !== '') draft.words.push(token.value)
    return null
  }
  const key = findKey(token.key)
  if (key === undefined) return unknownKey(token.key)
  if (key.field === 'since' || key.field === 'until') {
    if (token.isNegated)
      return `'${key.key}' can't be turned round; '${key.key === 'since' ? 'until' : 'since'}' is its opposite.`
    if (times[key.field] !== undefined) return `'${key.key}' can stand in a filter once only.`
    if (!fits(key, token.value))
      return `'${token.value}' is not a time. Say 30m, 2h, 7d, 2w, or a day such as 2026-11-01.`
    times[key.field] = token.value
    return null
  }
  const value = meantBy(key, token.value)
  if (!fits(key, value)) return unfit(key, token.value)
  const list = (draft.lists[key.field] ??= [])
  if (!list.includes(value)) list.push(value)
  return null
}

function problemOf({ isOpen, key, value }: FilterToken): string | null {
  if (isOpen) return 'This quote is not closed.'
  const known = key === null ? undefined : findKey(key)
  if (known === undefined || value !== '') return null
  return `'${known.key}:' needs a value${known.values === null ? '' : `: ${typedValues(known).join(', ')}`}.`
}

function unknownKey(typed: string): string {
  const keys = filterKeys.map(({ key }) => key)
  const near = nearWord(typed, keys)
  const advice = near === null ? `There are: ${keys.join(', ')}.` : `Did you mean '${near}'?`
  return `'${typed}' is not a filter. ${advice} To search for it as it stands, put it in quotes.`
}

function unfit(key: FilterKey, typed: string): string {
  const values = typedValues(key)
  const near = nearWord(typed, values)
  const advice =
    values.length === 0 ? '' : near === null ? ` There are: ${values.join(', ')}.` : ` Did you mean '${near}'?`
  return `'${typed}' is not ${key.noun}.${advice}`
}

function meantBy({ values, short = {} }: FilterKey, typed: string): string {
  if (values === null) return typed
  const lower = typed.toLowerCase()
  return short[lower] ?? lower
}

function fits({ field }: FilterKey, value: string): boolean {
  return eventCriteria.shape[field].safeParse(value).success
}
