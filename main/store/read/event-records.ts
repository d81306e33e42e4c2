import type { EventRecord } from '#shared/domain/event-record.ts'
import type { EventId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'
import { loadSamples } from '../samples.ts'
import { parseColumn } from './json.ts'
import type { Reading, SqlValue } from './reading.ts'

interface Row extends Omit<EventRecord, 'values' | 'valuesFrom' | 'isFull'> {
  readonly kind: 'none' | 'part' | 'full'
  readonly content: string | null
  readonly earlier: string | null
}

/** Newest events that are looked through for those of one entity or system. */
const lookedThrough = 20_000
/** Values of more characters are left out of lists, so that a few large ones do not fill the memory. */
const mostOfEach = 65_536

const columns = (most: number): string => `
  e.id as eventId, e.source_id as sourceId, e.system, e.entity, e.record_id as recordId, e.action, e.title, e.received_at as receivedAt,
  e.fields_kind as kind,
  (select p.content from payloads p where p.event_id = e.id and length(p.content) <= ${most}) as content,
  case when e.fields_kind <> 'full' then (
    select json_extract(a.detail, '$.sourceValues') from deliveries d indexed by deliveries_by_event join attempts a on a.delivery_id = d.id
    where d.event_id = e.id and json_extract(a.detail, '$.sourceValues') is not null order by a.id desc limit 1
  ) end as earlier`

/** Reads of what events said of their records, for whoever tries out a mapping or a route on them. Newest first. */
export function eventRecordReads(reading: Reading) {
  /** One event's record; null when there is no such event. */
  function eventRecord(id: EventId): EventRecord | null {
    return read('select ? as id', [id], 64 * mostOfEach)[0] ?? null
  }

  /** The latest events of one entity from one source. */
  function recordsOfSource(sourceId: SourceId, entity: string, limit: number): EventRecord[] {
    const newest = `select id, entity from events indexed by events_by_source where source_id = ? order by id desc limit ${lookedThrough}`
    return read(`select id from (${newest}) where entity = ? order by id desc limit ?`, [sourceId, entity, limit])
  }

  /** The latest events of a system, of whatever source and entity. */
  function recordsOfSystem(system: SystemName, limit: number): EventRecord[] {
    const newest = `select id, system from events order by id desc limit ${lookedThrough}`
    return read(`select id from (${newest}) where system = ? order by id desc limit ?`, [system, limit])
  }

  /** The latest events that any of these routes has wanted. */
  function recordsOfRoutes(routeIds: readonly RouteId[], limit: number): EventRecord[] {
    const ids = routeIds.flatMap((routeId) =>
      reading.all<{ id: EventId }>(
        `select event_id as id from deliveries indexed by deliveries_by_route where route_id = ? and replay_of is null order by id desc limit ?`,
        routeId,
        limit,
      ),
    )
    const newest = [...new Set(ids.map(({ id }) => id))].toSorted((one, other) => other - one).slice(0, limit)
    return read('select value as id from json_each(?)', [JSON.stringify(newest)])
  }

  /** Events of any of these entities that are kept as test cases. */
  function recordsKept(entities: readonly { readonly system: SystemName; readonly entity: string }[]): EventRecord[] {
    const ids = entities.flatMap((one) => loadSamples(reading, one)).map(({ eventId }) => eventId)
    return read('select value as id from json_each(?)', [JSON.stringify(ids)])
  }

  function read(wanted: string, values: readonly SqlValue[], most = mostOfEach): EventRecord[] {
    const sql = `select ${columns(most)} from (${wanted}) w join events e on e.id = w.id order by e.id desc`
    return reading.all<Row>(sql, ...values).map(toRecord)
  }

  return { eventRecord, recordsOfSource, recordsOfSystem, recordsOfRoutes, recordsKept }
}

/** The event's own values where they are whole; else what a delivery read for it; else the part that came. */
function toRecord({ kind, content, earlier, ...event }: Row): EventRecord {
  const own = parseColumn<Values | null>(content, null)
  const read = parseColumn<Values | null>(earlier, null)
  if (kind === 'full' || read === null) {
    return { ...event, values: own, valuesFrom: 'event', isFull: kind === 'full' && own !== null }
  }
  return { ...event, values: read, valuesFrom: 'earlier', isFull: true }
}
