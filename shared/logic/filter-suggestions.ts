import { filterKeys, findKey, typedValues, type FilterKey } from './filter-keys.ts'
import { filterTokens, quoteValue } from './filter-tokens.ts'

/** What there is at this installation, for completing values. */
export interface FilterVocabulary {
  readonly routes: readonly string[]
  readonly sources: readonly string[]
  readonly entities: readonly string[]
}

/** Ways to go on: each `text` takes the place of what stands between `from` and `to`. */
export interface FilterSuggestions {
  readonly from: number
  readonly to: number
  readonly options: readonly { readonly text: string; readonly label: string }[]
}

const times = ['15m', '1h', '24h', '7d', '30d']

/** Completes the key or the value that the caret stands in or behind; with nothing there, offers all keys. */
export function suggestions(text: string, caret: number, vocabulary: FilterVocabulary): FilterSuggestions {
  const token = filterTokens(text).find(({ at, end }) => at < caret && caret <= end)
  if (token === undefined) return { from: caret, to: caret, options: keyOptions('') }
  const isInValue = token.key !== null && caret >= token.valueAt
  if (!isInValue) {
    const from = token.at + (token.isNegated ? 1 : 0)
    const to = token.key === null ? token.end : token.valueAt
    return { from, to, options: text[from] === '"' ? [] : keyOptions(text.slice(from, Math.max(from, caret))) }
  }
  const key = findKey(token.key ?? '')
  const begun = text.slice(token.valueAt, caret).replace(/^"/, '').toLowerCase()
  const values = key === undefined ? [] : valuesOf(key, vocabulary)
  const options = values
    .filter((value) => value.toLowerCase().startsWith(begun))
    .map((value) => ({ text: `${quoteValue(value)} `, label: value }))
  return { from: token.valueAt, to: token.end, options }
}

function keyOptions(begun: string): FilterSuggestions['options'] {
  const lower = begun.toLowerCase()
  return filterKeys.filter(({ key }) => key.startsWith(lower)).map(({ key }) => ({ text: `${key}:`, label: key }))
}

function valuesOf(key: FilterKey, { routes, sources, entities }: FilterVocabulary): readonly string[] {
  switch (key.field) {
    case 'routeId':
      return routes
    case 'sourceId':
      return sources
    case 'entity':
      return entities
    case 'since':
    case 'until':
      return times
    default:
      return typedValues(key)
  }
}
