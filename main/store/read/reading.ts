import type Database from 'better-sqlite3'
import type { Connection } from '../open.ts'

/** What may be bound to a place in a statement. */
export type SqlValue = string | number | null

/** A read-only connection with its prepared statements, kept by their text: values are bound, never written into SQL. */
export class Reading {
  readonly #db: Connection
  readonly #statements = new Map<string, Database.Statement<SqlValue[]>>()

  constructor(db: Connection) {
    this.#db = db
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[]
  }

  /** Runs `work` on one unchanging view of the database, so that what it reads fits together. */
  together<T>(work: () => T): T {
    return this.#db.transaction(work)()
  }

  #statement(sql: string): Database.Statement<SqlValue[]> {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare<SqlValue[]>(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
