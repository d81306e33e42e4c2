import { openForReading, type Connection } from './open.ts'
import { restore } from './restore.ts'

/** What became of the database when a new version was given up. */
export type RolledBack =
  /** The new version had not changed its shape: there is nothing to bring back. */
  | { readonly outcome: 'untouched' }
  /** `kept`: where the new version's database is now. */
  | { readonly outcome: 'restored'; readonly kept: string | null }
  /** The new version has done work: to go back would lose events or do writes twice, so the database stays as it is. */
  | { readonly outcome: 'has-work'; readonly events: number; readonly attempts: number }

/**
 * Brings back the database from before an update, if nothing is lost by that.
 *
 * Nobody may have the database open. @throws PlainError when the backup can't be used; the database is untouched then.
 */
export function rollBack(databaseFile: string, backup: string, dataKey: Uint8Array, now: number): RolledBack {
  const [old, current] = [lookAt(backup), lookAt(databaseFile)]
  if (old.shape === current.shape) return { outcome: 'untouched' }
  const events = current.events - old.events
  const attempts = current.attempts - old.attempts + (current.begun > old.begun ? 1 : 0)
  if (events > 0 || attempts > 0) return { outcome: 'has-work', events, attempts }
  return { outcome: 'restored', kept: restore(databaseFile, backup, dataKey, now) }
}

/** How far a database has come: numbers that only grow as work is done. */
function lookAt(file: string) {
  const db = openForReading(file)
  try {
    return {
      shape: db.pragma('user_version', { simple: true }) as number,
      events: numberOf(db, 'select coalesce(max(id), 0) from events'),
      attempts: numberOf(db, 'select coalesce(max(id), 0) from attempts'),
      // A write that was begun and whose answer nobody wrote down.
      begun: numberOf(db, 'select count(*) from deliveries where intent is not null'),
    }
  } finally {
    db.close()
  }
}

function numberOf(db: Connection, sql: string): number {
  return Number(db.prepare(sql).pluck().get())
}
