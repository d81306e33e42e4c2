import type { MappingWarning } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import { otherSystem, systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { FieldDescription } from '#shared/domain/schema.ts'
import { expressionTo, rowsTo } from './apply-mapping.ts'
import { checkValues } from './check-values.ts'
import { findFault } from './expression.ts'
import { isEmpty } from './json.ts'
import { warningOf, type RowInDirection } from './row-warning.ts'

/** The fields of both entities, as far as they are known; without those of a system, less is checked. */
export type KnownFields = Readonly<Partial<Record<SystemName, readonly FieldDescription[]>>>

/** What is to be looked at before a document is saved, in the order of its rows. */
export function checkMapping(document: MappingDocument, known: KnownFields): MappingWarning[] {
  const warnings: MappingWarning[] = []
  for (const to of ['connectwise', 'salesforce'] as const) {
    const rows = rowsTo(document, to)
    for (const row of rows) warnings.push(...checkRow(toDirection(row, document, to, known), document, known))
    warnings.push(...writtenTwice(rows, document, to), ...requiredUnmapped(rows, to, known))
  }
  return warnings.toSorted((one, other) => (one.row ?? Infinity) - (other.row ?? Infinity) || 0)
}

function toDirection(row: MappingField, document: MappingDocument, to: SystemName, known: KnownFields): RowInDirection {
  const from = otherSystem(to)
  const find = (system: SystemName): FieldDescription | null =>
    known[system]?.find((field) => field.name === row[system]) ?? null
  return { row, index: document.fields.indexOf(row), to, source: find(from), destination: find(to) }
}

function checkRow(one: RowInDirection, document: MappingDocument, known: KnownFields): MappingWarning[] {
  const { row, to } = one
  const fault = expressionTo(row, to) === undefined ? null : findFault(expressionTo(row, to) ?? '')
  if (fault !== null) {
    const sentence = `The expression for ${row[to]} can't be read: ${fault.reason}`
    return [{ ...warningOf(one, 'error', 'bad-expression', sentence, null), position: fault.position }]
  }
  return [
    ...checkFields(one, document, known),
    ...checkEmpty(one),
    ...checkType(one),
    ...checkLength(one),
    ...checkValues(one),
  ]
}

function checkFields(one: RowInDirection, document: MappingDocument, known: KnownFields): MappingWarning[] {
  const { row, to, destination } = one
  const from = otherSystem(to)
  const warnings: MappingWarning[] = []
  const unknown = (system: SystemName, severity: MappingWarning['severity']): void => {
    const sentence = `${systemTitle[system]} has no field ${row[system]} on its ${document[system].entity}, or Patchbay may not see it.`
    warnings.push(warningOf(one, severity, 'unknown-field', sentence, 'Choose a field that is there.'))
  }
  if (!isKnown(row[to], known[to])) unknown(to, 'error')
  if (expressionTo(row, to) === undefined && !isKnown(row[from], known[from])) unknown(from, 'warning')
  if (destination?.readOnly === true) {
    const sentence = `${row[to]} is set by ${systemTitle[to]} itself and takes no value.`
    warnings.push(warningOf(one, 'error', 'read-only', sentence, `Let the row go to ${systemTitle[from]} only.`))
  }
  if (destination?.createOnly === true && !row.createOnly) {
    const sentence = `${systemTitle[to]} takes ${row[to]} with a new record only.`
    warnings.push(warningOf(one, 'warning', 'read-only', sentence, 'Mark the row as sent on create only.'))
  }
  return warnings
}

/** A part of a known reference counts as known: `owner/name` beside `owner/identifier`. */
function isKnown(name: string, fields: readonly FieldDescription[] | undefined): boolean {
  if (fields === undefined) return true
  const head = name.split('/', 1)[0] ?? name
  const isCustom = head === 'customFields'
  return fields.some((field) => field.name === name || (!isCustom && field.name.startsWith(`${head}/`)))
}

function checkEmpty(one: RowInDirection): MappingWarning[] {
  const { row, to, source, destination } = one
  if (destination?.required !== true || source === null || source.required) return []
  const hasDefault = row.whenEmpty === 'default' && !isEmpty(row.default[to])
  const isFilled = row.fromParent !== undefined && to === 'connectwise'
  if (hasDefault || isFilled || expressionTo(row, to) !== undefined) return []
  const sentence = `${systemTitle[to]} wants ${row[to]} on each new record, and ${source.name} may be empty.`
  return [warningOf(one, 'warning', 'may-stay-empty', sentence, 'Set a default for empty values.')]
}

/** Kinds of values that a field takes as they are, besides text, which takes any. */
const fits: Readonly<Partial<Record<FieldDescription['type'], readonly FieldDescription['type'][]>>> = {
  number: ['number'],
  boolean: ['boolean'],
  date: ['date', 'instant'],
  instant: ['instant', 'date'],
  reference: ['reference'],
}

function checkType(one: RowInDirection): MappingWarning[] {
  const { row, to, source, destination } = one
  const isShaped = expressionTo(row, to) !== undefined || row.valueMap !== undefined
  if (isShaped || source === null || destination === null) return []
  const wanted = fits[destination.type]
  const isRead =
    (destination.type === 'number' && row.normalise === 'number') ||
    (destination.type === 'boolean' && row.normalise === 'boolean') ||
    ((destination.type === 'date' || destination.type === 'instant') && row.normalise === 'date') ||
    (destination.type === 'reference' && row.reference !== undefined)
  const isPlain = wanted === undefined || wanted.includes(source.type)
  if (destination.type === 'reference' && source.type === 'reference' && row.reference === undefined) {
    const sentence = `${row[to]} names a record of ${systemTitle[to]}, and ${source.name} one of ${systemTitle[otherSystem(to)]}.`
    return [warningOf(one, 'error', 'type-mismatch', sentence, 'Let the row translate the id by the links.')]
  }
  if (isRead || isPlain) return []
  const sentence = `${row[to]} holds ${words[destination.type]}, and ${source.name} ${words[source.type]}.`
  return [warningOf(one, 'warning', 'type-mismatch', sentence, 'Choose another field, a normaliser or an expression.')]
}

const words: Readonly<Record<FieldDescription['type'], string>> = {
  text: 'text',
  multiline: 'text of several lines',
  number: 'a number',
  boolean: 'yes or no',
  date: 'a day',
  instant: 'a moment',
  picklist: 'one of a list',
  reference: 'the id of a record',
  email: 'an e-mail address',
  phone: 'a phone number',
  url: 'a web address',
  other: 'something else',
}

const holdsText: readonly FieldDescription['type'][] = ['text', 'multiline', 'email', 'phone', 'url']

function checkLength(one: RowInDirection): MappingWarning[] {
  const { row, to, source, destination } = one
  const room = destination?.length ?? null
  if (room === null || row.reference !== undefined || row.valueMap !== undefined) return []
  if (destination === null || !holdsText.includes(destination.type)) return []
  const set = row.maxLength[to]
  if (set !== undefined && set > room) {
    const sentence = `The row lets ${set} characters into ${row[to]}; ${systemTitle[to]} holds ${room}.`
    return [warningOf(one, 'warning', 'too-long', sentence, `Set the longest text to ${room}.`)]
  }
  const longest = expressionTo(row, to) === undefined ? (source?.length ?? null) : null
  if (longest === null || longest <= (set ?? room)) return []
  if (set === undefined) {
    const sentence = `${source?.name ?? row[otherSystem(to)]} can have ${longest} characters; ${row[to]} holds ${room}, and longer text is refused.`
    return [warningOf(one, 'warning', 'too-long', sentence, `Set the longest text to ${room}, so that it is cut.`)]
  }
  if (row.whenTooLong === 'fail') return []
  const sentence = `Text of more than ${set} characters is cut; ${source?.name ?? ''} can have ${longest}.`
  return [warningOf(one, 'note', 'would-truncate', sentence, null)]
}

function writtenTwice(rows: readonly MappingField[], document: MappingDocument, to: SystemName): MappingWarning[] {
  return rows.flatMap((row, at) => {
    const isAgain = rows.slice(0, at).some((one) => one[to] === row[to])
    if (!isAgain) return []
    const sentence = `Another row writes ${row[to]} too; the last one that has a value for it counts.`
    return [warningOf({ row, index: document.fields.indexOf(row), to }, 'warning', 'written-twice', sentence, null)]
  })
}

/** A reference is mapped by any of its parts. */
function requiredUnmapped(rows: readonly MappingField[], to: SystemName, known: KnownFields): MappingWarning[] {
  const headOf = (name: string): string => name.split('/', 1)[0] ?? name
  const written = new Set(rows.map((row) => headOf(row[to])))
  const missing = new Map<string, FieldDescription>()
  // Of the parts of a reference the last one is the word that people know.
  for (const field of known[to] ?? []) {
    if (field.required && !written.has(headOf(field.name))) missing.set(headOf(field.name), field)
  }
  return [...missing.values()].map(({ name, label }) => ({
    severity: 'error',
    code: 'required-unmapped',
    row: null,
    to,
    field: name,
    sentence: `${systemTitle[to]} wants ${label} (${name}) on each new record, and no row writes it.`,
    fix: 'Add a row for it, or let the routes to this system update only.',
    position: null,
  }))
}
