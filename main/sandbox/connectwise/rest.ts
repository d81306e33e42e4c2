import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { RecordTable } from '#main/sandbox/world/record-table.ts'
import { answerCommunications } from './communications.ts'
import { errorAnswer, recordNotFound } from './errors.ts'
import { answerList, listQuery, listWhere, show } from './listing.ts'
import { entityOf } from './manage.ts'
import type { Saved } from './manage.ts'
import { readPatch } from './patch.ts'
import { readBody } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'
import { connectwiseEntities } from './schema.ts'
import type { ConnectWiseEntity } from './schema.ts'

/** Which records an address under `/apis/3.0` names. */
export interface Place {
  readonly entity: ConnectWiseEntity
  /** Owner of a note or a status. */
  readonly parent: number | null
  /** What follows the collection: an id, `count`, `search`, or nothing. */
  readonly rest: readonly string[]
}

/** Finds the collection that an address names; null when there is none. */
export function findPlace(path: readonly string[]): Place | null {
  let best: Place | null = null
  let bestLength = 0
  for (const entity of connectwiseEntities.values()) {
    const pattern = entity.path.split('/')
    let parent: number | null = null
    const fits = pattern.every((part, at) => {
      const given = path[at] ?? ''
      if (part !== '{parent}') return part.toLowerCase() === given.toLowerCase()
      parent = Number(given)
      return Number.isInteger(parent)
    })
    if (!fits || pattern.length <= bestLength) continue
    bestLength = pattern.length
    best = { entity, parent, rest: path.slice(pattern.length) }
  }
  return best
}

/** Answers the REST API under `/apis/3.0`. */
export function answerRest(call: RestCall): WebAnswer {
  const place = findPlace(call.path)
  const { method } = call.request
  if (place === null) return errorAnswer(404, 'NotFound', 'The resource is not known to the sandbox.')
  const { entity, rest } = place
  const [key, child] = rest
  const table = call.manage.table(entity)
  if (key === undefined && method === 'POST') return answerCreate(call, place)
  if (key === undefined || key === 'count' || (key === 'search' && method === 'POST')) {
    return method === 'GET' || key === 'search' ? answerMany(call, place, table) : notAllowed(method)
  }
  const id = Number(key)
  if (!Number.isInteger(id)) return recordNotFound(entity.name, key)
  if (entity.name === 'contact' && child === 'communications') return answerCommunications(call, id, rest[2])
  if (child === 'merge' && method === 'POST') return answerMerge(call, entity, id)
  if (child !== undefined) return errorAnswer(404, 'NotFound', 'The resource is not known to the sandbox.')
  return answerOne(call, entity, table, id)
}

function notAllowed(method: string): WebAnswer {
  return errorAnswer(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`)
}

function answerMany(call: RestCall, { entity, parent, rest }: Place, table: RecordTable): WebAnswer {
  const body = rest[0] === 'search' ? readBody(call.request.text) : {}
  if (body === null || Array.isArray(body)) return unreadableBody()
  const query = listQuery(call.request, body)
  const found = listWhere(entity, table, query, parent)
  if (!found.ok) return found.answer
  if (rest[0] === 'count') return { status: 200, body: { count: table.count(found.where) } }
  return answerList(entity, table, call.request, query, found.where, call.base)
}

function answerCreate(call: RestCall, { entity, parent }: Place): WebAnswer {
  if (!entity.writable) return notAllowed('POST')
  const sent = readBody(call.request.text)
  if (sent === null || Array.isArray(sent)) return unreadableBody()
  if (entity.name === 'callback') {
    const refusal = call.refuseCallback(sent)
    if (refusal !== null) return refusal
  }
  if (entity.name === 'note' && call.manage.table(entityOf('ticket')).get(parent ?? 0) === null) {
    return recordNotFound('ticket', parent ?? 0)
  }
  return saved(entity, call.manage.create(entity, sent, call.by, parent), 201)
}

function answerOne(call: RestCall, entity: ConnectWiseEntity, table: RecordTable, id: number): WebAnswer {
  const { method, query, text } = call.request
  if (method === 'GET') {
    const doc = table.get(id)
    return doc === null
      ? recordNotFound(entity.name, id)
      : { status: 200, body: show(entity, doc, query.get('fields')) }
  }
  if (!entity.writable) return notAllowed(method)
  if (method === 'DELETE') return call.manage.remove(entity, id, call.by) ?? { status: 204 }
  const body = readBody(text)
  if (body === null) return unreadableBody()
  if (method === 'PATCH') {
    const patch = readPatch(entity, body)
    return patch.ok ? saved(entity, call.manage.update(entity, id, patch.values, call.by), 200) : patch.answer
  }
  if (method !== 'PUT') return notAllowed(method)
  if (Array.isArray(body)) return unreadableBody()
  return saved(entity, call.manage.update(entity, id, body, call.by, true), 200)
}

/** `toCompanyId` of the winner for a company; `mergeTicketIds` of the losers for a ticket. */
function answerMerge(call: RestCall, entity: ConnectWiseEntity, id: number): WebAnswer {
  const body = readBody(call.request.text)
  if (body === null || Array.isArray(body)) return unreadableBody()
  const { manage, by } = call
  if (entity.name === 'company') return saved(entity, manage.merge(entity, Number(body['toCompanyId']), id, by), 200)
  const losers = body['mergeTicketIds']
  if (entity.name !== 'ticket' || !Array.isArray(losers)) return unreadableBody()
  for (const loser of losers) {
    const merged = manage.merge(entity, id, Number(loser), by)
    if (!merged.ok) return merged.answer
  }
  return answerOne({ ...call, request: { ...call.request, method: 'GET' } }, entity, manage.table(entity), id)
}

function saved(entity: ConnectWiseEntity, result: Saved, status: 200 | 201): WebAnswer {
  return result.ok ? { status, body: show(entity, result.doc, null) } : result.answer
}

function unreadableBody(): WebAnswer {
  return errorAnswer(400, 'InvalidObject', 'The body can not be read.')
}
