/** Events that people keep as test cases for mappings. */
export const samples = /* sql */ `
create table samples (
  event_id integer primary key references events (id) on delete cascade,
  name text not null,               -- what it is an example of
  kept_by text not null,
  kept_at integer not null
) strict;
`
