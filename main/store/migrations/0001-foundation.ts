/** The first shape of the database. Instants are ms since 1970; JSON is text; bodies stand apart from the rows that lists read. */
export const foundation = /* sql */ `
create table settings (
  key text primary key,
  value text not null
) strict, without rowid;

create table secrets (
  owner text not null,              -- 'connection:<id>', 'source:<id>'
  name text not null,
  sealed blob not null,             -- AES-256-GCM under the data key
  changed_at integer not null,
  primary key (owner, name)
) strict, without rowid;

create table connections (
  id text primary key,
  kind text not null,
  name text not null,
  settings text not null,
  held_state text,                  -- null: not held; else 'down' | 'auth' | 'limited' | 'paused'
  held_since integer,
  held_until integer,               -- null while held: until a person or a probe says otherwise
  held_reason text,
  held_fix text
) strict;

create table sources (
  id text primary key,
  kind text not null,
  name text not null,
  enabled integer not null,
  settings text not null
) strict;

create table mappings (
  id text not null,
  version integer not null,
  document text not null,
  author text not null,
  note text not null,
  created_at integer not null,
  primary key (id, version)
) strict, without rowid;

create table routes (
  id text primary key,
  position integer not null,
  document text not null
) strict;

create table events (
  id integer primary key,
  source_id text not null,
  via text not null,
  system text not null,
  entity text not null,
  record_id text not null,
  action text not null,
  title text,
  version text,
  occurred_at integer,
  actor text,
  own_mark integer not null,
  fields_kind text not null,        -- 'none' | 'part' | 'full'
  verified_by text not null,
  received_at integer not null,
  size integer not null,
  state text not null,
  note text,
  routed_at integer,
  ended_at integer,
  duplicates integer not null default 0
) strict;
create index events_unrouted on events (id) where routed_at is null;
create index events_by_state on events (state, id);
create index events_by_record on events (system, entity, record_id, id);
create index events_by_source on events (source_id, id);

create table payloads (
  event_id integer primary key references events (id) on delete cascade,
  content_type text not null,
  headers text not null,            -- JSON, redacted
  body blob not null,               -- the bytes as they came, or this event's item of a request that held several
  content text                      -- the parsed EventContent.fields as JSON; null when there is none
) strict;

create table dedupe_keys (
  key text primary key,
  event_id integer not null references events (id) on delete cascade
) strict, without rowid;
create index dedupe_keys_by_event on dedupe_keys (event_id);

create table duplicates (
  id integer primary key,
  event_id integer not null references events (id) on delete cascade,
  source_id text not null,
  via text not null,
  key text not null,
  received_at integer not null
) strict;
create index duplicates_by_event on duplicates (event_id);

create table rejections (
  id integer primary key,
  source_id text not null,
  received_at integer not null,
  minute integer not null,          -- received_at in whole minutes; alike refusals of one minute share a row
  status integer not null,
  code text not null,
  sentence text not null,
  remote_address text not null,
  headers text not null,
  excerpt text not null,
  size integer not null,
  count integer not null,
  unique (source_id, minute, code, remote_address)
) strict;

create table cursors (
  name text primary key,
  value text not null,
  moved_at integer not null
) strict, without rowid;

create table source_counts (          -- kept with each arrival, so that nobody has to count a million rows
  source_id text primary key,
  events integer not null,
  rejections integer not null,
  last_event_at integer
) strict, without rowid;

create table deliveries (
  id integer primary key,
  event_id integer not null references events (id) on delete cascade,
  route_id text not null,
  connection_id text not null,
  lane text not null,
  head integer not null,            -- 1: first of its lane, may be leased; 0: stands behind another
  state text not null,
  priority integer not null,
  available_at integer not null,
  lease_token text,
  lease_until integer,
  attempt_count integer not null default 0,
  result text,
  note text,
  failure text,
  waits_for text,                   -- recordKey of the record it waits for
  intent text,                      -- what is about to be written; set before the call, cleared with the outcome
  destination_entity text,
  destination_id text,
  idempotency_key text not null,
  mode text not null,               -- 'live' | replayMode
  replay_id integer references replays (id),
  replay_of integer references deliveries (id) on delete set null,
  replayed_by integer references deliveries (id) on delete set null,
  mapping_version integer,          -- fixed for a replay as received; null: the newest
  created_at integer not null,
  ended_at integer
) strict;
create index deliveries_ready on deliveries (connection_id, priority, available_at, id) where head = 1 and state in ('pending', 'waiting');
create index deliveries_lane on deliveries (lane, id) where state in ('pending', 'leased', 'waiting', 'parked');
create index deliveries_leased on deliveries (lane) where state = 'leased';
create index deliveries_waits_for on deliveries (waits_for) where waits_for is not null;
create index deliveries_by_event on deliveries (event_id);
create index deliveries_by_state on deliveries (state, id);
create index deliveries_by_route on deliveries (route_id, id);
create index deliveries_by_replay on deliveries (replay_id, state) where replay_id is not null;

create table attempts (
  id integer primary key,
  delivery_id integer not null references deliveries (id) on delete cascade,
  number integer not null,
  started_at integer not null,
  duration_ms real not null,
  result text not null,
  failure text,
  mapping_id text not null,
  mapping_version integer not null,
  detail text not null,             -- JSON: values, changes, steps, exchanges
  unique (delivery_id, number)
) strict;

create table links (
  id integer primary key,
  salesforce_entity text not null,
  salesforce_id text not null,
  salesforce_version text,
  salesforce_synced text not null,
  connectwise_entity text not null,
  connectwise_id text not null,
  connectwise_version text,
  connectwise_synced text not null,
  created_at integer not null,
  updated_at integer not null,
  ended_at integer,                 -- set when one side was deleted: a tombstone that keeps late events from re-creating it
  unique (salesforce_entity, salesforce_id),
  unique (connectwise_entity, connectwise_id)
) strict;

create table writes (                -- the ledger of our own writes, to know their echo by
  id integer primary key,
  system text not null,
  entity text not null,
  record_id text not null,
  version text,
  delivery_id integer not null,
  written_at integer not null
) strict;
create index writes_by_record on writes (system, entity, record_id, id);

create table replays (
  id integer primary key,
  created_at integer not null,
  mode text not null,
  note text not null,
  total integer not null
) strict;

create table audit (
  id integer primary key,
  at integer not null,
  who text not null,
  action text not null,
  subject text not null,
  detail text not null
) strict;
`
