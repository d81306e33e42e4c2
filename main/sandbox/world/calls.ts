import type { Database } from 'better-sqlite3'
import type { Json, SystemName } from '#shared/domain/record.ts'

/** A write that a simulated system received, whether it was accepted or not. */
export interface Call {
  /** Instant of arrival, ISO. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly entity: string | null
  readonly id: string | null
  readonly body: Json
  /** What was answered; null when the answer was withheld by a fault. */
  readonly status: number | null
  /** Kind of the fault that hit this call. */
  readonly fault: string | null
  /** The caller: `client` of `Sforce-Call-Options` in Salesforce, the API member in ConnectWise. */
  readonly client: string | null
  /** As received, without the ones that carry secrets. */
  readonly headers: Readonly<Record<string, string>>
}

/** The writes that one simulated system received, oldest first; kept over restarts. */
export interface Calls {
  add(call: Call): void
  list(): Call[]
  clear(): void
}

/** Opens the list of received writes of a system. */
export function openCalls(database: Database, system: SystemName): Calls {
  database.exec(
    'CREATE TABLE IF NOT EXISTS calls (seq INTEGER PRIMARY KEY, system TEXT NOT NULL, doc TEXT NOT NULL) STRICT',
  )
  const add = database.prepare('INSERT INTO calls (system, doc) VALUES (?, ?)')
  const list = database.prepare<[string], { doc: string }>('SELECT doc FROM calls WHERE system = ? ORDER BY seq')
  const clear = database.prepare('DELETE FROM calls WHERE system = ?')
  return {
    add: (call) => void add.run(system, JSON.stringify(call)),
    list: () => list.all(system).map((row) => JSON.parse(row.doc) as Call),
    clear: () => void clear.run(system),
  }
}
