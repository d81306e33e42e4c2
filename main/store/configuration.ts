import { connection, type Connection } from '#shared/domain/connection.ts'
import type { ConnectionId, MappingId, RouteId, SourceId } from '#shared/domain/ids.ts'
import { mappingDocument, type MappingDocument, type MappingVersion } from '#shared/domain/mapping.ts'
import { route, type Route } from '#shared/domain/route.ts'
import { source, type Source } from '#shared/domain/source.ts'
import type { ChangedField } from '#shared/logic/changed-fields.ts'
import { forgetSchemas } from './schemas.ts'
import type { Transaction } from './transaction.ts'

interface SettingsRow {
  id: string
  kind: string
  name: string
  settings: string
}

/** All connections. @throws when a stored one does not fit its schema any more. */
export function loadConnections(tx: Transaction): Connection[] {
  return tx
    .all<SettingsRow>('select id, kind, name, settings from connections order by id')
    .map((row) => connection.parse({ ...row, settings: JSON.parse(row.settings) as unknown }))
}

export function saveConnection(tx: Transaction, value: Connection): void {
  tx.run(
    `insert into connections (id, kind, name, settings) values (?, ?, ?, ?)
     on conflict do update set kind = excluded.kind, name = excluded.name, settings = excluded.settings`,
    value.id,
    value.kind,
    value.name,
    JSON.stringify(value.settings),
  )
  tx.notes.health = true
}

/** Takes away a connection with its secrets, and what was learned and counted of the system behind it. */
export function deleteConnection(tx: Transaction, id: ConnectionId): void {
  tx.run('delete from connections where id = ?', id)
  tx.run('delete from secrets where owner = ?', `connection:${id}`)
  tx.run('delete from api_calls where connection_id = ?', id)
  forgetSchemas(tx, id)
  tx.notes.health = true
}

/** All sources. @throws when a stored one does not fit its schema any more. */
export function loadSources(tx: Transaction): Source[] {
  return tx
    .all<SettingsRow & { enabled: number }>('select id, kind, name, enabled, settings from sources order by id')
    .map((row) => source.parse({ ...row, enabled: row.enabled === 1, settings: JSON.parse(row.settings) as unknown }))
}

export function saveSource(tx: Transaction, value: Source): void {
  tx.run(
    `insert into sources (id, kind, name, enabled, settings) values (?, ?, ?, ?, ?)
     on conflict do update set kind = excluded.kind, name = excluded.name, enabled = excluded.enabled, settings = excluded.settings`,
    value.id,
    value.kind,
    value.name,
    value.enabled ? 1 : 0,
    JSON.stringify(value.settings),
  )
  tx.notes.health = true
}

/** Takes away a source with its secrets; its events stay. */
export function deleteSource(tx: Transaction, id: SourceId): void {
  tx.run('delete from sources where id = ?', id)
  tx.run('delete from secrets where owner = ?', `source:${id}`)
  tx.notes.health = true
}

/** All routes, in the order people gave them. */
export function loadRoutes(tx: Transaction): Route[] {
  return tx
    .all<{ document: string }>('select document from routes order by position, id')
    .map((row) => route.parse(JSON.parse(row.document)))
}

export function saveRoute(tx: Transaction, value: Route): void {
  tx.run(
    `insert into routes (id, position, document) values (?, (select coalesce(max(position), 0) + 1 from routes), ?)
     on conflict (id) do update set document = excluded.document`,
    value.id,
    JSON.stringify(value),
  )
}

export function deleteRoute(tx: Transaction, id: RouteId): void {
  tx.run('delete from routes where id = ?', id)
}

/** A version of a mapping; without `version` the newest. */
export function loadMapping(tx: Transaction, id: MappingId, version?: number): MappingVersion | null {
  const row = tx.get<{ version: number; document: string; author: string; note: string; created_at: number }>(
    `select version, document, author, note, created_at from mappings
     where id = ? and version = coalesce(?, version) order by version desc limit 1`,
    id,
    version ?? null,
  )
  if (row === undefined) return null
  return {
    mappingId: id,
    version: row.version,
    document: mappingDocument.parse(JSON.parse(row.document)),
    author: row.author,
    note: row.note,
    createdAt: row.created_at,
  }
}

/** Stores a mapping as a new version; earlier ones stay. */
export function saveMapping(
  tx: Transaction,
  document: MappingDocument,
  by: { readonly author: string; readonly note: string; readonly at: number },
): MappingVersion {
  const last = tx.get<{ version: number | null }>(
    'select max(version) as version from mappings where id = ?',
    document.id,
  )
  const version = (last?.version ?? 0) + 1
  tx.run(
    'insert into mappings (id, version, document, author, note, created_at) values (?, ?, ?, ?, ?, ?)',
    document.id,
    version,
    JSON.stringify(document),
    by.author,
    by.note,
    by.at,
  )
  return { mappingId: document.id, version, document, author: by.author, note: by.note, createdAt: by.at }
}

/** Writes down what a person did. */
export function audit(
  tx: Transaction,
  entry: {
    at: number
    who: string
    action: string
    subject: string
    detail?: string
    /** Of configuration: what is another than before. */
    changes?: readonly ChangedField[]
  },
): void {
  tx.run(
    'insert into audit (at, who, action, subject, detail, changes) values (?, ?, ?, ?, ?, ?)',
    entry.at,
    entry.who,
    entry.action,
    entry.subject,
    entry.detail ?? '',
    entry.changes === undefined ? null : JSON.stringify(entry.changes),
  )
}
