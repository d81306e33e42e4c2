import { echoNote } from '#main/store/own-writes.ts'
import type { Measure, Transaction } from '#main/store/transaction.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Outcome } from './record.ts'

interface Row {
  readonly route_id: string
  readonly connection_id: string
  readonly source_id: string
  readonly since: number
}

/** Has an outcome counted once its commit stands. `isTry`: something was really tried. */
export function measureOutcome(tx: Transaction, id: DeliveryId, outcome: Outcome, isTry: boolean, now: number): void {
  const what = countedAs(outcome, isTry)
  if (what.length === 0) return
  // A replay counts from its order: the event may be a year old.
  const row = tx.get<Row>(
    `select d.route_id, d.connection_id, e.source_id, iif(d.mode = 'live', e.received_at, d.created_at) as since
     from deliveries d join events e on e.id = d.event_id where d.id = ?`,
    id,
  )
  if (row === undefined) return
  const about = { sourceId: row.source_id, routeId: row.route_id, connectionId: row.connection_id }
  const took = outcome.kind === 'delivered' ? { tookMs: Math.max(0, now - row.since) } : {}
  for (const one of what) tx.notes.measures.push({ what: one, ...about, ...took })
}

function countedAs(outcome: Outcome, isTry: boolean): readonly Measure['what'][] {
  switch (outcome.kind) {
    case 'delivered':
      return [outcome.result === 'created' || outcome.result === 'updated' ? 'delivered' : 'unchanged']
    case 'skipped':
      return [outcome.note === echoNote ? 'echoes' : 'skipped']
    case 'unlinked':
      return ['skipped']
    case 'moved':
      return outcome.rest === 'done' ? ['skipped'] : []
    case 'failed':
      if (outcome.next.state === 'dead') return isTry ? ['failures', 'dead'] : ['dead']
      return isTry ? ['failures', 'retries'] : []
    case 'parked':
    case 'joined':
    case 'again':
    case 'held':
      return []
  }
}
