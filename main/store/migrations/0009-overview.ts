/** Figures by minute and hour, the index of known records, and what a person's change of the configuration was made of. */
export const overview = /* sql */ `
create table metrics (
  scope text not null,              -- 'all' | 'source' | 'route' | 'connection'
  id text not null,                 -- of the source, route or connection; empty for all
  grain integer not null,           -- ms: 60000 or 3600000
  at integer not null,              -- ms since 1970: the beginning of the minute or hour
  events integer not null default 0,
  duplicates integer not null default 0,
  rejections integer not null default 0,
  unmatched integer not null default 0,
  echoes integer not null default 0,
  delivered integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  failures integer not null default 0,
  retries integer not null default 0,
  dead integer not null default 0,
  times text not null default '{}', -- JSON: how many took how long, by bucket (shared/logic/time-buckets.ts)
  lag integer,                      -- ms: the highest age of the oldest open delivery; null: not looked at
  depth integer,                    -- the most open deliveries
  primary key (scope, id, grain, at)
) strict, without rowid;
create index metrics_by_age on metrics (grain, at);

create table known_records (         -- one row for a pair, or for a record without a counterpart; stays when retention takes its events
  id integer primary key,
  lane text not null unique,        -- the lane of its deliveries
  salesforce_entity text,
  salesforce_id text,
  salesforce_title text,
  connectwise_entity text,
  connectwise_id text,
  connectwise_title text,
  words text not null,              -- what it is found by: titles, ids, numbers, addresses
  changed_at integer not null
) strict;
create virtual table known_words using fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

alter table audit add column changes text; -- JSON: fields of the configuration from and to
create index links_ended on links (id) where ended_at is not null;
`
