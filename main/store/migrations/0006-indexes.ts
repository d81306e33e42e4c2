/**
 * Indexes that keep the work on one delivery apart from how many others there are: the versions of a record that changes all day, the
 * dead letters that still want a person, the heads of a long lane, and both ends of a replay, which SQLite looks up for each delivery that is deleted.
 */
export const indexes = /* sql */ `
create index events_by_version on events (system, entity, record_id, version, id)
  where fields_kind = 'none' and version is not null and state in ('stored', 'open');
create index deliveries_heads on deliveries (lane) where head = 1 and state in ('pending', 'waiting', 'parked');
create index deliveries_dead on deliveries (id) where state = 'dead' and replayed_by is null;
create index deliveries_replay_of on deliveries (replay_of) where replay_of is not null;
create index deliveries_replayed_by on deliveries (replayed_by) where replayed_by is not null;
`
