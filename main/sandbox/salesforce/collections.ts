import * as z from 'zod'
import { values } from '#shared/domain/record.ts'
import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { errorAnswer, notFound, salesforceError } from './errors.ts'
import type { SalesforceError } from './errors.ts'
import type { Written } from './org.ts'
import { fullId } from './record-id.ts'
import { project } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'
import { salesforceObjects } from './schema.ts'
import type { SalesforceObject } from './schema.ts'

const rowsAtMost = 200
const orderSchema = z.object({ allOrNone: z.boolean().default(false), records: z.array(values) })
const idsSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) })

/** Thrown to leave the transaction of an all-or-none request; never seen outside. */
class RolledBack extends Error {}

/** Answers `/composite/sobjects...`: create, update, upsert by external id, delete and read up to 200 records. */
export function answerCollection(call: RestCall): WebAnswer {
  const { method, query, text } = call.request
  const [, , name, externalId] = call.path
  if (method === 'DELETE') {
    const ids = (query.get('ids') ?? '').split(',')
    return writeAll(call, ids, query.get('allOrNone') === 'true', (id) => removeOne(call, id))
  }
  if (name !== undefined && externalId === undefined) return readAll(call, name)
  const order = orderSchema.safeParse(parse(text))
  if (!order.success) return errorAnswer(salesforceError(400, 'JSON_PARSER_ERROR', z.prettifyError(order.error)))
  const { records, allOrNone } = order.data
  if (method === 'POST') return writeAll(call, records, allOrNone, (record) => createOne(call, record))
  if (method !== 'PATCH') return errorAnswer(notFound)
  if (name === undefined || externalId === undefined) {
    return writeAll(call, records, allOrNone, (record) => updateOne(call, record))
  }
  return writeAll(call, records, allOrNone, (record) => upsertOne(call, name, externalId, record))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function refused(error: SalesforceError): Written {
  return { ok: false, error }
}

function writeAll<T>(call: RestCall, rows: readonly T[], allOrNone: boolean, write: (row: T) => Written): WebAnswer {
  if (rows.length > rowsAtMost) {
    return errorAnswer(salesforceError(400, 'EXCEEDED_MAX_SIZE_REQUEST', `more than ${rowsAtMost} records`))
  }
  let results: Written[] = []
  try {
    call.atomically(() => {
      results = rows.map(write)
      if (allOrNone && results.some((result) => !result.ok)) throw new RolledBack()
    })
  } catch (thrown) {
    if (!(thrown instanceof RolledBack)) throw thrown
    const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header'
    const rolledBack = refused(salesforceError(400, 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message))
    results = results.map((result) => (result.ok ? rolledBack : result))
  }
  return { status: 200, body: results.map(rowResult) }
}

function rowResult(result: Written): unknown {
  if (result.ok) return { id: result.id, success: true, errors: [], created: result.created }
  const { errorCode, message, fields } = result.error
  return { success: false, errors: [{ statusCode: errorCode, message, fields }] }
}

function objectOf(record: Doc): SalesforceObject | undefined {
  const { attributes } = record
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return undefined
  return salesforceObjects.get(String(attributes['type']))
}

const noType = salesforceError(400, 'INVALID_TYPE', 'attributes.type names no object of this org')

function createOne(call: RestCall, record: Doc): Written {
  const object = objectOf(record)
  return object === undefined ? refused(noType) : call.org.create(object, record, call.writer)
}

function updateOne(call: RestCall, record: Doc): Written {
  const object = objectOf(record)
  if (object === undefined) return refused(noType)
  const { Id, id, ...sent } = record
  const full = fullId(String(id ?? Id))
  if (full === null) return refused(salesforceError(400, 'MALFORMED_ID', `malformed id ${String(id ?? Id)}`, ['Id']))
  return call.org.update(object, full, sent, call.writer)
}

function upsertOne(call: RestCall, name: string, field: string, record: Doc): Written {
  const object = salesforceObjects.get(name)
  if (object?.fields.get(field)?.externalId !== true) return refused(noType)
  const { [field]: value, ...sent } = record
  if (typeof value !== 'string') return refused(salesforceError(400, 'MISSING_ARGUMENT', `${field} not specified`))
  const [id, other] = call.org.matches(object, field, value)
  if (other !== undefined)
    return refused(
      salesforceError(400, 'DUPLICATE_EXTERNAL_ID', `${field}: more than one record found for external id ${value}`),
    )
  if (id !== undefined) return call.org.update(object, id, sent, call.writer)
  return call.org.create(object, { ...sent, [field]: value }, call.writer)
}

function removeOne(call: RestCall, given: string): Written {
  const id = fullId(given)
  const object = [...salesforceObjects.values()].find((one) => one.keyPrefix === given.slice(0, 3))
  if (id === null || object === undefined) return refused(salesforceError(400, 'MALFORMED_ID', `malformed id ${given}`))
  return call.org.remove(object, id, call.writer)
}

function readAll(call: RestCall, name: string): WebAnswer {
  const object = salesforceObjects.get(name)
  const { query, text } = call.request
  const asked = { ids: query.get('ids')?.split(','), fields: query.get('fields')?.split(',') }
  const order = idsSchema.safeParse(call.request.method === 'GET' ? asked : parse(text))
  if (object === undefined || !order.success) return errorAnswer(notFound)
  const docs = order.data.ids.map((id) => call.org.get(object, fullId(id) ?? id))
  return {
    status: 200,
    body: docs.map((doc) => (typeof doc === 'string' ? null : project(call, object, doc, order.data.fields))),
  }
}
