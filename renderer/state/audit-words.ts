import type { AuditEntry } from '#shared/domain/audit.ts'

/** What people do, by the word that the audit log keeps. */
const deeds: Readonly<Record<string, string>> = {
  backup: 'Made a backup',
  cancel: 'Cancelled',
  'cancel-replay': 'Cancelled a replay',
  discard: 'Discarded',
  export: 'Exported',
  import: 'Imported',
  pause: 'Paused',
  'pause-replay': 'Paused a replay',
  recovered: 'Recovered',
  release: 'Released',
  remove: 'Removed',
  replay: 'Replayed',
  resolve: 'Chose values',
  restore: 'Brought back',
  resume: 'Resumed',
  'resume-replay': 'Resumed a replay',
  'roll-back': 'Went back',
  save: 'Saved',
  switch: 'Switched the sandbox',
  sync: 'Ordered a sync',
  undo: 'Took back',
}

const doers: Readonly<Record<string, string>> = { console: 'Console', api: 'Script', patchbay: 'Patchbay' }

/** For the filter: each deed and doer with its word. */
export const deedChoices = Object.entries(deeds).map(([value, label]) => ({ value, label }))
export const doerChoices = Object.entries(doers).map(([value, label]) => ({ value, label }))

export function deedOf({ action }: Pick<AuditEntry, 'action'>): string {
  return deeds[action] ?? action
}

export function doerOf({ who }: Pick<AuditEntry, 'who'>): string {
  return doers[who] ?? who
}
