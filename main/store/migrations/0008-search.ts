/**
 * Full-text search, filters by failure, discarded dead letters and saved views.
 *
 * Nothing here is written by the commit that a sender waits for: the search index and the blocks are filled afterwards, and an event gets
 * an entry in the indexes of failures only when it fails.
 */
export const search = /* sql */ `
-- Three letters each, without their places: a fifth of the room, and what is found is compared word by word anyway.
create virtual table event_search using fts5(text, content='', contentless_delete=1, tokenize='trigram', detail=none);
-- Merging is done in small steps by those who fill it, never in one go by whoever comes by.
insert into event_search (event_search, rank) values ('automerge', 0);
insert into event_search (event_search, rank) values ('crisismerge', 500);

create table search_progress (        -- one row
  up_to integer not null            -- all events up to this id are in the index
) strict;
insert into search_progress (up_to) values (0);

create table search_stale (           -- events that have changed since they were indexed
  event_id integer primary key
) strict;

create table event_blocks (           -- a thousand events each, of those that are indexed: when they came in
  block integer primary key,        -- id / 1000
  first_at integer not null,
  last_at integer not null
) strict;

create trigger events_changed after update of title, note on events
when new.id <= (select up_to from search_progress) begin
  insert or ignore into search_stale (event_id) values (new.id);
end;
create trigger events_gone after delete on events
when old.id <= (select up_to from search_progress) begin
  delete from event_search where rowid = old.id;
  delete from search_stale where event_id = old.id;
end;
-- Ids are given anew once the newest are gone.
create trigger events_newest_gone after delete on events
when (select up_to from search_progress) > coalesce((select max(id) from events), 0) begin
  update search_progress set up_to = coalesce((select max(id) from events), 0);
end;

alter table deliveries add column failure_class text as (case when json_valid(failure) then failure ->> '$.class' end) virtual;
alter table deliveries add column failure_code text as (case when json_valid(failure) then failure ->> '$.code' end) virtual;
alter table deliveries add column failure_field text as (case when json_valid(failure) then failure ->> '$.field' end) virtual;
alter table deliveries add column failure_sentence text as (case when json_valid(failure) then failure ->> '$.sentence' end) virtual;
alter table deliveries add column ended_hour integer as (ended_at / 3600000) virtual;
create index deliveries_failed on deliveries (event_id) where failure is not null;
create index deliveries_failure_groups on deliveries
  (route_id, failure_class, failure_code, failure_field, ended_hour, ended_at, state, replayed_by, event_id)
  where failure is not null and ended_at is not null;

create table discards (               -- dead letters that a person gave up in one go
  id integer primary key,
  reason text not null,
  who text not null,
  discarded_at integer not null
) strict;
create table discarded (
  delivery_id integer primary key references deliveries (id) on delete cascade,
  discard_id integer not null references discards (id) on delete cascade,
  note text                         -- what the delivery said before
) strict;
create index discarded_by_discard on discarded (discard_id, delivery_id);

create table views (
  name text primary key,
  filter text not null,             -- as it is typed
  saved_at integer not null
) strict, without rowid;
`
