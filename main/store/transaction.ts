import type Database from 'better-sqlite3'
import type { EventId } from '#shared/domain/ids.ts'
import type { Counted } from '#shared/domain/metrics.ts'
import type { Connection } from './open.ts'

type Parameter = string | number | bigint | Uint8Array | null
export type Statement = Database.Statement<Parameter[]>

/** One of something that figures are kept of, and what it concerns. */
export interface Measure {
  readonly what: Counted
  readonly sourceId?: string
  readonly routeId?: string
  readonly connectionId?: string
  /** ms from the arrival to the end; absent where that says nothing. */
  readonly tookMs?: number
}

/** How many events came from a source, and when the last one did (ms since 1970). */
export interface Arrivals {
  readonly events: number
  readonly lastEventAt: number
}

/** What one commit changed, for those who watch. */
export interface CommitNotes {
  readonly events: Set<EventId>
  /** Connections that have deliveries which may be ready now. */
  readonly ready: Set<string>
  /** There are events that wait to be routed. */
  unrouted: boolean
  health: boolean
  /** Somebody may have to be told something now. */
  notifications: boolean
  /** To be counted once the commit stands. */
  readonly measures: Measure[]
  /** New events by source, until they are added to its counts: once for the whole commit. */
  readonly arrivals: Map<string, Arrivals>
}

export function emptyNotes(): CommitNotes {
  return {
    events: new Set(),
    ready: new Set(),
    unrouted: false,
    health: false,
    notifications: false,
    measures: [],
    arrivals: new Map(),
  }
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
      statement = this.#db.prepare<Parameter[]>(compiledOnce(sql))
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/**
 * SQLite looks at the value bound to `x = ?` beside an `order by`, and to `limit ?`, and compiles the statement anew for each one, which
 * takes ten times as long as running it. Behind a plus, which changes nothing else, it does not look.
 */
function compiledOnce(sql: string): string {
  return sql.replaceAll(/([=<>]|\blimit) \?/gu, '$1 +?')
}
