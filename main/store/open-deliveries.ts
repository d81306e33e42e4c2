import type { ConnectionId, DeliveryId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { activeStates, DeliveryState } from '#shared/domain/delivery.ts'
import type { MetricScope } from '#shared/domain/metrics.ts'
import type { ReasonCount } from '#shared/domain/overview.ts'
import type { Transaction } from './transaction.ts'

/** A delivery that has not ended, as far as it takes to say why. */
export interface OpenDelivery {
  readonly id: DeliveryId
  readonly state: (typeof activeStates)[number]
  readonly routeId: RouteId
  readonly connectionId: ConnectionId
  /** Of its event. */
  readonly sourceId: SourceId
  readonly isHead: 0 | 1
  /** The name of the record, pause or key that it waits for. */
  readonly waitsFor: string | null
  /** Of the failure that made it wait or parked it. */
  readonly code: string | null
  readonly failureClass: string | null
  readonly sentence: string | null
  readonly createdAt: number
}

/** How the queue of one subject stood at a look. */
export interface QueueSample {
  readonly scope: MetricScope
  readonly id: string
  /** ms: the age of the oldest open delivery. */
  readonly lag: number
  /** The same (ms) of those that nothing holds which a person has paused or switched off. */
  readonly unpausedLag: number
  readonly depth: number
}

/** All deliveries that had not ended at one moment, counted. */
export interface BacklogReport {
  readonly at: number
  readonly count: number
  /** ms since 1970; null when there is none. */
  readonly oldestAt: number | null
  readonly reasons: ReadonlyMap<ReasonCount['reason'], number>
  readonly samples: readonly QueueSample[]
  /** Why deliveries are parked, a sentence for each code. */
  readonly parked: readonly {
    readonly code: string
    readonly sentence: string
    readonly count: number
    readonly since: number
  }[]
}

/** Up to `limit` deliveries in one state with ids above `after`, in order: a crowd is looked at in slices. */
export function sliceOfOpen(tx: Transaction, state: DeliveryState, after: number, limit: number): OpenDelivery[] {
  return tx.all<OpenDelivery>(
    `select d.id, d.state, route_id as routeId, connection_id as connectionId, e.source_id as sourceId, head as isHead, waits_for as waitsFor,
       failure ->> '$.code' as code, failure ->> '$.class' as failureClass, iif(d.state = 'parked', failure ->> '$.sentence', null) as sentence,
       created_at as createdAt
     from deliveries d indexed by deliveries_by_state cross join events e on e.id = d.event_id
     where d.state = ? and d.id > ? order by d.id limit ?`,
    state,
    after,
    limit,
  )
}

/** A dead letter that nobody has dealt with. */
export type DeadLetter = Pick<OpenDelivery, 'id' | 'routeId' | 'connectionId' | 'sourceId'>

/** Up to `limit` dead letters that nobody has dealt with, with ids above `after`, in order. */
export function sliceOfDead(tx: Transaction, after: number, limit: number): DeadLetter[] {
  return tx.all<DeadLetter>(
    `select d.id, route_id as routeId, connection_id as connectionId, e.source_id as sourceId
     from deliveries d indexed by deliveries_dead cross join events e on e.id = d.event_id
     where d.state = 'dead' and d.replayed_by is null and d.id > ? order by d.id limit ?`,
    after,
    limit,
  )
}
