import Database from 'better-sqlite3'
import { indexEvents } from '#main/store/search-index.ts'
import { Store } from '#main/store/store.ts'

export interface BigDatabase {
  readonly events: number
  /** Of the events, the newest so many have a delivery that waits for its turn; the others were delivered. */
  readonly pending: number
  /** When the newest event came in, ms since 1970; the others lie a second apart before it. */
  readonly newestAt: number
}

/**
 * Fills a database with years of work in one go: events, bodies, dedupe keys, deliveries with attempts, the ledger of writes.
 *
 * It is written past the store and without flushing, so that a million events take seconds; nothing but its content is to be tested.
 */
export async function fillDatabase(file: string, { events, pending, newestAt }: BigDatabase): Promise<void> {
  await new Store(file).close()
  const db = new Database(file)
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('cache_size = -400000')
  db.function('body_of', { deterministic: true }, (n: unknown) => bodyOf(Number(n)))
  db.transaction(() => {
    const numbers = `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${events})`
    const doneUpTo = events - pending
    for (const insert of inserts(events, doneUpTo, newestAt)) db.exec(insert.replace('NUMBERS', numbers))
  })()
  db.pragma('journal_mode = wal')
  db.close()
}

/** Takes into the search index what a relay would have by now, without the rests that it leaves between two steps. */
export async function indexDatabase(file: string): Promise<void> {
  const store = new Store(file)
  for (let taken = 1; taken > 0;) taken = await store.writeLight((tx) => indexEvents(tx, 100))
  await store.close()
}

function inserts(events: number, doneUpTo: number, newestAt: number): readonly string[] {
  const at = `(${newestAt} - (${events} - n) * 1000)`
  const isDone = `n <= ${doneUpTo}`
  const version = `strftime('%Y-%m-%dT%H:%M:%fZ', ${at} / 1000.0, 'unixepoch')`
  return [
    `insert into events (id, source_id, via, system, entity, record_id, action, title, version, own_mark, fields_kind, verified_by,
       received_at, size, state, routed_at, ended_at)
     NUMBERS select n, 'salesforce', 'webhook', 'salesforce', 'Account', printf('001%012d', n / 4), 'updated', 'Company ' || (n / 4),
       ${version}, 0, 'full', 'Hookdeck signature', ${at}, length(body_of(n)), iif(${isDone}, 'delivered', 'open'), ${at},
       iif(${isDone}, ${at}, null) from numbers`,
    `insert into payloads (event_id, content_type, headers, body, content)
     NUMBERS select n, 'application/json', '{"user-agent":"Flow"}', cast(body_of(n) as blob), body_of(n) from numbers`,
    `insert into dedupe_keys (key, event_id) NUMBERS select printf('hookdeck:evt_%016x', n * 2654435761), n from numbers`,
    `insert into deliveries (id, event_id, route_id, connection_id, lane, head, state, priority, available_at, result, note,
       destination_entity, destination_id, idempotency_key, mode, created_at, ended_at, attempt_count)
     NUMBERS select n, n, 'account-to-company', 'connectwise', 'salesforce:Account:' || printf('001%012d', n / 4),
       iif(${isDone}, 1, n = ${doneUpTo + 1} or n % 4 = 0), iif(${isDone}, 'delivered', 'pending'), 0, ${at},
       iif(${isDone}, 'updated', null), iif(${isDone}, 'Updated the company.', null), 'companies', n / 4, printf('key-%d', n),
       'live', ${at}, iif(${isDone}, ${at}, null), iif(${isDone}, 1, 0) from numbers`,
    `insert into attempts (delivery_id, number, started_at, duration_ms, result, mapping_id, mapping_version, detail)
     NUMBERS select n, 1, ${at}, 12.5, 'succeeded', 'account-company', 1, json_object('sourceValues', json(body_of(n)), 'changes', json('[]'),
       'steps', json('[]'), 'exchanges', json('[]')) from numbers where ${isDone}`,
    `insert into writes (system, entity, record_id, version, delivery_id, written_at)
     NUMBERS select 'connectwise', 'companies', n / 4, ${version}, n, ${at} from numbers where ${isDone}`,
    `insert into source_counts (source_id, events, rejections, last_event_at) values ('salesforce', ${events}, 0, ${newestAt})`,
  ]
}

/** A body of the usual size. */
function bodyOf(n: number): string {
  return JSON.stringify({
    Id: `001${n}`,
    Name: `Company ${n}`,
    Phone: '+1 312 555 0100',
    Description: 'x'.repeat(n % 400),
  })
}
