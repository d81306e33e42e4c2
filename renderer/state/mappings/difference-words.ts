import type { MappingDifference, PropertyChange } from '#shared/domain/mapping-draft.ts'
import { valueMap } from '#shared/domain/mapping.ts'
import { systemTitle, type Json } from '#shared/domain/record.ts'
import { count } from '../wording.ts'
import { conflictWords, directionWords, normaliserWords, unmappedWords, whenEmptyWords } from './mapping-words.ts'

/** What one setting was and is, in words; a side that is null was not there. */
export interface ChangeLine {
  readonly what: string
  readonly before: string | null
  readonly after: string | null
}

export const propertyWords: Readonly<Record<string, string>> = {
  direction: 'Direction',
  toConnectwise: 'Expression to ConnectWise',
  toSalesforce: 'Expression to Salesforce',
  reference: 'Linked record',
  fromParent: 'From the parent record',
  whenEmpty: 'When empty',
  default: 'Default',
  maxLength: 'Longest text',
  whenTooLong: 'Longer text',
  normalise: 'Written as',
  createOnly: 'New records only',
  conflict: 'When both sides changed',
  note: 'Note',
  name: 'Name',
  naturalKeys: 'Recognised by',
  phoneCountry: 'Country of phone numbers',
}

const partWords: Readonly<Record<string, string>> = { ...systemTitle, required: 'waits for it' }

const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  direction: directionWords,
  whenEmpty: whenEmptyWords,
  normalise: normaliserWords,
  conflict: conflictWords,
  whenTooLong: { truncate: 'Cut', fail: 'Stops with a dead letter' },
}

/** A change of a setting as lines; a value map tells each pair that came or went. */
export function changeLines(change: PropertyChange): ChangeLine[] {
  if (change.property === 'valueMap') return valueMapLines(change)
  const { property, from, to } = change
  if (isParts(from) || isParts(to)) return partLines(property, from, to)
  return [{ what: propertyWords[property] ?? property, before: told(property, from), after: told(property, to) }]
}

/** "2 rows changed, 1 added"; "nothing" where two documents say the same. */
export function differenceSum({ rows, settings, isReordered }: MappingDifference): string {
  const of = (kind: 'changed' | 'added' | 'removed') => rows.filter((row) => row.kind === kind).length
  const parts = [
    ...(of('changed') > 0 ? [`${count(of('changed'), 'row')} changed`] : []),
    ...(of('added') > 0 ? [`${count(of('added'), 'row')} added`] : []),
    ...(of('removed') > 0 ? [`${count(of('removed'), 'row')} removed`] : []),
    ...(settings.length > 0 ? [`${count(settings.length, 'setting')} changed`] : []),
    ...(isReordered ? ['rows in another order'] : []),
  ]
  return parts.length === 0 ? 'Nothing differs' : parts.join(', ')
}

/** Settings of several parts, such as one for each system, tell the parts that differ. */
function partLines(property: string, from: Json | undefined, to: Json | undefined): ChangeLine[] {
  const [was, is] = [isParts(from) ? from : {}, isParts(to) ? to : {}]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.flatMap((name) => {
    const [before, after] = [told(property, was[name]), told(property, is[name])]
    const what = `${propertyWords[property] ?? property}: ${partWords[name] ?? name}`
    return before === after ? [] : [{ what, before, after }]
  })
}

function isParts(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function told(property: string, value: Json | undefined): string | null {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'string') return valueWords[property]?.[value] ?? value
  return JSON.stringify(value)
}

function valueMapLines({ from, to }: PropertyChange): ChangeLine[] {
  const [was, is] = [read(from), read(to)]
  const textOf = (pair: { salesforce: string; connectwise: string }) => `${pair.salesforce} ↔ ${pair.connectwise}`
  const [old, now] = [was?.pairs.map(textOf) ?? [], is?.pairs.map(textOf) ?? []]
  const lines: ChangeLine[] = [
    ...old.filter((text) => !now.includes(text)).map((text) => ({ what: 'Value map', before: text, after: null })),
    ...now.filter((text) => !old.includes(text)).map((text) => ({ what: 'Value map', before: null, after: text })),
  ]
  if (was?.unmapped !== is?.unmapped) {
    const words = (map: typeof was) => (map === null ? null : unmappedWords[map.unmapped])
    lines.push({ what: 'Any other value', before: words(was), after: words(is) })
  }
  for (const side of ['salesforce', 'connectwise'] as const) {
    const [before, after] = [was?.defaults[side] ?? null, is?.defaults[side] ?? null]
    if (before !== after) lines.push({ what: 'Default of the value map', before, after })
  }
  return lines.length > 0 ? lines : [{ what: 'Value map', before: 'in another order', after: 'in this order' }]
}

function read(value: Json | undefined) {
  return value === undefined ? null : (valueMap.safeParse(value).data ?? null)
}
