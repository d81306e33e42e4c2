import type { MappingRule, MappingWarning } from '#shared/domain/mapping-draft.ts'
import type { Direction, MappingField, Normaliser } from '#shared/domain/mapping.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { FieldType } from '#shared/domain/schema.ts'
import { count, type Tone } from '../wording.ts'
import type { KnownField } from './field-list.ts'
import { originTo, translationOf } from './row-rule.ts'

export const directionWords: Record<Direction, string> = {
  both: 'Both ways',
  'to-connectwise': 'To ConnectWise',
  'to-salesforce': 'To Salesforce',
}

export const typeWords: Record<FieldType, string> = {
  text: 'text',
  multiline: 'long text',
  number: 'number',
  boolean: 'yes/no',
  date: 'day',
  instant: 'date and time',
  picklist: 'pick list',
  reference: 'record',
  email: 'e-mail',
  phone: 'phone',
  url: 'web address',
  other: 'other',
}

export const normaliserWords: Record<Normaliser, string> = {
  none: 'As it is',
  text: 'One line of text',
  multiline: 'Text of several lines',
  'html-to-text': 'Plain text from HTML',
  phone: 'Phone number',
  email: 'E-mail address',
  url: 'Web address',
  date: 'Day without a time',
  number: 'Number',
  boolean: 'Yes or no',
}

export const whenEmptyWords: Record<MappingField['whenEmpty'], string> = {
  clear: 'Empty the other field too',
  leave: 'Leave the other field alone',
  default: 'Write a default',
}

export const conflictWords: Record<MappingField['conflict'], string> = {
  newest: 'The newest change wins',
  salesforce: 'Salesforce wins',
  connectwise: 'ConnectWise wins',
  ask: 'Ask a person',
}

export const unmappedWords = {
  fail: 'Stop with a dead letter',
  default: 'Write a default',
  pass: 'Write it as it is',
  leave: 'Leave the field alone',
} as const

export const ruleWords: Record<MappingRule, string> = {
  copy: 'copied',
  expression: 'expression',
  reference: 'linked record',
  'value-map': 'value map',
  'value-map-default': 'default of the value map',
  'passed-on': 'no pair, passed on',
  normalise: 'cleaned up',
  truncate: 'cut',
  clear: 'empty',
  leave: 'left alone',
  default: 'default',
  'from-parent': 'from the parent record',
  'create-only': 'sent with new records only',
  'not-known': 'not in this event',
}

export const severityWording: Record<MappingWarning['severity'], { readonly label: string; readonly tone: Tone }> = {
  error: { label: 'Error', tone: 'bad' },
  warning: { label: 'Warning', tone: 'wait' },
  note: { label: 'Note', tone: 'quiet' },
}

/** What a row does on its way to a system, in a few words. */
export function ruleSummary(row: MappingField, to: SystemName): string {
  const origin = originTo(row, to)
  const first = { copy: 'Copy', fixed: 'Fixed value', expression: 'Expression' }[origin.kind]
  const translation = translationOf(row)
  if (translation === 'link') return origin.kind === 'copy' ? 'Linked record' : `${first}, linked record`
  if (translation === 'none') return first
  const pairs = count(row.valueMap?.pairs.length ?? 0, 'value')
  return origin.kind === 'copy' ? `Value map, ${pairs}` : `${first}, ${pairs}`
}

/** What else is special about a row, a few words each. */
export function ruleNotes(row: MappingField, to: SystemName): string[] {
  const notes: string[] = []
  if (row.createOnly) notes.push('new records only')
  if (row.whenEmpty === 'default') notes.push('default when empty')
  const limit = row.maxLength[to]
  if (limit !== undefined) notes.push(row.whenTooLong === 'truncate' ? `cut at ${limit}` : `at most ${limit}`)
  return notes
}

/** The other rules of a row that are not the usual ones, for the fold-out that holds them. */
export function foldSummary(row: MappingField, to: SystemName): string {
  const parts: string[] = []
  if (row.whenEmpty !== 'clear') parts.push(row.whenEmpty === 'leave' ? 'empty: left alone' : 'empty: default')
  if (row.normalise !== 'none') parts.push(normaliserWords[row.normalise].toLowerCase())
  const limit = row.maxLength[to]
  if (limit !== undefined) parts.push(row.whenTooLong === 'truncate' ? `cut at ${limit}` : `at most ${limit}`)
  if (row.createOnly) parts.push('new records only')
  if (row.conflict !== 'newest') parts.push(conflictWords[row.conflict].toLowerCase())
  return parts.join(' · ')
}

/** What kind of field this is: "pick list of 6, required". */
export function fieldWords(field: KnownField): string {
  const parts: string[] = []
  if (field.type === 'picklist' && field.values !== null) parts.push(`pick list of ${field.values.length}`)
  else if (field.type === 'reference' && field.referenceTo !== null) parts.push(`${field.referenceTo} record`)
  else parts.push(typeWords[field.type])
  if (field.length !== null && field.type !== 'picklist' && field.type !== 'reference')
    parts.push(`up to ${field.length.toLocaleString('en')}`)
  if (field.readOnly) parts.push('read only')
  else if (field.createOnly) parts.push('new records only')
  return parts.join(', ')
}

/** "to ConnectWise" as a heading of what a direction is about. */
export function towards(to: SystemName): string {
  return `to ${systemTitle[to]}`
}
