import * as z from 'zod'
import { values } from '#shared/domain/record.ts'
import type { GlancedRecord } from '#main/sandbox/sandbox-types.ts'
import type { Calls } from '#main/sandbox/world/calls.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import type { Faults } from './faults.ts'
import type { WebAnswer, WebRequest } from './web-server.ts'

/** By which way ConnectWise tells of a change; both is what a site with callbacks and triggers sees. */
export const announcement = z.enum(['callback', 'queue', 'both'])
export type Announcement = z.infer<typeof announcement>

/** What simulated people can do in a system. A refusal is a sentence. */
export interface PeoplesAccess {
  readonly entities: readonly string[]
  list(entity: string): Doc[]
  /** How many there are, and the `most` of them that were changed last, newest change first. */
  glance(entity: string, most: number): { readonly count: number; readonly newest: readonly GlancedRecord[] }
  get(entity: string, id: string): Doc | null
  create(entity: string, values: Doc, via: Announcement): Doc | string
  update(entity: string, id: string, values: Doc, via: Announcement): Doc | string
  remove(entity: string, id: string, via: Announcement): true | string
  /** Takes a deleted record back. */
  restore(entity: string, id: string): Doc | string
  /** Merges `loser` into the record; answers the winner. */
  merge(entity: string, id: string, loser: string, via: Announcement): Doc | string
}

/** What the pages under `/sandbox` work on. */
export interface ControlTarget {
  readonly people: PeoplesAccess
  readonly calls: Calls
  readonly faults: Faults
  setTraffic(perMinute: number): void
  /** How many announcements of changes the relay has not taken yet. */
  announcements(): number
}

const faultSchema = z.object({
  kind: z.enum([
    'down',
    'slow',
    'rate-limit',
    'server-error',
    'lock',
    'validation',
    'quota',
    'unauthorized',
    'timeout-after-write',
  ]),
  times: z.number().int().positive().exactOptional(),
  delayMs: z.number().min(0).max(600_000).exactOptional(),
  retryAfter: z.number().min(0).exactOptional(),
  field: z.string().exactOptional(),
  message: z.string().exactOptional(),
  entity: z.string().exactOptional(),
  writesOnly: z.boolean().exactOptional(),
})
const faultOrder = z.union([z.object({ kind: z.null() }), faultSchema])
const trafficOrder = z.object({ perMinute: z.number().min(0).max(100_000) })

function refused(status: number, message: string): WebAnswer {
  return { status, body: { message } }
}

/** Answers a request under `/sandbox`: records, calls, faults, traffic and what waits to be announced, with no sign-in. */
export function answerControl(target: ControlTarget, request: WebRequest): WebAnswer {
  const body = parse(request.text)
  switch (request.path[1]) {
    case 'records':
      return answerRecords(target.people, request, body)
    case 'calls':
      if (request.method === 'GET') return { status: 200, body: target.calls.list() }
      if (request.method !== 'DELETE') return refused(405, 'GET or DELETE.')
      target.calls.clear()
      return { status: 204 }
    case 'faults':
      return answerFaults(target.faults, request.method, body)
    case 'traffic': {
      const order = trafficOrder.safeParse(body)
      if (!order.success) return refused(400, z.prettifyError(order.error))
      target.setTraffic(order.data.perMinute)
      return { status: 200, body: order.data }
    }
    case 'announcements':
      if (request.method !== 'GET') return refused(405, 'GET.')
      return { status: 200, body: { waiting: target.announcements() } }
    default:
      return refused(
        404,
        'There are /sandbox/records/{entity}, /sandbox/calls, /sandbox/messages, /sandbox/faults, /sandbox/traffic and /sandbox/announcements.',
      )
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function answerFaults(faults: Faults, method: string, body: unknown): WebAnswer {
  if (method === 'DELETE') faults.set(null)
  else if (method === 'POST') {
    const order = faultOrder.safeParse(body)
    if (!order.success) return refused(400, z.prettifyError(order.error))
    faults.set(order.data.kind === null ? null : order.data)
  }
  return { status: 200, body: faults.list() }
}

function answerRecords(people: PeoplesAccess, request: WebRequest, body: unknown): WebAnswer {
  const entity = request.path[2] ?? ''
  const id = request.path[3] ?? request.query.get('id')
  if (!people.entities.includes(entity)) return refused(404, `Entities here: ${people.entities.join(', ')}.`)
  const via = announcement.safeParse(request.query.get('via') ?? 'both')
  if (!via.success) return refused(400, 'via is callback, queue or both.')
  if (request.method === 'GET') {
    if (id === null) return { status: 200, body: people.list(entity) }
    const found = people.get(entity, id)
    return found === null ? refused(404, `No ${entity} ${id}.`) : { status: 200, body: found }
  }
  if (request.method === 'DELETE' && id !== null) {
    const removed = people.remove(entity, id, via.data)
    return removed === true ? { status: 204 } : refused(400, removed)
  }
  const deed = request.path[4]
  if (request.method === 'POST' && id !== null && deed === 'restore') return changed(people.restore(entity, id), 200)
  const order = values.safeParse(body)
  if (!order.success) return refused(400, 'The body is an object of field names and values.')
  if (request.method === 'POST' && id !== null && deed === 'merge') {
    return changed(people.merge(entity, id, String(order.data['loser']), via.data), 200)
  }
  if (request.method === 'POST' && id === null) return changed(people.create(entity, order.data, via.data), 201)
  if (request.method === 'PATCH' && id !== null) return changed(people.update(entity, id, order.data, via.data), 200)
  return refused(405, 'GET, POST, PATCH or DELETE.')
}

function changed(result: Doc | string, status: number): WebAnswer {
  return typeof result === 'string' ? refused(400, result) : { status, body: result }
}
