import type { QueueHealth } from '#shared/domain/health.ts'
import type { Transaction } from './transaction.ts'

/** How many deliveries stand where. Counts only what has not ended or is dead: the long tail of ended ones is never scanned. */
export function countQueue(tx: Transaction): QueueHealth {
  const rows = tx.all<{ state: 'pending' | 'leased' | 'waiting' | 'parked'; count: number }>(
    `select state, count(*) as count from deliveries where state in ('pending', 'leased', 'waiting', 'parked') group by state`,
  )
  const counts = { pending: 0, leased: 0, waiting: 0, parked: 0 }
  for (const row of rows) counts[row.state] = row.count
  const dead = tx.get<{ count: number }>(
    `select count(*) as count from deliveries indexed by deliveries_dead where state = 'dead' and replayed_by is null`,
  )
  const oldest = tx.get<{ at: number | null }>(
    `select min(at) as at from (
       select (select created_at from deliveries where state = one.state order by id limit 1) as at
       from (select 'pending' as state union all select 'leased' union all select 'waiting' union all select 'parked') one)`,
  )
  return { ...counts, dead: dead?.count ?? 0, oldestOpenAt: oldest?.at ?? null }
}

/** How many deliveries wait for a connection. */
export function countWaitingFor(tx: Transaction, connectionId: string): number {
  const row = tx.get<{ count: number }>(
    `select count(*) as count from deliveries where connection_id = ? and head = 1 and state in ('pending', 'waiting')`,
    connectionId,
  )
  return row?.count ?? 0
}

export interface SourceCounts {
  readonly events: number
  readonly rejections: number
  readonly lastEventAt: number | null
}

export function countSource(tx: Transaction, sourceId: string): SourceCounts {
  const row = tx.get<{ events: number; rejections: number; last_event_at: number | null }>(
    'select events, rejections, last_event_at from source_counts where source_id = ?',
    sourceId,
  )
  return { events: row?.events ?? 0, rejections: row?.rejections ?? 0, lastEventAt: row?.last_event_at ?? null }
}

/** Adds the events that a transaction has noted to the counts of their sources. */
export function addArrivals(tx: Transaction): void {
  for (const [sourceId, { events, lastEventAt }] of tx.notes.arrivals) {
    tx.run(
      `insert into source_counts (source_id, events, rejections, last_event_at) values (?, ?, 0, ?)
       on conflict do update set events = events + excluded.events, last_event_at = excluded.last_event_at`,
      sourceId,
      events,
      lastEventAt,
    )
  }
  tx.notes.arrivals.clear()
}
