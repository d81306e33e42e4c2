/** Replays that run in the background, item by item, and undo. Items of a replay that was made at once are kept too. */
export const replayItems = /* sql */ `
alter table replays add column state text not null default 'fed';  -- 'running' | 'paused' | 'cancelled' | 'fed': all items are made
alter table replays add column rate integer;                       -- deliveries a minute; null: no limit
alter table replays add column next_at integer not null default 0; -- with a rate: when the next one may be made
alter table replays add column selection text;                     -- JSON: what to collect; null: nothing
alter table replays add column up_to integer not null default 0;   -- the newest delivery to be looked at
alter table replays add column collected_to integer not null default 0;
create index replays_running on replays (id) where state = 'running';

create table replay_items (
  id integer primary key,
  replay_id integer not null references replays (id) on delete cascade,
  delivery_id integer not null references deliveries (id) on delete cascade,
  state text not null,              -- 'waiting' | 'made' | 'refused' | 'nothing' | 'cancelled'
  reason text,
  made_id integer references deliveries (id) on delete cascade,
  unique (replay_id, delivery_id)
) strict;
create index replay_items_by_replay on replay_items (replay_id, id);
create index replay_items_by_state on replay_items (replay_id, state, id);
create index replay_items_by_delivery on replay_items (delivery_id);
create index replay_items_by_made on replay_items (made_id) where made_id is not null;

alter table deliveries add column undo_of integer references deliveries (id) on delete set null;
alter table deliveries add column edited text; -- JSON: values that a person put in place of the event's own
create index deliveries_by_undo_of on deliveries (undo_of) where undo_of is not null;
`
