import type { Fault, GlancedRecord, SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { openCalls } from '#main/sandbox/world/calls.ts'
import type { Outbox } from '#main/sandbox/world/outbox.ts'
import { fieldExpression, idOf } from '#main/sandbox/world/record-table.ts'
import type { Doc, World } from '#main/sandbox/world/world.ts'
import type { PeoplesAccess } from '#main/sandbox/web/control.ts'
import { createFaults } from '#main/sandbox/web/faults.ts'
import type { Subject, SystemHooks, SystemPages } from '#main/sandbox/web/front.ts'
import type { WebAnswer, WebRequest } from '#main/sandbox/web/web-server.ts'
import { announceChange, openChangeEvents } from './change-events.ts'
import { errorAnswer, notFound, salesforceError } from './errors.ts'
import { openOrg } from './org.ts'
import type { Org, Writer, Written } from './org.ts'
import { fullId, recordId } from './record-id.ts'
import { answerRest } from './rest.ts'
import { salesforceObjects } from './schema.ts'
import type { SalesforceObject } from './schema.ts'
import { answerToken, isSignedIn } from './sign-in.ts'
import type { SignInFacts } from './sign-in.ts'

/** The simulated Salesforce, without its server. */
export interface SimulatedSalesforce {
  readonly pages: SystemPages
  readonly org: Org
  readonly events: Outbox
  readonly people: PeoplesAccess
}

/** The user behind the relay's sign-in, and the one who works in the browser. */
export const integrationUserId = recordId('005', 1_001)
export const personUserId = recordId('005', 1_002)

const versions = { first: 50, last: 66 }
const person: Writer = { userId: personUserId, origin: 'com/salesforce/api/soap/62.0;client=SfdcInternalAPI/' }

/** Opens the simulated Salesforce in a world; `hooks` tie it to the rest of the sandbox. */
export function openSalesforce(
  world: World,
  facts: Pick<SandboxAddresses, 'salesforce' | 'signingSecret'>,
  hooks: SystemHooks,
  callsADay = 100_000,
): SimulatedSalesforce {
  const events = openChangeEvents(world)
  const org = openOrg(world, personUserId, (change) => announceChange(world, events, facts.signingSecret, change))
  const people = peoplesAccess(org)
  const signIn: SignInFacts = {
    salesforce: facts.salesforce,
    userId: integrationUserId,
    url: hooks.url,
    clock: world.clock,
  }
  let used = 0

  function answer(request: WebRequest): WebAnswer {
    const [services, area, version, ...path] = request.path
    if (services === 'services' && area === 'oauth2' && version === 'token') return answerToken(signIn, request)
    if (services === 'services' && area === 'data' && version === undefined) return { status: 200, body: versionList() }
    if (!isSignedIn(signIn, request)) {
      return errorAnswer(salesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid'))
    }
    if (services === 'id' || version === 'userinfo') return { status: 200, body: userInfo(signIn) }
    if (services !== 'services' || area !== 'data' || !isVersion(version)) return errorAnswer(notFound)
    used += 1
    const writer = apiWriter(version.slice(1), request)
    const usage = { used, limit: callsADay }
    const base = `/services/data/${version}`
    return answerRest({ org, request, base, path, writer, usage, atomically })
  }

  function atomically<T>(work: () => T): T {
    return world.database.transaction(work)()
  }

  const pages: SystemPages = {
    people,
    calls: openCalls(world.database, 'salesforce'),
    faults: createFaults(hooks.onFaults),
    setTraffic: hooks.setTraffic,
    announcements: () => events.waiting(),
    subject,
    answer,
    faultAnswer,
    finish: (made, fault) => {
      const usage = fault?.kind === 'quota' ? callsADay : used
      const headers = { 'Sforce-Limit-Info': `api-usage=${usage}/${callsADay}`, ...made.headers }
      return { ...made, headers }
    },
    atomically,
  }
  return { pages, org, events, people }
}

function versionList(): unknown {
  return Array.from({ length: versions.last - versions.first + 1 }, (_, place) => {
    const version = `${versions.first + place}.0`
    return { label: `Release ${version}`, url: `/services/data/v${version}`, version }
  })
}

function isVersion(text: string | undefined): text is string {
  const number = Number(/^v(\d+)\.0$/.exec(text ?? '')?.[1])
  return number >= versions.first && number <= versions.last
}

function userInfo(facts: SignInFacts): unknown {
  return {
    id: `${facts.url()}/id/${facts.salesforce.organizationId}/${facts.userId}`,
    user_id: facts.userId,
    organization_id: facts.salesforce.organizationId,
    username: facts.salesforce.username,
    preferred_username: facts.salesforce.username,
    display_name: 'Patchbay Integration',
    active: true,
  }
}

/** The client that `Sforce-Call-Options: client=name` names; it comes back in the change events of this write. */
function clientOf(request: WebRequest): string | null {
  const header = request.headers['sforce-call-options']
  return /(?:^|[,;\s])client=([^,;\s]+)/.exec(String(header ?? ''))?.[1] ?? null
}

function apiWriter(version: string, request: WebRequest): Writer {
  const client = clientOf(request)
  const origin = `com/salesforce/api/rest/${version}`
  return { userId: integrationUserId, origin: client === null ? origin : `${origin};client=${client}` }
}

function subject(request: WebRequest): Subject {
  const [, area, , section, first, second, third] = request.path
  const client = clientOf(request)
  if (area === 'oauth2') return { kind: 'sign-in', entity: null, id: null, isWrite: false, client }
  const isWrite =
    request.method !== 'GET' && !(section === 'composite' && request.method === 'POST' && second !== undefined)
  const named =
    section === 'sobjects' ? first : section === 'composite' ? (second ?? bodyType(request.text)) : queried(request)
  const entity = salesforceObjects.has(named ?? '') ? (named ?? null) : null
  const id = section === 'sobjects' && third === undefined ? (second ?? null) : null
  return { kind: 'data', entity, id, isWrite, client }
}

function bodyType(text: string): string | undefined {
  return /"attributes"\s*:\s*\{\s*"type"\s*:\s*"(\w+)"/.exec(text)?.[1]
}

function queried(request: WebRequest): string | undefined {
  return /\bFROM\s+(\w+)/i.exec(request.query.get('q') ?? '')?.[1]
}

function faultAnswer(fault: Fault, about: Subject): WebAnswer {
  const { message } = fault
  switch (fault.kind) {
    case 'rate-limit':
      return {
        ...errorAnswer(salesforceError(429, 'REQUEST_LIMIT_EXCEEDED', message ?? 'Too many requests.')),
        headers: { 'Retry-After': String(fault.retryAfter ?? 5) },
      }
    case 'lock': {
      const text = message ?? 'unable to obtain exclusive access to this record or 1 records'
      return errorAnswer(salesforceError(400, 'UNABLE_TO_LOCK_ROW', text))
    }
    case 'validation': {
      const text = message ?? `The value of ${fault.field ?? 'this field'} is not allowed.`
      const fields = fault.field === undefined ? [] : [fault.field]
      return errorAnswer(salesforceError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', text, fields))
    }
    case 'quota':
      return errorAnswer(salesforceError(403, 'REQUEST_LIMIT_EXCEEDED', message ?? 'TotalRequests Limit exceeded.'))
    case 'unauthorized':
      if (about.kind === 'sign-in') {
        return {
          status: 400,
          body: { error: 'invalid_client', error_description: message ?? 'invalid client credentials' },
        }
      }
      return errorAnswer(salesforceError(401, 'INVALID_SESSION_ID', message ?? 'Session expired or invalid'))
    default:
      return errorAnswer(salesforceError(500, 'UNKNOWN_EXCEPTION', message ?? 'An unexpected error occurred.'))
  }
}

const notDeleted = { text: `coalesce(doc ->> '$.IsDeleted', 0) = 0`, parameters: [] }

/** In this order the index on the stamp serves. */
const lastChanged = `${fieldExpression('SystemModstamp')} COLLATE NOCASE DESC, rowid DESC`

function glanced(doc: Doc): GlancedRecord {
  const at = Date.parse(String(doc['SystemModstamp']))
  return {
    id: idOf(doc),
    values: doc,
    changedAt: Number.isNaN(at) ? null : at,
    byRelay: doc['LastModifiedById'] === integrationUserId,
  }
}

/** What simulated people do in the browser; the same checks apply to them. */
function peoplesAccess(org: Org): PeoplesAccess {
  function object(entity: string): SalesforceObject {
    const found = salesforceObjects.get(entity)
    if (found === undefined) throw new Error(`no object ${entity}`)
    return found
  }
  function result(entity: string, written: Written): Doc | string {
    if (!written.ok) return `${written.error.errorCode}: ${written.error.message}`
    return org.get(object(entity), written.id)
  }
  return {
    entities: [...salesforceObjects.keys()],
    list: (entity) => org.table(object(entity)).select({ where: notDeleted }),
    glance: (entity, most) => {
      const table = org.table(object(entity))
      return {
        count: table.count(notDeleted),
        newest: table.select({ where: notDeleted, order: lastChanged, limit: most }).map(glanced),
      }
    },
    get: (entity, id) => {
      const doc = org.get(object(entity), fullId(id) ?? id)
      return typeof doc === 'string' ? null : doc
    },
    create: (entity, values) => result(entity, org.create(object(entity), values, person)),
    update: (entity, id, values) => result(entity, org.update(object(entity), fullId(id) ?? id, values, person)),
    restore: (entity, id) => result(entity, org.restore(object(entity), fullId(id) ?? id, person)),
    merge: (entity, id, loser) =>
      result(entity, org.merge(object(entity), fullId(id) ?? id, fullId(loser) ?? loser, person)),
    remove: (entity, id) => {
      const written = org.remove(object(entity), fullId(id) ?? id, person)
      return written.ok ? true : `${written.error.errorCode}: ${written.error.message}`
    },
  }
}
