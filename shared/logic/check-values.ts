import type { MappingWarning } from '#shared/domain/mapping-draft.ts'
import type { ValueMap } from '#shared/domain/mapping.ts'
import { otherSystem, systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { FieldDescription, PickListValue } from '#shared/domain/schema.ts'
import { expressionTo } from './apply-mapping.ts'
import { warningOf, type RowInDirection } from './row-warning.ts'
import { translate } from './value-map.ts'

/** Values named in one sentence. */
const named = 5

/** Values of the source's pick list that lead nowhere, and values for the destination's that it does not offer. */
export function checkValues(one: RowInDirection): MappingWarning[] {
  return [...unmappedValues(one), ...unknownValues(one)]
}

function unmappedValues(one: RowInDirection): MappingWarning[] {
  const { row, to, source } = one
  const offered = active(source)
  if (offered === null || expressionTo(row, to) !== undefined || row.reference !== undefined) return []
  const map = row.valueMap
  const values = offered.map(({ value }) => value)
  const lost = map === undefined ? [] : values.filter((value) => translate(map, value, to).kind === 'unmapped')
  if (lost.length === 0) return []
  const sentence = `The value map does not say what ${list(lost)} ${lost.length === 1 ? 'is' : 'are'} in ${systemTitle[to]}; such records stop with a dead letter.`
  return [warningOf(one, 'warning', 'value-unmapped', sentence, 'Add a pair for each, or a default.')]
}

/** What the row would write and the destination's list does not have. */
function unknownValues(one: RowInDirection): MappingWarning[] {
  const { row, to, source, destination } = one
  if (destination?.values === null || destination?.values === undefined || row.reference !== undefined) return []
  const there = new Set(destination.values.map(({ value }) => value.toLowerCase()))
  const written = writtenValues(row.valueMap, to, expressionTo(row, to) === undefined ? active(source) : null)
  const fallback = row.whenEmpty === 'default' ? row.default[to] : undefined
  if (typeof fallback === 'string') written.push(fallback)
  const unknown = [...new Set(written)].filter((value) => !there.has(value.toLowerCase()))
  if (unknown.length === 0) return []
  const sentence = `${systemTitle[to]} offers no ${list(unknown)} for ${row[to]}.`
  const severity = destination.restricted ? 'warning' : 'note'
  const fix = `Choose from what ${systemTitle[to]} offers, or add it there.`
  return [warningOf(one, severity, 'unknown-value', sentence, fix)]
}

/** Of several pairs with the same value here, the first one alone is ever written. */
function writtenValues(map: ValueMap | undefined, to: SystemName, offered: readonly PickListValue[] | null): string[] {
  if (map === undefined) return (offered ?? []).map(({ value }) => value)
  const from = otherSystem(to)
  const first = map.pairs.filter((pair, at) => map.pairs.findIndex((one) => one[from] === pair[from]) === at)
  const fallback = map.unmapped === 'default' ? map.defaults[to] : undefined
  return [...first.map((pair) => pair[to]), ...(fallback === undefined ? [] : [fallback])]
}

function active(field: FieldDescription | null): readonly PickListValue[] | null {
  return field?.values?.filter((value) => value.active) ?? null
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, named).map((value) => `"${value}"`)
  const rest = values.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}
