/** Who ordered a replay; those from before say it in the audit log only. */
export const replayWho = /* sql */ `
alter table replays add column who text; -- null: not noted
`
