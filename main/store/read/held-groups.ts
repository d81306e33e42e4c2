import { isMassCode, type HeldGroup } from '#shared/domain/failure-group.ts'
import type { FailureClass } from '#shared/domain/failure.ts'
import type { DeliveryId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { DeliveryReads } from './deliveries.ts'
import type { Reading } from './reading.ts'

export interface HeldQuery {
  /** Waiting is long when it was queued before this instant, ms since 1970. */
  readonly waitingSince: number
}

interface HeldRow {
  readonly routeId: RouteId | null
  readonly class: FailureClass | null
  readonly code: string | null
  readonly field: string | null
  readonly waitsFor: string | null
  readonly count: number
  readonly since: number
  readonly oldestId: DeliveryId
}

/** Deliveries of each state that are looked at, the oldest, and groups that are told. */
const mostLookedAt = 20_000
const mostGroups = 50

/** Links that would end in a mass concern all routes of their source, and are released as a whole; a record is waited for whatever the route. */
const sql = `
  select case when x.failure_code in ('MASS_DELETE', 'MASS_GONE') or x.parent is not null then null else x.route_id end as routeId,
    x.failure_class as class, x.failure_code as code, case when x.parent is null then x.failure_field end as field, x.parent as waitsFor,
    count(*) as count, min(x.created_at) as since, min(x.id) as oldestId
  from (select d.id, d.route_id, d.failure_class, d.failure_code, d.failure_field, d.created_at,
      iif(d.failure_class = 'dependency', d.waits_for, null) as parent,
      iif(d.failure_code in ('MASS_DELETE', 'MASS_GONE'), (select e.source_id from events e where e.id = d.event_id), null) as source
    from deliveries d indexed by deliveries_by_state
    where d.state = ? and d.failure is not null and d.created_at <= ? order by d.id limit ${mostLookedAt}) x
  group by 1, 2, 3, 4, 5, x.source order by count(*) desc limit ${mostGroups}`

const massSql = `
  select count(*) as count from deliveries d indexed by deliveries_parked join events e on e.id = d.event_id
  where d.state = 'parked' and d.failure_code = ? and e.source_id = ?`

/** What has not ended and does not go on, by reason; the largest first. */
export function heldGroupReads(reading: Reading, { deliverySummaryOf }: Pick<DeliveryReads, 'deliverySummaryOf'>) {
  function heldGroups({ waitingSince }: HeldQuery): HeldGroup[] {
    return reading.together(() => [
      ...groupsOf('parked', Number.MAX_SAFE_INTEGER),
      ...groupsOf('waiting', waitingSince),
    ])
  }

  function groupsOf(state: HeldGroup['state'], until: number): HeldGroup[] {
    const rows = reading.all<HeldRow>(sql, state, until)
    const isMore = rows.reduce((sum, { count }) => sum + count, 0) >= mostLookedAt
    return rows.flatMap((row) => {
      const oldest = deliverySummaryOf(row.oldestId)
      const { count, since } = row
      return oldest === null
        ? []
        : [
            {
              state,
              criteria: criteriaOf(row),
              code: row.code ?? '',
              count,
              isMore,
              since,
              sentence: oldest.failure?.sentence ?? oldest.note ?? '',
              fix: oldest.failure?.fix ?? null,
              oldest,
            },
          ]
    })
  }

  /** How many parked deliveries go on when this one is released (`releaseParked`): one, or all of its source that are held alike where very many links would end. */
  function releasedWith(id: DeliveryId): number {
    const parked = reading.get<{ code: string | null; sourceId: SourceId }>(
      `select d.failure_code as code, e.source_id as sourceId
       from deliveries d join events e on e.id = d.event_id where d.id = ? and d.state = 'parked'`,
      id,
    )
    if (parked === undefined) return 0
    if (!isMassCode(parked.code)) return 1
    return reading.get<{ count: number }>(massSql, parked.code, parked.sourceId)?.count ?? 0
  }

  return { heldGroups, releasedWith }
}

function criteriaOf({ routeId, class: kind, code, field, waitsFor }: HeldRow): HeldGroup['criteria'] {
  if (waitsFor !== null) return { waitsFor }
  if (kind === null || code === null) return {}
  return routeId === null ? { class: kind, code } : { groups: [{ routeId, class: kind, code, field }] }
}
