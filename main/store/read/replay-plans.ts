import type { Page } from '#shared/contract/page.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import type { ReplayPlan, ReplaySelection } from '#shared/domain/replay.ts'
import { matchTerm, wantedStates } from '../replay-match.ts'
import { pageToken } from './page-token.ts'
import type { Slice } from './page.ts'
import type { Reading } from './reading.ts'

/** API calls that a delivery of a route takes on the average, at its source and at its destination. */
export interface RouteCost {
  readonly routeId: RouteId
  readonly source: number
  readonly destination: number
}

/** What the rows say about a replay before it is ordered. */
export interface PlanReading extends Pick<ReplayPlan, 'total' | 'only' | 'groups' | 'refused'> {
  readonly upTo: number
  readonly costs: readonly RouteCost[]
}

interface GroupRow {
  readonly refusal: keyof typeof reasons | null
  readonly routeId: RouteId
  readonly system: ReplayPlan['groups'][number]['system']
  readonly entity: string
  readonly state: string
  readonly count: number
  readonly first: DeliveryId
}

const reasons = {
  replayed: 'It was replayed already.',
  open: 'It has not ended yet; Patchbay is still working on it.',
  unrouted: 'Its route is not there any more.',
  missing: 'There is no such delivery.',
  unknown: 'There is no such event.',
  silent: 'No delivery of the event is in a state that was asked for.',
} as const

const refusal = `case when d.replayed_by is not null then 'replayed'
  when d.state in ('pending', 'leased', 'waiting', 'parked') then 'open'
  when not exists (select 1 from routes r where r.id = d.route_id) then 'unrouted' end`

const from = 'from deliveries d join events e on e.id = d.event_id'

/** Latest deliveries of a route that its cost is estimated from, and what is assumed when there are none. */
const sampled = 50
const usualCost = { source: 1, destination: 2 }

/** Refused deliveries and events named by id for each reason. */
const named = 20

/** Reads for planning a replay. They may look at many rows, so never on the writer's thread. */
export function replayPlanReads(reading: Reading) {
  function planReplay(selection: ReplaySelection): PlanReading {
    return reading.together(() => {
      const upTo = selection.upTo ?? reading.get<{ id: number | null }>('select max(id) as id from deliveries')?.id ?? 0
      const { sql, values } = matchTerm(reading, { ...selection, upTo })
      const rows = reading.all<GroupRow>(
        `select ${refusal} as refusal, d.route_id as routeId, e.system, e.entity, d.state, count(*) as count, min(d.id) as first
         ${from} where ${sql} group by 1, 2, 3, 4, 5 order by 2, 4, 5`,
        ...values,
      )
      const taken = rows.filter((row) => row.refusal === null)
      const groups = taken.map(({ count, entity, routeId, state, system }) => ({
        count,
        entity,
        routeId,
        state,
        system,
      }))
      const total = taken.reduce((sum, group) => sum + group.count, 0)
      return {
        upTo,
        total,
        only: total === 1 ? (taken[0]?.first ?? null) : null,
        groups,
        refused: [...refusedRows(rows, sql, values), ...absent(selection, upTo)],
        costs: [...new Set(groups.map((group) => group.routeId))].map(costOf),
      }
    })
  }

  function refusedRows(rows: readonly GroupRow[], sql: string, values: readonly (string | number)[]) {
    const kinds = new Set(rows.flatMap((row) => row.refusal ?? []))
    return [...kinds].map((kind) => {
      const ids = reading.all<{ id: DeliveryId }>(
        `select d.id ${from} where ${sql} and ${refusal} = ? order by d.id limit ${named}`,
        ...values,
        kind,
      )
      const count = rows.reduce((sum, row) => sum + (row.refusal === kind ? row.count : 0), 0)
      return { reason: reasons[kind], count, deliveryIds: ids.map(({ id }) => id), eventIds: [] }
    })
  }

  /** Deliveries that were named and are not there, and events of which nothing would be replayed. */
  function absent({ deliveryIds = [], eventIds = [], ...selection }: ReplaySelection, upTo: number) {
    const missing = deliveryIds.filter((id) => reading.get('select 1 from deliveries where id = ?', id) === undefined)
    const unknown = eventIds.filter((id) => reading.get('select 1 from events where id = ?', id) === undefined)
    const isUnknown = new Set(unknown)
    const states = JSON.stringify(wantedStates({ states: selection.states }))
    const wanted = `select 1 from deliveries indexed by deliveries_by_event
      where event_id = ? and id <= ? and replayed_by is null and mode <> 'undo' and state in (select value from json_each(?))`
    const silent = eventIds.filter((id) => !isUnknown.has(id) && reading.get(wanted, id, upTo, states) === undefined)
    return [
      ...some(reasons.missing, { deliveryIds: missing }),
      ...some(reasons.unknown, { eventIds: unknown }),
      ...some(reasons.silent, { eventIds: silent }),
    ]
  }

  function costOf(routeId: RouteId): RouteCost {
    const row = reading.get<{ deliveries: number; source: number | null; destination: number | null }>(
      `select count(distinct d.id) as deliveries,
         sum(json_extract(x.value, '$.purpose') = 'refetch') as source,
         sum(json_extract(x.value, '$.purpose') not in ('refetch', 'sign-in')) as destination
       from (select id from deliveries indexed by deliveries_by_route where route_id = ? order by id desc limit ${sampled}) d
       join attempts a on a.delivery_id = d.id left join json_each(a.detail, '$.exchanges') x`,
      routeId,
    )
    if (row === undefined || row.deliveries === 0) return { routeId, ...usualCost }
    return {
      routeId,
      source: (row.source ?? 0) / row.deliveries,
      destination: (row.destination ?? 0) / row.deliveries,
    }
  }

  /** Deliveries that a replay would take in, newest first. */
  function matchingDeliveries(selection: ReplaySelection, slice: Slice): Page<DeliveryId> {
    const { sql, values } = matchTerm(reading, selection)
    const ids = reading
      .all<{ id: DeliveryId }>(
        `select d.id ${from} where ${sql} and d.id < ? order by d.id desc limit ?`,
        ...values,
        slice.before,
        slice.limit + 1,
      )
      .map(({ id }) => id)
    const items = ids.slice(0, slice.limit)
    const last = items.at(-1)
    return { items, next: ids.length > slice.limit && last !== undefined ? pageToken(last) : null }
  }

  return { planReplay, matchingDeliveries }
}

function some(
  reason: string,
  { deliveryIds = [], eventIds = [] }: { deliveryIds?: DeliveryId[]; eventIds?: EventId[] },
): ReplayPlan['refused'] {
  const count = deliveryIds.length + eventIds.length
  if (count === 0) return []
  return [{ reason, count, deliveryIds: deliveryIds.slice(0, named), eventIds: eventIds.slice(0, named) }]
}
