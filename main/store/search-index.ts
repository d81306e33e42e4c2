import type { Transaction } from './transaction.ts'

/** The newest events stay out of the index until they have settled: most change once or twice soon after they came. They are scanned. */
export const unindexed = 2_000

/** Pages merged after each step, so that the index stays small and no step has to make up for many. */
const mergedPages = 32

/** What is to be found of an event: its record, what became of it, and the failures that stand. One place, so that all agree on it. */
export const searchedColumns = ['record_id', 'entity', 'title', 'note'] as const

const text = `${searchedColumns.map((column) => `coalesce(e.${column}, '')`).join(' || char(10) || ')} || char(10) || coalesce((
  select group_concat(d.failure_code || char(10) || d.failure_sentence, char(10)) from deliveries d indexed by deliveries_failed
  where d.event_id = e.id and d.failure is not null and d.replayed_by is null), '')`

/** Whether events wait to be indexed. */
export function hasUnindexed(tx: Transaction): boolean {
  const row = tx.get<{ waits: number }>(
    `select exists (select 1 from search_stale) or
       coalesce((select max(id) from events), 0) - ${unindexed} > (select up_to from search_progress) as waits`,
  )
  return row?.waits === 1
}

/**
 * Takes up to `limit` events into the search index: first those that have changed, then the oldest that are not in it. Answers how many.
 *
 * How far it has come is a row, so that a crash costs nothing but the step it interrupts.
 */
export function indexEvents(tx: Transaction, limit: number): number {
  const stale = tx.all<{ id: number }>('select event_id as id from search_stale order by event_id desc limit ?', limit)
  for (const { id } of stale) {
    tx.run('delete from event_search where rowid = ?', id)
    index(tx, id)
    tx.run('delete from search_stale where event_id = ?', id)
  }
  const fresh = tx.all<{ id: number; at: number }>(
    `select id, received_at as at from events where id > (select up_to from search_progress)
       and id <= (select max(id) from events) - ${unindexed} order by id limit ?`,
    limit - stale.length,
  )
  for (const { id, at } of fresh) {
    index(tx, id)
    tx.run(
      `insert into event_blocks (block, first_at, last_at) values (cast(? as integer) / 1000, ?, ?)
       on conflict do update set first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
      id,
      at,
      at,
    )
  }
  const last = fresh.at(-1)
  if (last !== undefined) tx.run('update search_progress set up_to = ?', last.id)
  if (stale.length + fresh.length > 0)
    tx.run(`insert into event_search (event_search, rank) values ('merge', ${mergedPages})`)
  return stale.length + fresh.length
}

function index(tx: Transaction, id: number): void {
  tx.run(`insert into event_search (rowid, text) select e.id, ${text} from events e where e.id = ?`, id)
}
