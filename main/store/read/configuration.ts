import { connection, type Connection } from '#shared/domain/connection.ts'
import type { ConnectionId, MappingId, SourceId } from '#shared/domain/ids.ts'
import { mappingVersion, type MappingVersion } from '#shared/domain/mapping.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { route, type Route } from '#shared/domain/route.ts'
import { source, type Source } from '#shared/domain/source.ts'
import type { Reading } from './reading.ts'

interface ConfiguredRow {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly settings: string
}

interface MappingRow extends Omit<MappingVersion, 'document'> {
  readonly document: string
}

const mappingColumns = 'm.id as mappingId, m.version, m.document, m.author, m.note, m.created_at as createdAt'

/**
 * Reads of what people have set up. These rows are few and may be older than the schema's newest fields, so they go through
 * the schema, which fills in defaults.
 */
export function configurationReads(reading: Reading) {
  function listConnections(): Connection[] {
    return reading
      .all<ConfiguredRow>('select id, kind, name, settings from connections order by name, id')
      .map(toConnection)
  }

  function oneConnection(id: ConnectionId): Connection | null {
    const row = reading.get<ConfiguredRow>('select id, kind, name, settings from connections where id = ?', id)
    return row === undefined ? null : toConnection(row)
  }

  function listSources(): Source[] {
    return reading
      .all<ConfiguredRow & { enabled: number }>(
        'select id, kind, name, enabled, settings from sources order by name, id',
      )
      .map(toSource)
  }

  function oneSource(id: SourceId): Source | null {
    const row = reading.get<ConfiguredRow & { enabled: number }>(
      'select id, kind, name, enabled, settings from sources where id = ?',
      id,
    )
    return row === undefined ? null : toSource(row)
  }

  /** The names of the secrets that are set, by owner (`connection:<id>`, `source:<id>`). What they hold is never read here. */
  function secretsSet(): Record<string, string[]> {
    const owners: Record<string, string[]> = {}
    for (const row of reading.all<{ owner: string; name: string }>(
      'select owner, name from secrets order by owner, name',
    )) {
      ;(owners[row.owner] ??= []).push(row.name)
    }
    return owners
  }

  function listRoutes(): Route[] {
    return reading
      .all<{ document: string }>('select document from routes order by position, id')
      .map((row) => route.parse(JSON.parse(row.document)))
  }

  /** What people have paused, oldest first. */
  function listPauses(): Pause[] {
    return reading.all<Pause>(
      'select scope, id, reason, who, paused_at as pausedAt from pauses order by paused_at, scope, id',
    )
  }

  /** Each mapping in its newest version. */
  function listMappings(): MappingVersion[] {
    const newest = 'select max(version) from mappings where id = m.id'
    return reading
      .all<MappingRow>(`select ${mappingColumns} from mappings m where m.version = (${newest}) order by m.id`)
      .map(toMappingVersion)
  }

  /** All versions of a mapping, newest first. */
  function mappingVersions(id: MappingId): MappingVersion[] {
    return reading
      .all<MappingRow>(`select ${mappingColumns} from mappings m where m.id = ? order by m.version desc`, id)
      .map(toMappingVersion)
  }

  return {
    listConnections,
    oneConnection,
    listSources,
    oneSource,
    secretsSet,
    listRoutes,
    listPauses,
    listMappings,
    mappingVersions,
  }
}

function toConnection(row: ConfiguredRow): Connection {
  return connection.parse({ ...row, settings: JSON.parse(row.settings) as unknown })
}

function toSource(row: ConfiguredRow & { enabled: number }): Source {
  return source.parse({ ...row, enabled: row.enabled === 1, settings: JSON.parse(row.settings) as unknown })
}

function toMappingVersion(row: MappingRow): MappingVersion {
  return mappingVersion.parse({ ...row, document: JSON.parse(row.document) as unknown })
}
