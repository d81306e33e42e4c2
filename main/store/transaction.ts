import type Database from 'better-sqlite3'
import type { EventId } from '#shared/domain/ids.ts'
import type { Connection } from './open.ts'

type Parameter = string | number | bigint | Uint8Array | null
export type Statement = Database.Statement<Parameter[]>

/** What one commit changed, for those who watch. */
export interface CommitNotes {
  readonly events: Set<EventId>
  /** Connections that have deliveries which may be ready now. */
  readonly ready: Set<string>
  /** There are events that wait to be routed. */
  unrouted: boolean
  health: boolean
}

export function emptyNotes(): CommitNotes {
  return { events: new Set(), ready: new Set(), unrouted: false, health: false }
}

/**
 * One unit of work inside a group commit: prepared statements by their text, and notes on what it changed.
 *
 * Statements are kept by text, so SQL must be constant; values go in as parameters.
 */
export class Transaction {
  readonly notes: CommitNotes
  readonly #db: Connection
  readonly #statements: Map<string, Statement>

  constructor(db: Connection, statements: Map<string, Statement>, notes: CommitNotes) {
    this.#db = db
    this.#statements = statements
    this.notes = notes
  }

  /** Changes rows; answers how many, and the id of the last one inserted. */
  run(sql: string, ...parameters: readonly Parameter[]): { changes: number; lastInsertRowid: number } {
    const result = this.#statement(sql).run(...parameters)
    return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) }
  }

  get<Row>(sql: string, ...parameters: readonly Parameter[]): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined
  }

  all<Row>(sql: string, ...parameters: readonly Parameter[]): Row[] {
    return this.#statement(sql).all(...parameters) as Row[]
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare<Parameter[]>(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
