import Database from 'better-sqlite3'
import { PlainError } from '#main/base/errors.ts'
import { explainOpening } from './trouble.ts'

export type Connection = Database.Database

/** Earlier builds can lose committed pages when a checkpoint meets a commit (https://www.sqlite.org/wal.html#walresetbug). */
const oldestSqlite = [3, 51, 3] as const

/**
 * Opens the one writing connection: WAL, and every commit flushed to disk before it counts.
 *
 * `synchronous` is set by hand on each open: better-sqlite3 is compiled to fall back to NORMAL in WAL mode, which may lose
 * the last commits at a power cut.
 *
 * @throws PlainError when the SQLite at hand is too old or the file can't be used.
 */
export function openForWriting(file: string): Connection {
  const db = open(file, {})
  try {
    prepareForWriting(db)
    return db
  } catch (thrown) {
    db.close()
    throw explainOpening(file, thrown)
  }
}

function prepareForWriting(db: Connection): void {
  const version = db.prepare('select sqlite_version()').pluck().get() as string
  if (isOlder(version)) {
    throw new PlainError(
      `SQLite ${version} can't be trusted with this file; ${oldestSqlite.join('.')} or newer is needed.`,
      {
        fix: 'Install Patchbay anew, so that it brings its own SQLite.',
      },
    )
  }
  // Nobody else should write here: a foreign program that does must not keep senders waiting until they give up.
  db.pragma('busy_timeout = 1000')
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('wal_autocheckpoint = 4000')
  // After a burst of large bodies the log gives its room back.
  db.pragma('journal_size_limit = 67108864')
  db.pragma('cache_size = -8000')
}

/** Opens a further connection that can only read. */
export function openForReading(file: string): Connection {
  const db = open(file, { readonly: true, fileMustExist: true })
  db.pragma('busy_timeout = 5000')
  db.pragma('query_only = ON')
  return db
}

function open(file: string, options: Database.Options): Connection {
  try {
    return new Database(file, options)
  } catch (cause) {
    throw explainOpening(file, cause)
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}
