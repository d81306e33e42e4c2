import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { Page } from '#shared/contract/page.ts'
import type { Attempt, DeliveryDetail, DeliveryState, DeliverySummary } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import { otherSystem, type SystemName } from '#shared/domain/record.ts'
import { among } from '../event-match.ts'
import { ofEvents } from '../replay-match.ts'
import { conflictsOf } from './conflicts.ts'
import { parseColumn } from './json.ts'
import { bound, clause, readPage, type Listing, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

/** What to list; everything named has to hold. */
export interface DeliveryQuery extends Slice {
  readonly state?: DeliveryState | undefined
  readonly routeId?: RouteId | undefined
  readonly eventId?: EventId | undefined
}

/** Named events, or what a filter with fixed times finds. */
export interface EventSelection {
  readonly eventIds?: readonly EventId[] | undefined
  readonly filter?: EventCriteria | undefined
}

type Plain = Omit<DeliverySummary, 'record' | 'failure' | 'destination'>

/** A delivery with its event, as lists read it. */
export interface DeliveryRow extends Plain {
  readonly system: SystemName
  readonly entity: string
  readonly recordId: string
  readonly failure: string | null
  readonly destinationEntity: string | null
  readonly destinationId: string | null
  readonly lane: string
  readonly idempotencyKey: string
  readonly edited: string | null
}

interface AttemptRow extends Pick<
  Attempt,
  'id' | 'deliveryId' | 'number' | 'startedAt' | 'durationMs' | 'result' | 'mappingId' | 'mappingVersion'
> {
  readonly failure: string | null
  readonly detail: string
}

/** The part of an attempt that stands in the column `detail`. */
type AttemptDetail = Pick<Attempt, 'sourceValues' | 'mappedValues' | 'beforeValues' | 'changes' | 'steps' | 'exchanges'>

const noDetail: AttemptDetail = {
  sourceValues: null,
  mappedValues: null,
  beforeValues: null,
  changes: [],
  steps: [],
  exchanges: [],
}

/**
 * Why a delivery stands where it stands. What holds a whole connection, route or source back is said here and not written to each row: there may
 * be a hundred thousand of them.
 */
const note = `
  case when t.state in ('pending', 'waiting') then coalesce(
    (select case p.scope when 'everything' then 'Everything'
       when 'connection' then 'The connection ' || coalesce((select c.name from connections c where c.id = p.id), p.id)
       when 'source' then 'The source ' || coalesce((select s.name from sources s where s.id = p.id), p.id)
       else 'The route ' || coalesce((select r.document ->> '$.name' from routes r where r.id = p.id), p.id) end || ' is paused: ' || p.reason
     from pauses p where p.scope = 'everything' or (p.scope = 'connection' and p.id = t.connection_id)
       or (p.scope = 'route' and p.id = t.route_id) or (p.scope = 'source' and p.id = e.source_id) order by p.scope = 'everything' desc, p.scope limit 1),
    (select c.held_reason from connections c where c.id = t.connection_id and c.held_state is not null and t.state = 'pending'),
    (select c.reserve_reason from connections c where c.id = t.connection_id and t.priority > 0 and t.state = 'pending'),
    t.note)
  else t.note end as note`

export const deliveryColumns = `
  t.id, t.event_id as eventId, t.route_id as routeId, t.connection_id as connectionId, e.system, e.entity, e.record_id as recordId, e.title,
  t.state, t.result, ${note}, t.failure, t.destination_entity as destinationEntity, t.destination_id as destinationId,
  t.attempt_count as attemptCount, t.created_at as createdAt, t.available_at as availableAt, t.ended_at as endedAt,
  t.mode, t.undo_of as undoOf, t.edited, t.replay_id as replayId, t.replay_of as replayOf, t.replayed_by as replayedBy, t.lane, t.idempotency_key as idempotencyKey`

export const deliveryJoin = 'join events e on e.id = t.event_id'

/** Deliveries of one event that its detail shows; an event replayed more often than that is listed under deliveries. */
const deliveriesShown = 100

export type DeliveryReads = ReturnType<typeof deliveryReads>

/** Reads of deliveries and their attempts. */
export function deliveryReads(reading: Reading) {
  function listDeliveries(query: DeliveryQuery): Page<DeliverySummary> {
    return readPage<DeliveryRow, DeliverySummary>(reading, deliveryListing(query), query, deliveryOf)
  }

  /** A delivery with its attempts; null when there is none of that id. */
  function deliveryDetail(id: DeliveryId): DeliveryDetail | null {
    return reading.together(() => {
      const row = reading.get<DeliveryRow>(
        `select ${deliveryColumns} from deliveries t ${deliveryJoin} where t.id = ?`,
        id,
      )
      return row === undefined ? null : detail(row)
    })
  }

  /** A delivery as lists have it; null when there is none of that id. */
  function deliverySummaryOf(id: DeliveryId): DeliverySummary | null {
    const row = reading.get<DeliveryRow>(
      `select ${deliveryColumns} from deliveries t ${deliveryJoin} where t.id = ?`,
      id,
    )
    return row === undefined ? null : deliveryOf(row)
  }

  /** The newest deliveries of an event with their attempts, oldest first. */
  function deliveriesOfEvent(id: EventId): DeliveryDetail[] {
    const sql = `select ${deliveryColumns} from deliveries t ${deliveryJoin} where t.event_id = ? order by t.id desc limit ${deliveriesShown}`
    return reading.all<DeliveryRow>(sql, id).toReversed().map(detail)
  }

  /** What can still be given up of these events, the oldest first. */
  function cancellable({ eventIds, filter }: EventSelection): DeliveryId[] {
    return reading.together(() => {
      const terms = [
        ...(eventIds === undefined ? [] : [among('d.event_id', eventIds)]),
        ...(filter === undefined ? [] : [ofEvents(reading, filter)]),
      ]
      const index = eventIds === undefined ? 'deliveries_by_state' : 'deliveries_by_event'
      const sql = `select d.id from deliveries d indexed by ${index}
        where d.state in ('pending', 'waiting', 'parked') and ${clause(terms)} true order by d.id`
      return reading.all<{ id: DeliveryId }>(sql, ...bound(terms)).map(({ id }) => id)
    })
  }

  function detail(row: DeliveryRow): DeliveryDetail {
    const attempts = reading.all<AttemptRow>(
      `select id, delivery_id as deliveryId, number, started_at as startedAt, duration_ms as durationMs, result, failure,
         mapping_id as mappingId, mapping_version as mappingVersion, detail
       from attempts where delivery_id = ? order by number`,
      row.id,
    )
    const { lane, idempotencyKey } = row
    const edited = parseColumn<DeliveryDetail['edited']>(row.edited, null)
    const conflicts = conflictsOf(reading, row.id)
    return { ...deliveryOf(row), lane, idempotencyKey, edited, conflicts, attempts: attempts.map(attempt) }
  }

  return { listDeliveries, deliveryDetail, deliverySummaryOf, deliveriesOfEvent, cancellable }
}

function deliveryListing(query: DeliveryQuery): Listing {
  const list = (index: string | null, found: Term[], ...tried: Term[][]): Listing => ({
    table: 'deliveries',
    index,
    columns: deliveryColumns,
    join: deliveryJoin,
    found,
    tried: tried.flat(),
  })
  const event = equals('event_id', query.eventId)
  const state = equals('state', query.state)
  const route = equals('route_id', query.routeId)
  if (event.length > 0) return list('deliveries_by_event', event, state, route)
  if (state.length > 0) return list('deliveries_by_state', state, route)
  if (route.length > 0) return list('deliveries_by_route', route)
  return list(null, [])
}

function equals(column: string, value: string | number | undefined): Term[] {
  return value === undefined ? [] : [{ sql: `t.${column} = ?`, values: [value] }]
}

/** What lists say of a delivery. */
export function deliveryOf(row: DeliveryRow): DeliverySummary {
  const {
    system,
    entity,
    recordId,
    failure,
    destinationEntity,
    destinationId,
    lane: _lane,
    idempotencyKey: _key,
    edited: _edited,
    ...plain
  } = row
  const hasDestination = destinationEntity !== null && destinationId !== null
  return {
    ...plain,
    record: { system, entity, id: recordId },
    failure: parseFailure(failure),
    destination: hasDestination ? { system: otherSystem(system), entity: destinationEntity, id: destinationId } : null,
  }
}

function attempt(row: AttemptRow): Attempt {
  const { failure, detail, ...plain } = row
  return { ...plain, failure: parseFailure(failure), ...noDetail, ...parseColumn<Partial<AttemptDetail>>(detail, {}) }
}

function parseFailure(text: string | null): Failure | null {
  if (text === null) return null
  return parseColumn<Failure>(text, {
    class: 'permanent',
    stage: 'record',
    code: 'UNREADABLE',
    sentence: "The reason stored with this delivery is damaged and can't be read.",
  })
}
