import type { PauseTarget } from '#shared/domain/pause.ts'
import type { Reading } from './reading.ts'

/** Deliveries are counted by route, connection and source first, so that pauses are looked up a few times and not for each. */
const sql = `
  with ended (scope, id) as (values (?, ?)),
  held as (
    select d.route_id as route, d.connection_id as connection, e.source_id as source, count(*) as count
    from deliveries d indexed by deliveries_by_state cross join events e on e.id = d.event_id
    where d.state in ('pending', 'waiting') group by 1, 2, 3),
  paths as (
    select held.*, r.document ->> '$.sourceConnectionId' as origin
    from held join routes r on r.id = held.route where r.document ->> '$.enabled')
  select coalesce(sum(p.count), 0) as count from paths p join ended e
  where (e.scope is null or e.scope = 'everything' or (e.scope = 'route' and e.id = p.route)
      or (e.scope = 'source' and e.id = p.source) or (e.scope = 'connection' and e.id in (p.connection, p.origin)))
    and not exists (
      select 1 from pauses x where (x.scope is not e.scope or x.id is not e.id)
        and (x.scope = 'everything' or (x.scope = 'route' and x.id = p.route)
          or (x.scope = 'source' and x.id = p.source) or (x.scope = 'connection' and x.id in (p.connection, p.origin))))`

export function goingOnReads(reading: Reading) {
  /**
   * How many deliveries a pause alone holds back: those that go on when it ends, in their order and as soon as their turn comes. With
   * null, all that no pause and no route that is switched off holds.
   */
  function goingOn(ended: PauseTarget | null): number {
    return reading.get<{ count: number }>(sql, ended?.scope ?? null, ended?.id ?? null)?.count ?? 0
  }

  return { goingOn }
}
