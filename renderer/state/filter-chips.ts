import { findKey, filterKeys } from '#shared/logic/filter-keys.ts'
import { filterTokens, quoteValue, type FilterToken } from '#shared/logic/filter-tokens.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'

/** A part of a typed filter, as it is shown and edited. */
export interface FilterChip {
  /** As typed, its minus and quotes included. */
  readonly text: string
  /** What stands before the value, `-state:`; '' for a word. */
  readonly lead: string
  readonly value: string
  /** Why it can't be used; it is left out of the filter until it is mended. */
  readonly problem: string | null
}

/** The parts of a typed filter. */
export function chipsOf(text: string): FilterChip[] {
  const { problems } = parseFilter(text)
  return filterTokens(text).map((token) => {
    const problem = problems.find(({ at, length }) => at <= token.at && token.end <= at + length)
    return {
      text: text.slice(token.at, token.end),
      lead: text.slice(token.at, token.valueAt),
      value: text.slice(token.valueAt, token.end),
      problem: problem?.sentence ?? null,
    }
  })
}

export function joinChips(chips: readonly Pick<FilterChip, 'text'>[]): string {
  return chips.map(({ text }) => text).join(' ')
}

/** What is typed, taken apart: parts that are finished, and the one that is still being typed. */
export function splitDraft(typed: string): { readonly finished: string; readonly draft: string } {
  const tokens = filterTokens(typed)
  const last = tokens.at(-1)
  if (last === undefined) return { finished: '', draft: '' }
  const isFinished = last.end < typed.length && !last.isOpen
  if (isFinished && !isBare(last)) return { finished: typed.trim(), draft: '' }
  return { finished: typed.slice(0, last.at).trim(), draft: typed.slice(last.at, last.end) }
}

/** Whether what is being typed may already narrow the list: a word that does not look like the beginning of a key. */
export function isSearch(draft: string): boolean {
  const [token, ...others] = filterTokens(draft)
  if (token === undefined || others.length > 0 || token.key !== null || token.isOpen || token.isNegated) return false
  const begun = token.value.toLowerCase()
  return begun.length > 1 && !filterKeys.some(({ key }) => key.startsWith(begun))
}

/** The filter with other times in place of its own; null takes them out. */
export function withTimes(text: string, times: { readonly since: string; readonly until: string } | null): string {
  const kept = filterTokens(text).filter((token) => !isTime(token))
  const parts = kept.map((token) => text.slice(token.at, token.end))
  const added = times === null ? [] : [`since:${quoteValue(times.since)}`, `until:${quoteValue(times.until)}`]
  return [...parts, ...added].join(' ')
}

/** A key that waits for its value, as in `state: `. */
function isBare(token: FilterToken): boolean {
  return token.key !== null && token.value === '' && findKey(token.key) !== undefined
}

function isTime({ key }: FilterToken): boolean {
  const field = key === null ? undefined : findKey(key)?.field
  return field === 'since' || field === 'until'
}
