import type { Connection } from '#shared/domain/connection.ts'
import type { Workspace } from '#shared/domain/health.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { addressOf } from './place.ts'

/** ConnectWise opens a record by its kind; what is not here it can't be asked to open. */
const connectwiseKinds = new Map([
  ['company', 'CompanyFV'],
  ['contact', 'ContactFV'],
  ['opportunity', 'OpportunityFV'],
  ['ticket', 'ServiceFV'],
])

/** Where the console shows a record. */
export function recordAddress({ system, entity, id }: RecordRef, query: Record<string, string> = {}): string {
  return addressOf('records', [system, entity, id], query)
}

/** The page of a record in its own system, for the browser; null where there is none to name. */
export function recordPage(ref: RecordRef, connection: Connection, workspace: Workspace): string | null {
  const { settings } = connection
  const base = URL.parse('loginUrl' in settings ? settings.loginUrl : settings.baseUrl)
  if (base === null || connection.kind !== ref.system) return null
  const id = encodeURIComponent(ref.id)
  if (workspace === 'sandbox') return `${base.origin}/sandbox/records/${encodeURIComponent(ref.entity)}/${id}`
  if ('loginUrl' in settings) return `${base.origin}/${id}`
  const kind = connectwiseKinds.get(ref.entity)
  if (kind === undefined) return null
  // In the cloud the API has a host of its own beside the one for people.
  const host = base.host.replace(/^api-(?=.*\.myconnectwise\.net$)/u, '')
  const words = new URLSearchParams({
    locale: 'en_US',
    recordType: kind,
    recid: ref.id,
    companyName: settings.companyId,
  })
  return `${base.protocol}//${host}/v4_6_release/services/system_io/router/openrecord.rails?${words.toString()}`
}

/** The connection that a record is most likely read by: the one that a route for its entity uses, else the first of its system. */
export function connectionOf(
  { system, entity }: Pick<RecordRef, 'system' | 'entity'>,
  connections: readonly Connection[],
  routes: readonly Pick<Route, 'from' | 'match' | 'sourceConnectionId'>[],
): Connection | null {
  const used = new Set(
    routes
      .filter((route) => route.from === system && route.match.entity === entity)
      .map((route) => route.sourceConnectionId),
  )
  const ofSystem = connections.filter(({ kind }) => kind === system)
  return ofSystem.find(({ id }) => used.has(id)) ?? ofSystem[0] ?? null
}
