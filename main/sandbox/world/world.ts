import Database from 'better-sqlite3'
import { systemClock } from '#main/base/clock.ts'
import type { Clock } from '#main/base/clock.ts'
import type { Json } from '#shared/domain/record.ts'

/** A record as a simulated system keeps it: one JSON object. */
export type Doc = Record<string, Json>

/** The file both simulated systems live in, with the little they share beside their records. */
export interface World {
  readonly database: Database.Database
  readonly clock: Clock
  /** A kept setting, or null. */
  setting(name: string): Json
  keep(name: string, value: Json): void
  /** The next number of a series that never repeats, starting after `from`. */
  nextNumber(series: string, from: number): number
  close(): void
}

const schema = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
`

/**
 * Opens the world, made new when the file is not there; without a file it lives in memory.
 *
 * `synchronous=NORMAL` is enough: the world has to outlive the end of its process, not a power cut.
 */
export function openWorld(file?: string): World {
  const database = new Database(file ?? ':memory:')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(schema)
  const read = database.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
  const write = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  const count = database.prepare<[string, number], { last: number }>(
    'INSERT INTO series (name, last) VALUES (?, ? + 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
  )
  return {
    database,
    clock: systemClock,
    setting: (name) => {
      const row = read.get(name)
      return row === undefined ? null : (JSON.parse(row.value) as Json)
    },
    keep: (name, value) => void write.run(name, JSON.stringify(value)),
    nextNumber: (series, from) => count.get(series, from)?.last ?? from + 1,
    close: () => database.close(),
  }
}
