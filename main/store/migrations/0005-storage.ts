/** What retention looks for, oldest first: without these each look would read whole tables. */
export const storage = /* sql */ `
create index events_ended on events (ended_at) where ended_at is not null;
create index rejections_received on rejections (received_at);
create index writes_written on writes (written_at);
create index audit_at on audit (at);
`
