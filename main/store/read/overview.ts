import type { Reading } from './reading.ts'

/** Dead deliveries with one cause. */
export interface DeadGroup {
  readonly routeId: string
  readonly code: string | null
  readonly sentence: string | null
  readonly fix: string | null
  readonly count: number
  /** ms since 1970. */
  readonly since: number
}

/** Dead deliveries that are looked at one by one: a first screen needs no more. */
const mostLookedAt = 5_000
const groupsShown = 20

/** Reads of the first screen. */
export function overviewReads(reading: Reading) {
  /** How many pairs there are, how many of them are in trouble or on their way, and how many deliveries are dead. */
  function pairCounts(): { pairs: number; troubled: number; dead: number } {
    const all = reading.get<{ count: number }>('select count(*) as count from links')?.count ?? 0
    const ended = reading.get<{ count: number }>(
      'select count(*) as count from links indexed by links_ended where ended_at is not null',
    )
    const dead = reading.get<{ count: number }>(
      `select count(*) as count from deliveries indexed by deliveries_dead where state = 'dead' and replayed_by is null`,
    )
    const troubled = reading.get<{ count: number }>(
      `select count(distinct lane) as count from (
         select lane from (select lane from deliveries indexed by deliveries_dead where state = 'dead' and replayed_by is null
           order by id desc limit ${mostLookedAt})
         union all select lane from (select lane from deliveries indexed by deliveries_lane
           where state in ('pending', 'leased', 'waiting', 'parked') limit ${mostLookedAt}))
       where exists (select 1 from links where salesforce_entity = substr(lane, 12, instr(substr(lane, 12), ':') - 1)
         and salesforce_id = substr(lane, 12 + instr(substr(lane, 12), ':')) and lane like 'salesforce:%')`,
    )
    return { pairs: all - (ended?.count ?? 0), troubled: troubled?.count ?? 0, dead: dead?.count ?? 0 }
  }

  /** The newest dead deliveries by cause, the most frequent cause first. */
  function deadGroups(): DeadGroup[] {
    return reading.all<DeadGroup>(
      `select route_id as routeId, failure ->> '$.code' as code, max(failure ->> '$.sentence') as sentence,
         max(failure ->> '$.fix') as fix, count(*) as count, min(ended_at) as since
       from (select route_id, failure, ended_at from deliveries indexed by deliveries_dead
         where state = 'dead' and replayed_by is null order by id desc limit ${mostLookedAt})
       group by route_id, failure ->> '$.code' order by count(*) desc limit ${groupsShown}`,
    )
  }

  return { pairCounts, deadGroups }
}
