/** Rules, alerts and what is told to whom; levels by the minute for them. */
export const alerts = /* sql */ `
create table alert_rules (
  id text primary key,
  document text not null,           -- JSON: shared/domain/alert.ts
  saved_at integer not null
) strict;

create table alerts (                -- one row from the opening of a cause to its end, however often it came back meanwhile
  id integer primary key,
  rule_id text not null,
  rule text not null,               -- JSON: the rule as it was when it fired, so that the story outlives it
  subject_kind text not null,       -- 'all' | 'system' | 'source' | 'route' | 'connection'
  subject_id text not null,         -- empty for all
  subject_name text not null,
  state text not null,              -- 'open' | 'acknowledged' | 'resolved'
  sentence text not null,
  what_to_do text,
  place text not null,              -- JSON: where its events are
  value real,
  opened_at integer not null,
  acknowledged_at integer,
  acknowledged_by text,
  acknowledged_note text not null default '',
  resolved_at integer,
  resolved_by text,                 -- null: by itself
  resolved_note text not null default '',
  reopened integer not null default 0,
  told text not null default 'nothing', -- what people were told last: 'nothing' | 'open' | 'over'
  told_at integer,
  closed_value real                 -- closed by hand at this value, and its cause has not been away since; else null
) strict;
create unique index alerts_unresolved on alerts (rule_id, subject_kind, subject_id) where state <> 'resolved';
create index alerts_by_state on alerts (state, id);
create index alerts_by_rule on alerts (rule_id, id);
create index alerts_by_end on alerts (resolved_at) where state = 'resolved';
create index alerts_closed on alerts (id) where closed_value is not null;

create table alert_steps (
  id integer primary key,
  alert_id integer not null references alerts (id) on delete cascade,
  at integer not null,
  what text not null,               -- 'opened' | 'acknowledged' | 'resolved' | 'reopened' | 'reminded' | 'suppressed'
  who text,
  note text not null default '',
  value real
) strict;
create index alert_steps_by_alert on alert_steps (alert_id);

create table channels (
  id text primary key,
  document text not null,           -- JSON: shared/domain/channel.ts
  saved_at integer not null,
  last_sent_at integer,
  failing_since integer,
  failed_at integer,
  failure text,                     -- a sentence
  failure_fix text
) strict;
-- Here from the start, so that the first alert has somewhere to go.
insert into channels (id, document, saved_at)
values ('toast', '{"id":"toast","name":"On this computer","enabled":true,"kind":"toast","settings":{}}', 0);

create table notifications (         -- the row is the job: who has to be told what, and how far that got
  id integer primary key,
  channel_id text not null,
  reason text not null,             -- 'opened' | 'reopened' | 'reminder' | 'resolved' | 'summary' | 'test'
  message text not null,            -- JSON: title, body, severity, address within the console
  state text not null,              -- 'waiting' | 'sent' | 'failed'
  attempts integer not null default 0,
  made_at integer not null,
  not_before integer not null,      -- the end of quiet hours, or when it was made
  next_at integer,                  -- while it waits: when it is due, later than not_before after a failed attempt
  sent_at integer,
  failure text,
  reached text not null default '[]' -- JSON: of a channel's recipients, those who have it although others don't
) strict;
create index notifications_waiting on notifications (next_at) where state = 'waiting';
create index notifications_by_channel on notifications (channel_id, id);
create index notifications_by_age on notifications (made_at);
create table notification_alerts (
  notification_id integer not null references notifications (id) on delete cascade,
  alert_id integer not null references alerts (id) on delete cascade,
  primary key (notification_id, alert_id)
) strict, without rowid;
create index notification_alerts_by_alert on notification_alerts (alert_id);

create table levels (                -- what was seen at each look; a row only where it differs from the one before, so it holds until the next one
  metric text not null,             -- as rules have it; 'running' tells when it was looked at all; of 'restarts' a row is a mark
  scope text not null,              -- as in metrics, or 'system'
  id text not null,
  at integer not null,              -- ms since 1970
  value real,                       -- null: from here on it was not looked at
  primary key (metric, scope, id, at)
) strict, without rowid;
create index levels_by_age on levels (at);
create index deliveries_failing on deliveries (route_id, connection_id) where state = 'dead' and replayed_by is null;
`
