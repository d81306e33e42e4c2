import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import type { RemoteRecord } from '#shared/domain/record.ts'
import type { Cached } from '../cached.ts'
import type { CallContext, Connector } from '../connector.ts'
import { readSubject, searchSubject } from '../subject.ts'
import type { SalesforceCalls } from './call.ts'
import { listChanges, type ChangePage } from './changes.ts'
import type { ObjectShape } from './describe.ts'
import { toRemoteRecord } from './record.ts'
import { explainRefusal, readTwinIds, saysMissing } from './refusal.ts'
import { soqlLiteral } from './soql.ts'

export interface ReadingOptions {
  readonly calls: SalesforceCalls
  readonly shapes: Cached<ObjectShape>
  readonly clock: Clock
  readonly externalIdField: string
}

/** Records that one lookup reads: enough to find one person among those who share a mailbox. */
const mostFound = 20

/** The reading half of the connector. */
export function createReading({
  calls,
  shapes,
  clock,
  externalIdField: key,
}: ReadingOptions): Pick<Connector, 'fetch' | 'changedSince' | 'findByCrossReference' | 'findByField' | 'findWinner'> {
  async function fetch(entity: string, id: string, context: CallContext): Promise<Result<RemoteRecord | null>> {
    const subject = readSubject(entity, id, context)
    const path = `/sobjects/${entity}/${encodeURIComponent(id)}`
    const asked = await calls.ask((connection) => connection.requestGet(path), subject, context)
    if (!asked.ok) return asked
    const { answer, value } = asked.value
    if (answer.status === 200 && isObject(value)) return ok(toRemoteRecord(entity, value, key))
    if (!saysMissing(answer)) return failed(explainRefusal(answer, subject, clock.now()))
    // Salesforce says the same of a missing record and a missing object; only the first may count as "gone".
    const shape = await shapes.get(entity, context)
    return shape.ok ? ok(null) : shape
  }

  async function fetchAll(
    entity: string,
    ids: readonly string[],
    context: CallContext,
  ): Promise<Result<readonly RemoteRecord[]>> {
    const records: RemoteRecord[] = []
    for (const id of ids.slice(0, mostFound)) {
      const fetched = await fetch(entity, id, context)
      if (!fetched.ok) return fetched
      if (fetched.value !== null) records.push(fetched.value)
    }
    return ok(records)
  }

  return {
    fetch,

    async findWinner(entity, id, context) {
      const shape = await shapes.get(entity, context)
      if (!shape.ok) return shape
      // Only kinds of records that can be merged have this field; it is filled in deleted records, which queryAll alone shows.
      if (!shape.value.fields.has('MasterRecordId') || !/^[A-Za-z0-9]{15,18}$/.test(id)) return ok(null)
      const soql = `SELECT MasterRecordId FROM ${entity} WHERE Id = '${id}' AND IsDeleted = true`
      const found = await calls.need(
        (connection) =>
          connection.requestGet<{ records: { MasterRecordId: string | null }[] }>(
            `/queryAll?q=${encodeURIComponent(soql)}`,
          ),
        readSubject(entity, id, context),
        context,
      )
      return found.ok ? ok(found.value.value.records[0]?.MasterRecordId ?? null) : found
    },

    async changedSince(entity, since, context) {
      const shape = await shapes.get(entity, context)
      if (!shape.ok) return shape
      const missing = ['SystemModstamp', 'IsDeleted'].find((field) => !shape.value.fields.has(field))
      if (missing !== undefined) return failed(noSuchField(entity, missing))
      const subject = searchSubject(`${entity} changed since ${since}`, context)
      return listChanges(entity, since, async (soql) => {
        const path = `/queryAll?q=${encodeURIComponent(soql)}`
        const found = await calls.need((connection) => connection.requestGet<ChangePage>(path), subject, context)
        return found.ok ? ok(found.value.value) : found
      })
    },

    async findByCrossReference(entity, foreignId, context) {
      const subject = searchSubject(`${entity} with ${key} ${foreignId}`, context)
      const path = `/sobjects/${entity}/${key}/${encodeURIComponent(foreignId)}`
      const asked = await calls.ask((connection) => connection.requestGet(path), subject, context)
      if (!asked.ok) return asked
      const { answer, value } = asked.value
      if (answer.status === 200 && isObject(value)) return ok([toRemoteRecord(entity, value, key)])
      if (answer.status === 300) return fetchAll(entity, readTwinIds(answer), context)
      return saysMissing(answer) ? ok([]) : failed(explainRefusal(answer, subject, clock.now()))
    },

    async findByField(entity, field, value, context) {
      const shape = await shapes.get(entity, context)
      if (!shape.ok) return shape
      const fieldShape = shape.value.fields.get(field)
      if (fieldShape === undefined) {
        shapes.forget(entity)
        return failed(noSuchField(entity, field))
      }
      const literal = soqlLiteral(fieldShape, value)
      if (literal === null) return ok([])
      const soql = `SELECT Id FROM ${entity} WHERE ${field} = ${literal} LIMIT ${mostFound}`
      const subject = searchSubject(`${entity} with ${field} '${value}'`, context)
      const found = await calls.need(async (connection) => connection.query<{ Id: string }>(soql), subject, context)
      if (!found.ok) return found
      return fetchAll(
        entity,
        found.value.value.records.map((record) => record.Id),
        context,
      )
    },
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function noSuchField(entity: string, field: string): Failure {
  return {
    class: 'permanent',
    stage: 'deliver',
    code: 'INVALID_FIELD',
    field,
    sentence: `Salesforce has no field ${field} on ${entity}, or Patchbay may not see it.`,
    fix: 'Create the field, give the integration user access to it, or take it out of the mapping. Then replay.',
  }
}
