/** Conflicts that a person decides, held keys of records in the making, what our own writes sent, and what guards let through. */
export const conflicts = /* sql */ `
create table conflicts (             -- fields of a parked delivery whose value a person chooses
  delivery_id integer not null references deliveries (id) on delete cascade,
  field text not null,              -- the destination's name of it
  salesforce text not null,         -- JSON, as it was when the delivery was parked
  connectwise text not null,
  choice text,                      -- JSON: what was chosen; null while nobody has
  chosen_by text,
  chosen_at integer,
  primary key (delivery_id, field)
) strict, without rowid;

create table held_keys (             -- natural keys and records that a leased delivery is joining or creating by
  key text primary key,
  delivery_id integer not null references deliveries (id) on delete cascade
) strict, without rowid;
create index held_keys_by_delivery on held_keys (delivery_id);

create table releases (              -- what a person let through: a guard counts from here on
  subject text primary key,         -- 'lane:<lane>', 'deletions:<source>'
  released_at integer not null
) strict, without rowid;

alter table writes add column sent text;          -- JSON of the values sent, to know an echo by value
alter table writes add column echo_id integer;    -- the event that was taken for its echo: each write has one
create index events_deletions on events (source_id, received_at) where action = 'deleted';
`
