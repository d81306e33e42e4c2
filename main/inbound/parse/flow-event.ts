import type { EventAction } from '#shared/domain/event.ts'
import type { Values } from '#shared/domain/record.ts'
import { readInstant, readVersion } from './instant.ts'
import { isObject, readText } from './json-text.ts'
import type { JsonObject } from './json-text.ts'
import type { ParsedItem } from './parsed.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'
import { isEntityName, isRecordId, toLongId } from './salesforce-id.ts'
import { readTitle } from '#shared/logic/record-title.ts'

/** Words that Flow and Apex authors use for what happened. */
const actions: Readonly<Record<string, EventAction>> = {
  create: 'created',
  created: 'created',
  insert: 'created',
  inserted: 'created',
  update: 'updated',
  updated: 'updated',
  delete: 'deleted',
  deleted: 'deleted',
  undelete: 'restored',
  undeleted: 'restored',
  restore: 'restored',
  restored: 'restored',
}

/**
 * Reads one event of a Flow or Apex callout: `{eventId, eventType, objectApiName, recordId, systemModstamp, lastModifiedById, record}`.
 *
 * Callouts are written by hand, so whatever is left out is looked for in the record; a plain record in Salesforce's REST form will do.
 * `full` stays false: nothing tells whether the author sent all fields.
 */
export function parseFlowEvent(item: JsonObject, body: Buffer): Checked<ParsedItem> {
  const record = readRecord(item)
  const entity = readEntity(item, record)
  if (entity === null) {
    return refused(400, 'bad-shape', 'The event does not say which object it is about (objectApiName).')
  }
  const recordId = readText(item['recordId']) ?? readText(record?.['Id']) ?? readText(item['Id'])
  if (recordId === null) {
    return refused(400, 'bad-shape', `The ${entity} event does not say which record it is about (recordId).`)
  }
  if (!isEntityName(entity) || !isRecordId(recordId)) {
    return refused(
      400,
      'bad-shape',
      `The event names an object or record that can't be one: ${entity.slice(0, 80)} ${recordId.slice(0, 80)}.`,
    )
  }
  const changedAt = item['systemModstamp'] ?? record?.['SystemModstamp'] ?? record?.['LastModifiedDate']
  const actor = readText(item['lastModifiedById']) ?? readText(record?.['LastModifiedById'])
  const eventId = readText(item['eventId'])
  const fields = record === null ? null : readFields(record)
  return accepted({
    content: {
      recordId: toLongId(recordId),
      entity,
      action: actions[(readText(item['eventType']) ?? '').toLowerCase()] ?? 'touched',
      title: fields === null ? null : readTitle(fields),
      version: readVersion(changedAt),
      occurredAt: readInstant(changedAt),
      actor: actor === null ? null : toLongId(actor),
      ownMark: false,
      fields,
      full: false,
    },
    body,
    // Authors may give one id to all records of a run.
    ownKeys: eventId === null ? [] : [`flow:${entity}:${toLongId(recordId)}:${eventId.slice(0, 200)}`],
  })
}

function readRecord(item: JsonObject): JsonObject | null {
  if (isObject(item['record'])) return item['record']
  return isObject(item['attributes']) ? item : null
}

function readEntity(item: JsonObject, record: JsonObject | null): string | null {
  const attributes = record?.['attributes']
  return (
    readText(item['objectApiName']) ??
    readText(item['sobjectType']) ??
    (isObject(attributes) ? readText(attributes['type']) : null) ??
    readText(record?.['sobjectType'])
  )
}

/** The record's values; `attributes` and `sobjectType` are about the record, not of it. */
function readFields(record: JsonObject): Values {
  const fields: Values = {}
  for (const name in record) {
    if (name !== 'attributes' && name !== 'sobjectType') fields[name] = record[name] ?? null
  }
  if (typeof fields['Id'] === 'string') fields['Id'] = toLongId(fields['Id'])
  return fields
}
