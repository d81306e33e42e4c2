import type { Transaction } from './transaction.ts'

/** What one step took away. */
export interface Pruned {
  readonly events: number
  /** Rows of rejections, of the ledger of our own writes and of the audit log. */
  readonly others: number
}

/** Bytes of bodies that one step takes away at most: each of their pages is touched. One larger body is a step of its own. */
const bytesPerStep = 8 * 1024 * 1024

interface OldEvent {
  id: number
  source_id: string
  size: number
}

/**
 * Takes away up to `limit` of the events that ended before `before` (ms since 1970), the longest ended first, with their bodies,
 * deliveries, attempts, duplicates and dedupe keys.
 *
 * An event with a delivery that has not ended stays, whatever its age, as does one that is kept as a test case. The counts of its source go down with it.
 */
export function pruneEvents(tx: Transaction, before: number, limit: number): number {
  const old = tx.all<OldEvent>(
    `select e.id, e.source_id, e.size from events e
     where e.ended_at < ?
       and not exists (select 1 from samples s where s.event_id = e.id)
       and not exists (select 1 from deliveries d where d.event_id = e.id and d.state in ('pending', 'leased', 'waiting', 'parked'))
     order by e.ended_at limit ?`,
    before,
    limit,
  )
  let bytes = 0
  let taken = 0
  for (const { id, source_id, size } of old) {
    if (taken > 0 && bytes + size > bytesPerStep) break
    tx.run('delete from events where id = ?', id)
    tx.run('update source_counts set events = max(events - 1, 0) where source_id = ?', source_id)
    bytes += size
    taken += 1
  }
  if (taken > 0) tx.notes.health = true
  return taken
}

/** Takes away up to `limit` rows of each kind that is no event, older than `before`. */
export function pruneOthers(tx: Transaction, before: number, limit: number): number {
  const refused = tx.all<{ source_id: string; count: number }>(
    `delete from rejections where id in (select id from rejections where received_at < ? order by received_at limit ?)
     returning source_id, count`,
    before,
    limit,
  )
  for (const { source_id, count } of refused)
    tx.run('update source_counts set rejections = max(rejections - ?, 0) where source_id = ?', count, source_id)
  const ledger = tx.run(
    'delete from writes where id in (select id from writes where written_at < ? order by written_at limit ?)',
    before,
    limit,
  )
  const audit = tx.run(
    'delete from audit where id in (select id from audit where at < ? order by at limit ?)',
    before,
    limit,
  )
  if (refused.length > 0) tx.notes.health = true
  return refused.length + ledger.changes + audit.changes
}
