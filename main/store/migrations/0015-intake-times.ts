/** How long an event took to come in (ms since it was received, by the steady clock); null: not measured. */
export const intakeTimes = /* sql */ `
alter table events add column verified_ms integer; -- until its sender was known to be the right one
alter table events add column written_ms integer;  -- until it was known to be new and written down; the flush of that commit comes after
`
