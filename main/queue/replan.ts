import type { Transaction } from '#main/store/transaction.ts'

/** Deliveries looked at in one step. */
const perStep = 1_000

/** A walk over the deliveries that wait, in the order of their ids. */
export interface Replanning {
  /** Where the next step begins. */
  readonly after: number
  /** The newest delivery from before the clock was set; later ones have right times. */
  readonly last: number
}

/** Begins to re-plan: everything queued so far is to be looked at. */
export function beginReplanning(tx: Transaction): Replanning {
  return { after: 0, last: tx.get<{ id: number }>('select id from deliveries order by id desc limit 1')?.id ?? 0 }
}

/**
 * One step after the clock was set back by `backMs`: what would have to wait until the clock is there again becomes due as long from
 * now as it was meant to. Answers how to go on; null when all is done.
 */
export function replanStep(tx: Transaction, walk: Replanning, now: number, backMs: number): Replanning | null {
  const rows = tx.all<{ id: number; available_at: number; connection_id: string }>(
    `select id, available_at, connection_id from deliveries
     where id in (
       select id from (select id from deliveries where state = 'pending' and id > ? and id <= ? order by id limit ${perStep})
       union all
       select id from (select id from deliveries where state = 'waiting' and id > ? and id <= ? order by id limit ${perStep}))
     order by id limit ${perStep}`,
    walk.after,
    walk.last,
    walk.after,
    walk.last,
  )
  for (const row of rows) {
    if (row.available_at <= now) continue
    tx.run('update deliveries set available_at = ? where id = ?', row.available_at - backMs, row.id)
    tx.notes.ready.add(row.connection_id)
  }
  const reached = rows.at(-1)
  return reached === undefined || rows.length < perStep ? null : { ...walk, after: reached.id }
}

/** Moves the ends of all leases with the clock: they run for as long as was meant, whatever it was set to. */
export function shiftLeases(tx: Transaction, byMs: number): void {
  tx.run(`update deliveries set lease_until = lease_until + ? where state = 'leased'`, byMs)
}

/** How far the clock lies behind the newest rows (ms): it was set back while nobody watched. 0 when it does not. */
export function clockLag(tx: Transaction, now: number): number {
  const row = tx.get<{ newest: number | null }>(
    `select max((select received_at from events order by id desc limit 1),
       coalesce((select created_at from deliveries order by id desc limit 1), 0)) as newest`,
  )
  return Math.max(0, (row?.newest ?? 0) - now)
}
