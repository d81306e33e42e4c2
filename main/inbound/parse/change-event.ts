import type { EventAction } from '#shared/domain/event.ts'
import type { Json, Values } from '#shared/domain/record.ts'
import { flatName, flattenCompounds } from './compound-fields.ts'
import { readInstant, readVersion } from './instant.ts'
import { isObject, readText } from './json-text.ts'
import type { JsonObject } from './json-text.ts'
import { maxItems } from './parsed.ts'
import type { ParsedItem } from './parsed.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'
import { isEntityName, isRecordId, toLongId } from './salesforce-id.ts'
import { readTitle } from '#shared/logic/record-title.ts'

const actions: Readonly<Record<string, EventAction>> = {
  CREATE: 'created',
  UPDATE: 'updated',
  DELETE: 'deleted',
  UNDELETE: 'restored',
}

/** A change event taken out of its envelope. */
export interface ChangeEvent {
  readonly header: JsonObject
  readonly fields: JsonObject
}

/**
 * Finds a Change Data Capture event in an item: `{header, fields}`, `{ChangeEventHeader, …fields}`, or either of them in `payload`
 * or `data.payload` as the streaming clients wrap it. Null when the item is something else.
 */
export function findChangeEvent(item: JsonObject): ChangeEvent | null {
  const data = item['data']
  for (const envelope of [item, item['payload'], isObject(data) ? data['payload'] : undefined]) {
    if (!isObject(envelope)) continue
    const header = envelope['ChangeEventHeader'] ?? envelope['header']
    if (!isObject(header) || header['recordIds'] === undefined) continue
    const { ChangeEventHeader: _native, header: _ours, fields, ...flat } = envelope
    return { header, fields: isObject(fields) ? fields : flat }
  }
  return null
}

/**
 * Reads the events of one change event, one for each record: Salesforce merges like changes of one transaction.
 *
 * A gap says that something changed but not what, so it becomes a thin `touched`; where even the record is left open (`001*` or an
 * overflow), the record id is `*`.
 */
export function parseChangeEvent(event: ChangeEvent, body: Buffer, callMark: string | null): Checked<ParsedItem[]> {
  const { header } = event
  const entity = readText(header['entityName'])
  if (entity === null || !isEntityName(entity)) {
    return refused(400, 'bad-shape', 'The change event does not say which object it is about (entityName).')
  }
  const changeType = (readText(header['changeType']) ?? '').toUpperCase()
  const ids = readIds(header['recordIds'], changeType)
  if (ids === null) {
    return refused(400, 'bad-shape', `The ${entity} change event does not say which record it is about (recordIds).`)
  }
  if (ids.length > maxItems) {
    return refused(
      413,
      'too-large',
      `The change event names ${ids.length} records; at most ${maxItems} are taken at once.`,
    )
  }
  const action = actions[changeType] ?? 'touched'
  const fields = action === 'touched' || action === 'deleted' ? null : readFields(event)
  const actor = readText(header['commitUser'])
  const committedAt = readInstant(header['commitTimestamp'])
  const shared = {
    entity,
    version: readVersion(event.fields['SystemModstamp'] ?? event.fields['LastModifiedDate']) ?? versionOf(committedAt),
    occurredAt: committedAt,
    actor: actor === null ? null : toLongId(actor),
    ownMark: callMark !== null && clientOf(readText(header['changeOrigin'])) === callMark,
    full: fields !== null && (action === 'created' || action === 'restored') && !Array.isArray(header['diffFields']),
  }
  return accepted(
    ids.map((id) => ({
      content: {
        ...shared,
        recordId: id,
        action: id === '*' ? 'touched' : action,
        title: fields === null ? null : readTitle(fields),
        fields: fields === null || id === '*' ? null : { Id: id, ...fields },
      },
      body,
      ownKeys: ownKeys(header, id, changeType),
    })),
  )
}

/**
 * The version where the event names none: the second of the commit. The milliseconds go, as Salesforce's REST API shows whole seconds;
 * with them an event would pass for newer than a record that was changed again within its second.
 */
function versionOf(committedAt: number | null): string | null {
  return committedAt === null ? null : new Date(committedAt - (committedAt % 1_000)).toISOString()
}

/** The 18-character ids; null when there are none or one can't be an id. */
function readIds(value: Json | undefined, changeType: string): string[] | null {
  if (changeType === 'GAP_OVERFLOW') return ['*']
  const ids = typeof value === 'string' ? [value] : value
  if (!Array.isArray(ids) || ids.length === 0) return null
  const long: string[] = []
  for (const id of ids) {
    if (typeof id !== 'string') return null
    if (id.endsWith('*')) long.push('*')
    else if (isRecordId(id)) long.push(toLongId(id))
    else return null
  }
  return [...new Set(long)]
}

/** Values as sent, with the fields that were cleared as null. A field in `diffFields` carries a difference and no value: left out. */
function readFields({ header, fields }: ChangeEvent): Values {
  const flat = flattenCompounds(Object.entries(fields))
  delete flat['Id']
  for (const field of readNames(header['nulledFields'])) flat[flatten(field)] = null
  for (const field of readNames(header['diffFields'])) delete flat[flatten(field)]
  return flat
}

function readNames(value: Json | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((name) => typeof name === 'string').filter((name) => /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)?$/.test(name))
    : []
}

function flatten(field: string): string {
  const dot = field.indexOf('.')
  return dot === -1 ? field : (flatName(field.slice(0, dot), field.slice(dot + 1)) ?? field)
}

/** Who wrote, in `com/salesforce/api/soap/62.0;client=Patchbay`: what the writer called itself in `Sforce-Call-Options`. */
function clientOf(origin: string | null): string | null {
  const match = origin === null ? null : /;\s*client=([^;/]*)/.exec(origin)
  return match?.[1] ?? null
}

/**
 * A transaction's changes are numbered, so both parts together name one change. Gaps stand outside of any one transaction, so their
 * time is added: a later gap must not pass for the earlier one.
 */
function ownKeys(header: JsonObject, id: string, changeType: string): string[] {
  const transaction = readText(header['transactionKey'])
  const sequence = readText(header['sequenceNumber'])
  if (transaction === null || sequence === null) return []
  const gap = changeType.startsWith('GAP_') ? `:${readText(header['commitTimestamp']) ?? ''}` : ''
  return [`cdc:${transaction.slice(0, 200)}:${sequence.slice(0, 20)}:${id}${gap}`]
}
