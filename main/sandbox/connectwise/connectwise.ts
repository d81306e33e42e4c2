import type { Fault, GlancedRecord, SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { openCalls } from '#main/sandbox/world/calls.ts'
import type { Outbox } from '#main/sandbox/world/outbox.ts'
import { fieldExpression, idOf } from '#main/sandbox/world/record-table.ts'
import type { Doc, World } from '#main/sandbox/world/world.ts'
import type { PeoplesAccess } from '#main/sandbox/web/control.ts'
import { createFaults } from '#main/sandbox/web/faults.ts'
import type { Subject, SystemHooks, SystemPages } from '#main/sandbox/web/front.ts'
import type { WebAnswer, WebRequest } from '#main/sandbox/web/web-server.ts'
import { announceCallbacks, callbackLevels, openCallbackOutbox } from './callbacks.ts'
import { people as members, relayMember } from './catalogue.ts'
import { errorAnswer, invalidObject } from './errors.ts'
import { entityOf, openManage } from './manage.ts'
import type { ChangedBy, ConnectWiseChange, Manage, Saved } from './manage.ts'
import { answerRest, findPlace } from './rest.ts'
import { announcedEntities, connectwiseEntities } from './schema.ts'

/** A row for the change queue, as a trigger in the database would write it. */
export interface QueueRow {
  readonly entity: string
  readonly recId: number
  readonly action: 'added' | 'updated' | 'deleted'
  readonly changedBy: string
}

/** The simulated ConnectWise, without its server. */
export interface SimulatedConnectWise {
  readonly pages: SystemPages
  readonly manage: Manage
  readonly events: Outbox
  readonly people: PeoplesAccess
  /** Registers one callback for each announced type at this receiver, as the relay's own member would, or moves it there. */
  registerCallbacks(receiverUrl: string, selfSuppressed: boolean): void
}

/** What ties the simulated ConnectWise to the rest of the sandbox. */
export interface ConnectWiseHooks extends SystemHooks {
  readonly queue: {
    /** Takes what a trigger writes; changes by the relay's own member are left out before. */
    add(row: QueueRow): void
    /** Rows that nobody has taken yet. */
    waiting(): number
  }
}

const version = '2025.1'
const codebase = 'v4_6_release'

/** Opens the simulated ConnectWise in a world. */
export function openConnectWise(
  world: World,
  facts: Pick<SandboxAddresses, 'connectwise'>,
  hooks: ConnectWiseHooks,
): SimulatedConnectWise {
  const relay = facts.connectwise
  const events = openCallbackOutbox(world)
  const callbackFacts = { connectwise: relay, url: hooks.url }
  let registered: readonly Doc[] | null = null
  const manage = openManage(world, announce)
  const callbacks = manage.table(entityOf('callback'))
  const pages: SystemPages = {
    people: peoplesAccess(manage),
    calls: openCalls(world.database, 'connectwise'),
    faults: createFaults(hooks.onFaults),
    setTraffic: hooks.setTraffic,
    announcements: () => events.waiting() + hooks.queue.waiting(),
    subject: (request) => subject(relay, request),
    answer,
    faultAnswer,
    finish: (made) => ({ ...made, headers: { 'api-current-version': version, ...made.headers } }),
    atomically: (work) => world.database.transaction(work)(),
  }

  function announce(change: ConnectWiseChange): void {
    const { entity, id, action, by } = change
    if (by.via !== 'queue') {
      registered ??= callbacks.select({})
      announceCallbacks(callbackFacts, events, registered, change)
    }
    if (by.via === 'callback' || by.member === relay.memberId) return
    hooks.queue.add({ entity, recId: id, action, changedBy: by.member })
  }

  function answer(request: WebRequest): WebAnswer {
    const { path } = request
    const [first, second, third] = path
    if (first === 'login' && second === 'companyinfo') return { status: 200, body: companyInfo(relay, third) }
    if (first !== codebase) return errorAnswer(404, 'NotFound', 'There is nothing at this address.')
    if (second === 'system' && third === 'callbackkey') return answerKey(request)
    if (second !== 'apis') return errorAnswer(404, 'NotFound', 'There is nothing at this address.')
    const refusal = refuseSignIn(relay, request)
    if (refusal !== null) return refusal
    const rest = path.slice(3)
    if (rest.join('/') === 'system/info') return { status: 200, body: systemInfo() }
    if (rest[1] === 'callbacks' && request.method !== 'GET') registered = null
    const by: ChangedBy = { member: relay.memberId, via: 'both' }
    return answerRest({ manage, request, path: rest, by, base: hooks.url(), refuseCallback })
  }

  function answerKey(request: WebRequest): WebAnswer {
    const id = Number(request.query.get('id') ?? Number.NaN)
    const isOurs = request.query.get('companyName')?.toLowerCase() === relay.companyId.toLowerCase()
    const callback = Number.isInteger(id) && isOurs ? callbacks.get(id) : null
    if (callback === null) return errorAnswer(404, 'NotFound', 'There is no such callback.')
    return { status: 200, body: { signing_key: callback['signingKey'] } }
  }

  function refuseCallback(sent: Doc): WebAnswer | null {
    const { type, level, objectId, url } = sent
    const complaint = (code: string, message: string, field: string) => ({ code, message, resource: 'callback', field })
    const levels = callbackLevels[String(type)]
    if (typeof type === 'string' && levels === undefined) {
      return invalidObject('callback', [complaint('InvalidField', `type ${type} is not known`, 'type')])
    }
    if (typeof level === 'string' && levels?.includes(level) === false) {
      return invalidObject('callback', [
        complaint('InvalidField', `level ${level} is not allowed for ${String(type)}`, 'level'),
      ])
    }
    const twin = callbacks
      .select({})
      .find(
        (one) => one['type'] === type && one['level'] === level && one['objectId'] === objectId && one['url'] === url,
      )
    if (twin === undefined) return null
    const message = 'A callback with this url, type, level and object is already registered.'
    return errorAnswer(400, 'ObjectExists', message, [complaint('ObjectExists', message, 'url')])
  }

  function registerCallbacks(receiverUrl: string, selfSuppressed: boolean): void {
    const url = new URL('/hooks/connectwise?recordId=', receiverUrl).href
    const by: ChangedBy = { member: relay.memberId, via: 'both' }
    const known = callbacks.select({})
    for (const type of announcedEntities) {
      const values: Doc = {
        url,
        type,
        level: 'owner',
        objectId: 1,
        isSelfSuppressedFlag: selfSuppressed,
        inactiveFlag: false,
      }
      const old = known.find((one) => one['type'] === type && one['description'] === description(type))
      if (old === undefined) manage.create(entityOf('callback'), { description: description(type), ...values }, by)
      else manage.update(entityOf('callback'), Number(old['id']), values, by)
    }
    registered = null
  }

  return { pages, manage, events, people: pages.people, registerCallbacks }
}

function description(type: string): string {
  return `Patchbay ${type}`
}

function companyInfo(relay: SandboxAddresses['connectwise'], companyId: string | undefined): unknown {
  if (companyId?.toLowerCase() !== relay.companyId.toLowerCase()) return null
  return {
    CompanyName: 'Cobalt Managed IT',
    Codebase: `${codebase}/`,
    VersionCode: `v${version}`,
    VersionNumber: `v${version}`,
    CompanyID: relay.companyId,
    IsCloud: false,
  }
}

function systemInfo(): unknown {
  return { version: `v${version}.115392`, isCloud: false, serverTimeZone: 'UTC', licenseBits: [], cloudRegion: null }
}

function refuseSignIn(relay: SandboxAddresses['connectwise'], request: WebRequest): WebAnswer | null {
  const secret = `${relay.companyId}+${relay.publicKey}:${relay.privateKey}`
  const wanted = `Basic ${Buffer.from(secret).toString('base64')}`
  if (request.headers.authorization !== wanted) return unauthorized('Username or password is incorrect')
  if (request.headers['clientid'] !== relay.clientId) return unauthorized('The clientId header is missing or not known')
  return null
}

function unauthorized(message: string): WebAnswer {
  return errorAnswer(401, 'Unauthorized', message)
}

function subject(relay: SandboxAddresses['connectwise'], request: WebRequest): Subject {
  const { path, method } = request
  const isOpen = path[1] !== 'apis'
  const place = isOpen ? null : findPlace(path.slice(3))
  const [id] = place?.rest ?? []
  const isWrite = !isOpen && method !== 'GET' && id !== 'search'
  return {
    kind: isOpen ? 'open' : 'data',
    entity: place?.entity.name ?? null,
    id: id ?? null,
    isWrite,
    client: isOpen ? null : relay.memberId,
  }
}

function faultAnswer(fault: Fault, about: Subject): WebAnswer {
  const { message } = fault
  const resource = about.entity ?? 'record'
  switch (fault.kind) {
    case 'rate-limit':
    case 'quota': {
      const answer = errorAnswer(429, 'TooManyRequests', message ?? 'API rate limit exceeded.')
      const wait = fault.retryAfter ?? (fault.kind === 'quota' ? 60 : 5)
      return { ...answer, headers: { 'Retry-After': String(wait) } }
    }
    case 'lock':
      return errorAnswer(409, 'ConflictError', message ?? `The ${resource} is being changed by somebody else.`)
    case 'validation': {
      const field = fault.field ?? ''
      const text = message ?? `The value of ${field === '' ? 'a field' : field} is not allowed.`
      return invalidObject(resource, [{ code: 'InvalidField', message: text, resource, field }])
    }
    case 'unauthorized':
      return unauthorized(message ?? 'Username or password is incorrect')
    default:
      return errorAnswer(500, 'InternalServerError', message ?? 'An error occurred.')
  }
}

/** In this order the index on the instant serves. */
const lastChanged = `${fieldExpression('_info.lastUpdated')} COLLATE NOCASE DESC, id DESC`

function glanced(doc: Doc): GlancedRecord {
  const { lastUpdated = null, updatedBy = null } = (doc['_info'] ?? {}) as Doc
  const at = Date.parse(String(lastUpdated))
  return { id: idOf(doc), values: doc, changedAt: Number.isNaN(at) ? null : at, byRelay: updatedBy === relayMember }
}

/** What simulated people do in the ConnectWise client; the same checks apply to them. */
function peoplesAccess(manage: Manage): PeoplesAccess {
  let turn = 0
  function by(via: ChangedBy['via']): ChangedBy {
    turn += 1
    return { member: members[turn % members.length] ?? members[0], via }
  }
  function result(saved: Saved): Doc | string {
    return saved.ok ? saved.doc : JSON.stringify(saved.answer.body)
  }
  return {
    entities: [...connectwiseEntities.keys()],
    list: (entity) => manage.table(entityOf(entity)).select({}),
    glance: (entity, most) => {
      const table = manage.table(entityOf(entity))
      return { count: table.count(), newest: table.select({ order: lastChanged, limit: most }).map(glanced) }
    },
    get: (entity, id) => manage.table(entityOf(entity)).get(Number(id)),
    create: (entity, values, via) => result(manage.create(entityOf(entity), values, by(via))),
    update: (entity, id, values, via) => result(manage.update(entityOf(entity), Number(id), values, by(via))),
    restore: () => 'ConnectWise has no recycle bin.',
    merge: (entity, id, loser, via) => result(manage.merge(entityOf(entity), Number(id), Number(loser), by(via))),
    remove: (entity, id, via) => {
      const refusal = manage.remove(entityOf(entity), Number(id), by(via))
      return refusal === null ? true : JSON.stringify(refusal.body)
    },
  }
}
