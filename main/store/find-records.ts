import { systemName, type RecordRef, type SystemName } from '#shared/domain/record.ts'

/** A connection that rows can be read from, the writer's or a reader's. */
export interface Rows {
  get<Row>(sql: string, ...values: readonly (string | number)[]): Row | undefined
  all<Row>(sql: string, ...values: readonly (string | number)[]): Row[]
}

/** A record that a filter names. */
export type FoundRecord = RecordRef

interface Named {
  readonly recordId?: readonly string[] | undefined
  readonly connectwiseId?: readonly string[] | undefined
  readonly salesforceId?: readonly string[] | undefined
}

/** The records that fit all of the ids that are named, those they are paired with included; null when none is named. */
export function namedRecords(rows: Rows, { recordId, connectwiseId, salesforceId }: Named): FoundRecord[] | null {
  const sets = [
    ...(recordId === undefined ? [] : [systemName.options.flatMap((system) => owned(rows, system, recordId))]),
    ...(connectwiseId === undefined ? [] : [withTwins(rows, 'connectwise', connectwiseId)]),
    ...(salesforceId === undefined ? [] : [withTwins(rows, 'salesforce', longIds(rows, salesforceId))]),
  ]
  const [first, ...others] = sets
  if (first === undefined) return null
  return first.filter((one) => others.every((set) => set.some((other) => isSame(one, other))))
}

/** The entities that events are about and that carry one of these names, in whatever letter case. */
export function matchingEntities(rows: Rows, names: readonly string[]): string[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const known = systemName.options.flatMap((system) => knownEntities(rows, system))
  return [...new Set(known)].filter((entity) => wanted.has(entity.toLowerCase()))
}

/** Hops through the index from one entity to the next: a few steps, however many events there are. */
export function knownEntities(rows: Rows, system: SystemName): string[] {
  const sql = 'select min(entity) as entity from events indexed by events_by_record where system = ? and entity > ?'
  const entities: string[] = []
  for (let entity = ''; ;) {
    const next = rows.get<{ entity: string | null }>(sql, system, entity)?.entity ?? null
    if (next === null) return entities
    entities.push((entity = next))
  }
}

function owned(rows: Rows, system: SystemName, ids: readonly string[]): FoundRecord[] {
  return knownEntities(rows, system).flatMap((entity) => ids.map((id) => ({ system, entity, id })))
}

function withTwins(rows: Rows, system: SystemName, ids: readonly string[]): FoundRecord[] {
  return [...owned(rows, system, ids), ...ids.flatMap((id) => twinsOf(rows, system, id))]
}

function twinsOf(rows: Rows, system: SystemName, id: string): FoundRecord[] {
  const other = system === 'salesforce' ? 'connectwise' : 'salesforce'
  const first = `select min(${system}_entity) as entity from links where ${system}_entity > ?`
  const twin = `select ${other}_entity as entity, ${other}_id as id from links where ${system}_entity = ? and ${system}_id = ?`
  const found: FoundRecord[] = []
  for (let entity = ''; ;) {
    const next = rows.get<{ entity: string | null }>(first, entity)?.entity ?? null
    if (next === null) return found
    entity = next
    found.push(
      ...rows.all<{ entity: string; id: string }>(twin, entity, id).map((one) => ({ system: other, ...one }) as const),
    )
  }
}

/** Of an id of 15 characters also the one of 18 that it is short for, as that is what is stored. */
function longIds(rows: Rows, ids: readonly string[]): string[] {
  const short = ids.filter((id) => id.length === 15)
  if (short.length === 0) return [...ids]
  const sql = `select distinct record_id as id from events indexed by events_by_record
    where system = 'salesforce' and entity = ? and record_id > ? and record_id <= ? || 'zzz' and length(record_id) = 18`
  const found = knownEntities(rows, 'salesforce').flatMap((entity) =>
    short.flatMap((id) => rows.all<{ id: string }>(sql, entity, id, id).map((row) => row.id)),
  )
  return [...ids, ...found]
}

function isSame(one: FoundRecord, other: FoundRecord): boolean {
  return one.system === other.system && one.entity === other.entity && one.id === other.id
}
