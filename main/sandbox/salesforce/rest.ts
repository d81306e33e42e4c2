import { values as valuesSchema } from '#shared/domain/record.ts'
import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { answerCollection } from './collections.ts'
import { describeBriefly, describeObject } from './describe.ts'
import { errorAnswer, notFound, salesforceError } from './errors.ts'
import { gone, runQuery } from './org.ts'
import type { Written } from './org.ts'
import { fullId } from './record-id.ts'
import { project } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'
import { salesforceObjects } from './schema.ts'
import type { SalesforceObject } from './schema.ts'

/** Answers everything behind the version in the address; the caller is signed in. */
export function answerRest(call: RestCall): WebAnswer {
  const [area, second, third] = call.path
  switch (area) {
    case undefined:
      return { status: 200, body: resources(call.base) }
    case 'limits':
      return { status: 200, body: limits(call.usage) }
    case 'query':
    case 'queryAll':
      return answerQuery(call, area === 'queryAll')
    case 'composite':
      return second === 'sobjects' ? answerCollection(call) : errorAnswer(notFound)
    case 'sobjects':
      return second === undefined ? objectList(call) : answerObject(call, second, third)
    default:
      return errorAnswer(notFound)
  }
}

function resources(base: string): Record<string, string> {
  const names = ['sobjects', 'query', 'queryAll', 'limits', 'composite']
  return Object.fromEntries(names.map((name) => [name, `${base}/${name}`]))
}

function limits({ used, limit }: RestCall['usage']): unknown {
  return {
    DailyApiRequests: { Max: limit, Remaining: Math.max(0, limit - used) },
    DataStorageMB: { Max: 10_240, Remaining: 9_800 },
  }
}

function objectList(call: RestCall): WebAnswer {
  const sobjects = [...salesforceObjects.values()].map((object) => describeBriefly(object, call.base))
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } }
}

function answerQuery(call: RestCall, withDeleted: boolean): WebAnswer {
  const result = runQuery(call.org, call.request.query.get('q') ?? '', withDeleted)
  if ('errorCode' in result) return errorAnswer(result)
  const records = result.docs.map((doc) => project(call, result.object, doc, result.fields))
  return { status: 200, body: { totalSize: result.count, done: true, records } }
}

function answerObject(call: RestCall, name: string, third: string | undefined): WebAnswer {
  const object = salesforceObjects.get(name)
  if (object === undefined) return errorAnswer(notFound)
  const { method } = call.request
  if (third === 'describe') return { status: 200, body: describeObject(object, call.base) }
  if (third === undefined) {
    if (method === 'POST') return answerCreate(call, object)
    const objectDescribe = describeBriefly(object, call.base)
    return method === 'GET' ? { status: 200, body: { objectDescribe, recentItems: [] } } : notAllowed(method)
  }
  const value = call.path[3]
  return value === undefined ? answerRecord(call, object, third) : answerExternalId(call, object, third, value)
}

function notAllowed(method: string): WebAnswer {
  return errorAnswer(salesforceError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed.`))
}

/** The fields of a body, or the answer to a body that has none. */
function bodyValues(
  call: RestCall,
  object: SalesforceObject,
): { readonly values: Doc } | { readonly refusal: WebAnswer } {
  if (!object.writable) {
    const message = `entity type cannot be written: ${object.name}`
    return { refusal: errorAnswer(salesforceError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message)) }
  }
  const parsed = valuesSchema.safeParse(parse(call.request.text))
  if (parsed.success) return { values: parsed.data }
  const message = 'The body is not a JSON object of fields.'
  return { refusal: errorAnswer(salesforceError(400, 'JSON_PARSER_ERROR', message)) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function answerCreate(call: RestCall, object: SalesforceObject): WebAnswer {
  const body = bodyValues(call, object)
  return 'refusal' in body ? body.refusal : writtenAnswer(call.org.create(object, body.values, call.writer), 201)
}

function writtenAnswer(written: Written, status: 200 | 201): WebAnswer {
  if (!written.ok) return errorAnswer(written.error)
  return { status, body: { id: written.id, success: true, errors: [], created: written.created } }
}

function answerRecord(call: RestCall, object: SalesforceObject, given: string): WebAnswer {
  const id = fullId(given)
  if (id === null) return errorAnswer(salesforceError(400, 'MALFORMED_ID', `malformed id ${given}`))
  const { method } = call.request
  if (method === 'GET') return shownRecord(call, object, id)
  if (method === 'DELETE') {
    const written = call.org.remove(object, id, call.writer)
    return written.ok ? { status: 204 } : errorAnswer(written.error)
  }
  if (method !== 'PATCH') return notAllowed(method)
  const body = bodyValues(call, object)
  if ('refusal' in body) return body.refusal
  const written = call.org.update(object, id, body.values, call.writer)
  return written.ok ? { status: 204 } : errorAnswer(written.error)
}

function shownRecord(call: RestCall, object: SalesforceObject, id: string): WebAnswer {
  const doc = call.org.get(object, id)
  if (typeof doc === 'string') return errorAnswer(gone(doc))
  const wanted = call.request.query.get('fields')?.split(',') ?? null
  const unknown = wanted?.find((name) => !object.fields.has(name))
  if (unknown !== undefined) {
    const message = `No such column '${unknown}' on sobject of type ${object.name}`
    return errorAnswer(salesforceError(400, 'INVALID_FIELD', message))
  }
  return { status: 200, body: project(call, object, doc, wanted) }
}

/** Reads or upserts by external id: 201 created, 200 updated, 300 when several records match. */
function answerExternalId(call: RestCall, object: SalesforceObject, field: string, value: string): WebAnswer {
  if (object.fields.get(field)?.externalId !== true) {
    const message = `Provided external ID field does not exist or is not accessible: ${field}`
    return errorAnswer(salesforceError(404, 'NOT_FOUND', message))
  }
  const ids = call.org.matches(object, field, value)
  if (ids.length > 1) {
    return { status: 300, body: ids.map((id) => `${call.base}/sobjects/${object.name}/${id}`) }
  }
  const { method } = call.request
  const [id] = ids
  if (method === 'PATCH') {
    const body = bodyValues(call, object)
    return 'refusal' in body ? body.refusal : upsert(call, object, field, value, body.values)
  }
  if (id === undefined) return errorAnswer(notFound)
  if (method === 'GET') return shownRecord(call, object, id)
  if (method !== 'DELETE') return notAllowed(method)
  const written = call.org.remove(object, id, call.writer)
  return written.ok ? { status: 204 } : errorAnswer(written.error)
}

function upsert(call: RestCall, object: SalesforceObject, field: string, value: string, sent: Doc): WebAnswer {
  if (field in sent) {
    const message = `The ${field} field should not be specified in the sobject data.`
    return errorAnswer(salesforceError(400, 'INVALID_FIELD', message, [field]))
  }
  const [id] = call.org.matches(object, field, value)
  if (id !== undefined) return writtenAnswer(call.org.update(object, id, sent, call.writer), 200)
  if (call.request.query.get('updateOnly') === 'true') return errorAnswer(notFound)
  return writtenAnswer(call.org.create(object, { ...sent, [field]: value }, call.writer), 201)
}
