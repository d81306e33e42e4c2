/**
 * What the guard against mass deletions counts, each by an index that holds little else: deletions by the time they were received,
 * links that ended, and what is parked by its reason. And whoever stands before a more urgent delivery in a lane is as urgent from now on.
 */
export const guards = /* sql */ `
create index events_deleted on events (source_id, received_at) where action = 'deleted';
create index deliveries_unlinked on deliveries (ended_at) where result = 'unlinked';
create index deliveries_parked on deliveries (failure_code, id) where state = 'parked';
update deliveries set priority =
  (select min(behind.priority) from deliveries behind
   where behind.lane = deliveries.lane and behind.state in ('pending', 'leased', 'waiting', 'parked') and behind.id >= deliveries.id)
where state in ('pending', 'leased', 'waiting', 'parked') and priority > 0;
`
