import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** A change that the triggers of the real database would queue. */
export interface QueuedChange {
  readonly entity: string
  readonly recId: number
  readonly action: 'added' | 'updated' | 'deleted'
  readonly changedBy: string
}

/** A leased row; instants are ms since 1970. */
export interface LeasedRow {
  readonly id: string
  readonly entity: string | null
  readonly rec_id: number | null
  readonly action: string | null
  readonly changed_at: number | null
  readonly changed_by: string | null
  readonly attempts: number
}

export interface QueueCounts {
  readonly pending: number
  readonly leased: number
  readonly dead: number
  readonly oldest_at: number | null
}

/** Stands for `patchbay.event_queue` of install.sql; `place` gives rows of one instant the order they were added in. */
const table = /* sql */ `
create table if not exists patchbay_event_queue (
  place integer primary key autoincrement,
  id text not null unique,
  entity text,
  rec_id integer,
  action text,
  changed_at integer,
  changed_by text,
  status text not null default 'pending',
  attempts integer not null default 0,
  available_at integer,
  lease_until integer,
  lease_token text,
  last_error text
) strict;
create index if not exists patchbay_event_queue_by_age on patchbay_event_queue (status, changed_at, place);
create index if not exists patchbay_event_queue_by_lease on patchbay_event_queue (lease_token);
`

/** The condition that install.sql writes out in `patchbay.lease_events`. */
const free = `status = 'pending' and (available_at is null or available_at <= @now) and (lease_until is null or lease_until <= @now)`

/** The queue behind the simulated server: the meaning of install.sql's procedures, in SQLite. `now` is ms since 1970. */
export class EventQueue {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.exec(table)
  }

  add(change: QueuedChange, now: number): void {
    this.#database
      .prepare(
        `insert into patchbay_event_queue (id, entity, rec_id, action, changed_at, changed_by)
         values (@id, @entity, @recId, @action, @now, @changedBy)`,
      )
      .run({ ...change, id: newGuid(), now })
  }

  /** The oldest free rows, now under a lease of their own. */
  lease(batchSize: number, leaseSeconds: number, now: number): { token: string; rows: LeasedRow[] } {
    const token = newGuid()
    const until = now + leaseSeconds * 1_000
    this.#database
      .prepare(
        `update patchbay_event_queue set lease_token = @token, lease_until = @until, attempts = attempts + 1
         where place in (select place from patchbay_event_queue where ${free} order by changed_at, place limit @batchSize)`,
      )
      .run({ token, until, now, batchSize })
    const rows = this.#database
      .prepare<[string], LeasedRow>(
        `select id, entity, rec_id, action, changed_at, changed_by, attempts
         from patchbay_event_queue where lease_token = ? order by changed_at, place`,
      )
      .all(token)
    return { token, rows }
  }

  /** Removes those of the rows that are still under this lease; answers with how many. */
  acknowledge(token: string, ids: readonly string[]): number {
    return this.#database
      .prepare(
        `delete from patchbay_event_queue
         where lease_token = @token and status = 'pending' and id in (select upper(value) from json_each(@ids))`,
      )
      .run({ token, ids: JSON.stringify(ids) }).changes
  }

  /** Keeps a row out of further leases, with the reason; 0 when it is not under this lease. */
  setAside(token: string, id: string, error: string | null): number {
    return this.#database
      .prepare(
        `update patchbay_event_queue set status = 'dead', last_error = @error, lease_token = null, lease_until = null
         where id = @id and lease_token = @token and status = 'pending'`,
      )
      .run({ token, id: id.toUpperCase(), error }).changes
  }

  counts(now: number): QueueCounts {
    const counts = this.#database
      .prepare<{ now: number }, QueueCounts>(
        `select
           count(*) filter (where status = 'pending' and (lease_until is null or lease_until <= @now)) as pending,
           count(*) filter (where status = 'pending' and lease_until > @now) as leased,
           count(*) filter (where status = 'dead') as dead,
           min(changed_at) filter (where status = 'pending') as oldest_at
         from patchbay_event_queue`,
      )
      .get({ now })
    return counts ?? { pending: 0, leased: 0, dead: 0, oldest_at: null }
  }
}

function newGuid(): string {
  return randomUUID().toUpperCase()
}
