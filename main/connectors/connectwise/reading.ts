import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import type { Json, RemoteRecord } from '#shared/domain/record.ts'
import type { CallContext, Connector, RecordChange } from '../connector.ts'
import { readSubject, searchSubject } from '../subject.ts'
import type { ConnectwiseClient, Query } from './client.ts'
import { communicationKind } from './communication.ts'
import { all, condition } from './conditions.ts'
import { entities, type EntityShape } from './entities.ts'
import { rawRecord, toRemoteRecord, type RawRecord } from './raw-record.ts'
import { explainRefusal, parseJson, saysMissing } from './refusal.ts'

export interface ReadingOptions {
  readonly client: ConnectwiseClient
  readonly clock: Clock
  readonly crossReferenceCaption: string
}

export interface Reading extends Pick<Connector, 'fetch' | 'changedSince' | 'findByCrossReference' | 'findByField'> {
  /** The record as ConnectWise sends it; null when it is gone. */
  fetchRaw(entity: string, id: string, context: CallContext): Promise<Result<RawRecord | null>>
}

/** Records that one lookup reads: enough to find one person among those who share a mailbox. */
const mostFound = 20

/** The reading half of the connector. */
export function createReading({ client, clock, crossReferenceCaption }: ReadingOptions): Reading {
  async function fetchRaw(entity: string, id: string, context: CallContext): Promise<Result<RawRecord | null>> {
    const shape = shapeOf(entity)
    if (!shape.ok) return shape
    const subject = readSubject(entity, id, context)
    const asked = await client.ask(
      { method: 'GET', path: `${shape.value.path}/${encodeURIComponent(id)}` },
      subject,
      context,
    )
    if (!asked.ok) return asked
    if (saysMissing(asked.value)) return ok(null)
    const raw = rawRecord.safeParse(parseJson(asked.value.body))
    return asked.value.status === 200 && raw.success
      ? ok(raw.data)
      : failed(explainRefusal(asked.value, subject, clock.now()))
  }

  async function find(
    entity: string,
    shape: EntityShape,
    query: Query,
    field: string,
    value: string,
    context: CallContext,
  ): Promise<Result<readonly RemoteRecord[]>> {
    const subject = searchSubject(`${entity} with ${field} '${value}'`, context)
    const found = await client.list(shape.path, query, mostFound, subject, context)
    if (!found.ok) return found
    const records = found.value.flatMap((json) => toRecord(entity, shape, json))
    // Wildcards and escapes in the value could have found more than was asked for.
    return ok(records.filter((record) => String(record.values[field] ?? '').toLowerCase() === value.toLowerCase()))
  }

  function toRecord(entity: string, shape: EntityShape, json: Json): RemoteRecord[] {
    const raw = rawRecord.safeParse(json)
    return raw.success ? [toRemoteRecord(entity, shape, crossReferenceCaption, raw.data)] : []
  }

  async function findByField(
    entity: string,
    field: string,
    value: string,
    context: CallContext,
  ): Promise<Result<readonly RemoteRecord[]>> {
    const shape = shapeOf(entity)
    if (!shape.ok) return shape
    return find(entity, shape.value, toQuery(entity, field, value), field, value, context)
  }

  return {
    fetchRaw,
    async fetch(entity, id, context) {
      const raw = await fetchRaw(entity, id, context)
      if (!raw.ok || raw.value === null) return raw.ok ? ok(null) : raw
      const shape = shapeOf(entity)
      return shape.ok ? ok(toRemoteRecord(entity, shape.value, crossReferenceCaption, raw.value)) : shape
    },
    async changedSince(entity, since, context) {
      const shape = shapeOf(entity)
      if (!shape.ok) return shape
      const query = { conditions: condition('lastUpdated', '>', new Date(since)), fields: 'id,_info' }
      const subject = searchSubject(`${entity} changed since ${since}`, context)
      const found = await client.list(shape.value.path, query, Infinity, subject, context)
      return found.ok ? ok(found.value.flatMap(toChange)) : found
    },
    async findByCrossReference(entity, foreignId, context) {
      const shape = shapeOf(entity)
      if (!shape.ok) return shape
      return findByField(
        entity,
        shape.value.crossReferenceField ?? `customFields/${crossReferenceCaption}`,
        foreignId,
        context,
      )
    },
    findByField,
  }
}

function toChange(json: Json): RecordChange[] {
  const raw = rawRecord.safeParse(json)
  const version = raw.data?._info?.lastUpdated ?? null
  return raw.success && version !== null ? [{ id: String(raw.data.id), version, isDeleted: false }] : []
}

/** The entity's place in the API; a failure for one that Patchbay does not know. */
export function shapeOf(entity: string): Result<EntityShape> {
  const shape = Object.hasOwn(entities, entity) ? entities[entity] : undefined
  return shape === undefined ? failed(unknownEntity(entity)) : ok(shape)
}

function toQuery(entity: string, field: string, value: string): Query {
  if (field.startsWith('customFields/')) {
    const caption = condition('caption', '=', field.slice('customFields/'.length))
    return { customFieldConditions: all(caption, condition('value', '=', value)) }
  }
  const kind = entity === 'contact' ? communicationKind(field) : null
  if (kind !== null) {
    const items = [
      condition('communicationItems/value', 'like', value),
      condition('communicationItems/communicationType', '=', kind),
    ]
    return { childConditions: all(...items) }
  }
  return { conditions: condition(field, '=', asTyped(field, value)) }
}

/** The query language tells numbers and flags from text; ConnectWise's field names say which is which. */
function asTyped(field: string, value: string): string | number | boolean {
  if (/(^id|\/id|[a-z]Id)$/.test(field) && /^\d+$/.test(value)) return Number(value)
  if (field.endsWith('Flag') && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return value
}

function unknownEntity(entity: string): Failure {
  return {
    class: 'permanent',
    stage: 'deliver',
    code: 'UNKNOWN_ENTITY',
    sentence: `Patchbay does not know what a "${entity}" is in ConnectWise.`,
    fix: `Use one of: ${Object.keys(entities).join(', ')}.`,
  }
}
