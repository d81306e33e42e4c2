/** Pauses, and our own count of the calls made to each connection. */
export const pauses = /* sql */ `
create table pauses (
  scope text not null,              -- 'everything' | 'connection' | 'route' | 'source'
  id text not null,                 -- empty for everything
  reason text not null,
  who text not null,
  paused_at integer not null,
  primary key (scope, id)
) strict, without rowid;

create table api_calls (
  connection_id text not null,
  hour integer not null,            -- ms since 1970 divided by an hour
  calls integer not null,
  primary key (connection_id, hour)
) strict, without rowid;

alter table connections add column reserve_reason text; -- set while replays and backfills wait, for the budget's reserve is reached
`
