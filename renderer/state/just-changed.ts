import type { Json, Values } from '#shared/domain/record.ts'
import type { SimulatedRecord } from '#shared/domain/sandbox.ts'

/** How long a change stays marked after it was seen (ms). */
export const freshMs = 8_000

/** A change that was just seen: a new record, or the fields that differ from before; none when before is not known. */
export interface SeenChange {
  readonly seenAt: number
  readonly isNew: boolean
  readonly fields: readonly { readonly name: string; readonly before: Json; readonly after: Json }[]
}

export interface SeenRecord {
  readonly values: Values
  readonly change: SeenChange | null
}

/** What was seen of the records of one kind at one side, by id. */
export type Seen = ReadonlyMap<string, SeenRecord>

/** Records remembered; those that were not looked at for longest go first. */
const rememberedAtMost = 300

/** Compares what is held now with what was seen before. Nothing counts as changed at the first look (`before` null). */
export function lookAgain(before: Seen | null, records: readonly SimulatedRecord[], now: number): Seen {
  const seen = new Map<string, SeenRecord>(before ?? [])
  // From the last one on, so that the newest change is remembered longest.
  for (const record of records.toReversed()) {
    const { id } = record
    seen.delete(id)
    seen.set(id, lookAt(before === null ? 'first' : before.get(id), record.values, now))
  }
  for (const id of seen.keys()) {
    if (seen.size <= rememberedAtMost) break
    seen.delete(id)
  }
  return seen
}

function lookAt(last: SeenRecord | 'first' | undefined, values: Values, now: number): SeenRecord {
  if (last === 'first') return { values, change: null }
  if (last === undefined) return { values, change: { seenAt: now, isNew: isUntouched(values), fields: [] } }
  const fields = changedFields(last.values, values)
  const isFaded = last.change !== null && now - last.change.seenAt > freshMs
  const kept = isFaded ? null : last.change
  return { values, change: fields.length === 0 ? kept : { seenAt: now, isNew: kept?.isNew ?? false, fields } }
}

/** Fields that the systems keep for themselves, or that only follow from another one. */
const bookkeeping = new Set([
  'SystemModstamp',
  'LastModifiedDate',
  'LastModifiedById',
  '_info',
  'IsClosed',
  'IsWon',
  'ClosedDate',
  'Probability',
  'closedFlag',
])

function changedFields(before: Values, after: Values): SeenChange['fields'] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => {
    const [old = null, fresh = null] = [before[name], after[name]]
    return bookkeeping.has(name) || JSON.stringify(old) === JSON.stringify(fresh)
      ? []
      : [{ name, before: old, after: fresh }]
  })
}

/** Whether a record was not changed since it was made. */
function isUntouched(values: Values): boolean {
  const info = values['_info']
  if (typeof info === 'object' && info !== null && !Array.isArray(info)) {
    return info['dateEntered'] !== undefined && info['dateEntered'] === info['lastUpdated']
  }
  return values['CreatedDate'] !== undefined && values['CreatedDate'] === values['LastModifiedDate']
}

/** A field's name as words: `BillingStreet` and `billingStreet` become "Billing street". */
export function fieldWords(name: string): string {
  const words = name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_pair, end: string, start: string) => `${end} ${start.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value in a few words: a reference by its name, a list by how many there are. */
export function valueWords(value: Json | undefined): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`
  if (typeof value !== 'object') return String(value)
  return typeof value['name'] === 'string' ? value['name'] : 'set'
}
