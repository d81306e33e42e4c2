import type { RouteId } from '#shared/domain/ids.ts'
import type { Reading } from './reading.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Dead letters, and deliveries of one route, that are looked at one by one: a list needs no more. */
const mostLookedAt = 5_000

/** How a route did, apart from what is on its way. */
export interface RoutePast {
  readonly routeId: RouteId
  readonly failing: number
  readonly lastDeliveredAt: number | null
}

/** Reads of how routes do. */
export function routeFigureReads(reading: Reading) {
  /** For each route its dead letters of the last day that nobody has replayed, and when it last delivered. */
  function routeFigures(now: number): RoutePast[] {
    const failing = new Map(
      reading
        .all<{ routeId: string; count: number }>(
          `select route_id as routeId, count(*) as count from (select route_id, ended_at from deliveries indexed by deliveries_dead
             where state = 'dead' and replayed_by is null order by id desc limit ${mostLookedAt})
           where ended_at >= ? group by route_id`,
          now - dayMs,
        )
        .map(({ routeId, count }) => [routeId, count]),
    )
    return reading.all<{ id: RouteId }>('select id from routes order by position, id').map(({ id }) => ({
      routeId: id,
      failing: failing.get(id) ?? 0,
      lastDeliveredAt: lastDelivered(id),
    }))
  }

  /** Among the newest deliveries, else by the hours that were counted. */
  function lastDelivered(id: RouteId): number | null {
    const recent = reading.get<{ at: number | null }>(
      `select max(ended_at) as at from (select state, ended_at from deliveries indexed by deliveries_by_route
         where route_id = ? order by id desc limit ${mostLookedAt}) where state = 'delivered'`,
      id,
    )
    if (recent?.at !== null && recent !== undefined) return recent.at
    const counted = reading.get<{ at: number | null }>(
      `select max(at) as at from metrics where scope = 'route' and id = ? and grain = ${hourMs} and delivered + unchanged > 0`,
      id,
    )
    return counted?.at ?? null
  }

  return { routeFigures }
}
