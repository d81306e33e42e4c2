import { showDuration } from '#renderer/parts/time-format.ts'
import { valueText } from '#renderer/state/field-rows.ts'
import { propertyWords } from '#renderer/state/mappings/difference-words.ts'
import { fieldTexts } from '#renderer/views/connections/field-texts.ts'
import { spacedOut } from '#renderer/views/connections/form-fields.ts'
import type { Json } from '#shared/domain/record.ts'

/** What changed, by its place in the document, as its form calls it. */
const words: Readonly<Record<string, string>> = {
  name: 'Name',
  enabled: 'Switched on',
  channels: 'Who is told',
  coalesce: 'Send only the newest of several waiting changes of a record',
  comparison: 'Above or below',
  connectionId: 'Written to',
  from: 'Carried over from',
  kind: 'Kind',
  mappingId: 'Mapping',
  'match.actions': 'What happened to the record',
  'match.combine': 'How the conditions go together',
  'match.conditions': 'Conditions',
  'match.entity': 'Kind of record',
  'match.expression': 'Expression that has to be true',
  mayCreate: 'Create records that are missing',
  metric: 'What is watched',
  priority: 'Priority',
  quietHours: 'Quiet hours',
  ratePerMinute: 'Deliveries a minute at the most',
  refetch: 'Values that are sent',
  remindMinutes: 'Reminder (minutes)',
  'retry.baseMs': 'First wait',
  'retry.capMs': 'Longest wait',
  'retry.maxAgeMs': 'Longest time to try',
  'retry.maxAttempts': 'Most tries',
  scope: 'Of whom',
  severity: 'How grave it is',
  sourceConnectionId: 'Read from',
  threshold: 'Threshold',
  windowMinutes: 'Within or for how many minutes',
}

/** A field that was changed, in words. Pieces of a list or a part go by the part's words and their own place. */
export function changedFieldWords(path: string): string {
  if (path === '') return 'All of it'
  const [first = '', second = '', ...rest] = path.split('.')
  if (words[path] !== undefined) return words[path]
  if (first === 'settings' && second !== '') return placed(fieldTexts[second]?.label ?? spacedOut(second), rest)
  if (first === 'fields' && second !== '') return placed(`Row ${second}`, rest.map(rowWord))
  if (words[`${first}.${second}`] !== undefined) return placed(words[`${first}.${second}`] ?? '', rest)
  return placed(words[first] ?? propertyWords[first] ?? spacedOut(first), second === '' ? [] : [second, ...rest])
}

/** Its value: a time in words, a switch as yes or no. */
export function changedValueWords(path: string, value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number' && path.startsWith('retry.') && path.endsWith('Ms')) return showDuration(value)
  return valueText(value)
}

function placed(what: string, rest: readonly string[]): string {
  return rest.length === 0 ? what : `${what}: ${rest.join(' ')}`
}

function rowWord(part: string): string {
  return propertyWords[part] ?? part
}
