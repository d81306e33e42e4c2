import { cancel } from '#main/queue/queue.ts'
import { matchTerm, wantedStates } from '#main/store/replay-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId, EventId, ReplayId } from '#shared/domain/ids.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import { refreshEvent } from './event-state.ts'
import { findAbsent } from './replay-absent.ts'
import { candidateSql, loadCandidate, makeReplay, refusalReason, type Candidate } from './replay-candidate.ts'
import { noteItem } from './replay-items.ts'

/** Deliveries of a route that are made again at once; more than that are worked off in the background. */
const mostAtOnce = 10_000

/** Whether an order asks for more deliveries than can be made in one transaction. */
export function asksForMany(tx: Transaction, { routeId, states }: ReplayRequest): boolean {
  if (routeId === undefined) return false
  const { sql, values } = matchTerm(tx, { routeId, states })
  const many = `select 1 from deliveries d join events e on e.id = d.event_id where ${sql} limit 1 offset ${mostAtOnce}`
  return tx.get(many, ...values) !== undefined
}

/** Who ordered something, and when (ms since 1970). */
export interface Order {
  readonly who: string
  readonly at: number
}

/**
 * Orders ended deliveries to be made again at once: a new delivery for each, naming the old one, which stays as it is.
 *
 * One that has not ended, or was replayed already, is refused with a reason. Nothing is swallowed: what was asked for is either made
 * or stands in `refused`.
 */
export function orderReplay(tx: Transaction, request: ReplayRequest, { who, at }: Order): ReplayReceipt {
  const accepted: Candidate[] = []
  const refused = findAbsent(tx, request)
  for (const candidate of candidates(tx, request)) {
    const reason = refusalReason(tx, candidate) ?? editedUndo(candidate, request)
    if (reason === null) accepted.push(candidate)
    else refused.push({ deliveryId: candidate.id, eventId: candidate.event_id, reason })
  }
  const replayId = tx.run(
    'insert into replays (created_at, who, mode, note, total) values (?, ?, ?, ?, ?)',
    at,
    who,
    request.mode,
    request.note,
    accepted.length,
  ).lastInsertRowid as ReplayId
  const deliveryIds = accepted.map((candidate) => {
    const madeId = makeReplay(tx, candidate, { replayId, mode: request.mode, payload: request.payload }, at)
    noteItem(tx, replayId, candidate.id, madeId)
    return madeId
  })
  tx.notes.health = true
  return { replayId, deliveryIds, refused }
}

function candidates(tx: Transaction, request: ReplayRequest): Candidate[] {
  const found = new Map<DeliveryId, Candidate>()
  for (const id of request.deliveryIds ?? []) {
    const row = loadCandidate(tx, id)
    if (row !== undefined) found.set(id, row)
  }
  const wanted = `d.state in (select value from json_each(?)) and d.replayed_by is null and d.mode <> 'undo'`
  const states = JSON.stringify(wantedStates(request))
  for (const id of request.eventIds ?? []) {
    for (const row of tx.all<Candidate>(`${candidateSql} where d.event_id = ? and ${wanted}`, id, states))
      found.set(row.id, row)
  }
  if (request.routeId !== undefined) {
    const rows = tx.all<Candidate>(
      `${candidateSql} where d.route_id = ? and ${wanted} order by d.id limit ${mostAtOnce}`,
      request.routeId,
      states,
    )
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].toSorted((a, b) => a.id - b.id)
}

/** What an undo writes is what stood there before; there is nothing in it to be edited. */
function editedUndo({ mode }: Candidate, request: ReplayRequest): string | null {
  if (mode !== 'undo' || request.mode !== 'edited') return null
  return 'It is an undo, which writes what stood there before: replay it without edited values.'
}

/** Gives up a delivery that nobody works on right now. Answers null when done, else why not. */
export function cancelDelivery(
  tx: Transaction,
  id: DeliveryId,
  reason: string,
  now: number,
): 'not-found' | 'busy-or-ended' | null {
  const row = tx.get<{ event_id: EventId }>('select event_id from deliveries where id = ?', id)
  if (row === undefined) return 'not-found'
  if (!cancel(tx, id, now)) return 'busy-or-ended'
  tx.run('update deliveries set note = ? where id = ?', `Cancelled: ${reason}`, id)
  refreshEvent(tx, row.event_id, now)
  return null
}
