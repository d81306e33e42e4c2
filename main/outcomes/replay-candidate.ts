import { randomUUID } from 'node:crypto'
import { laneOf } from '#main/queue/lanes.ts'
import { enqueue } from '#main/queue/queue.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { priority, type DeliveryState } from '#shared/domain/delivery.ts'
import type { ConnectionId, DeliveryId, EventId, ReplayId, RouteId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'
import { replayableState, type ReplayKind } from '#shared/domain/replay.ts'
import { refreshEvent } from './event-state.ts'

/** A delivery that is to be made again or undone. */
export interface Candidate {
  id: DeliveryId
  event_id: EventId
  route_id: RouteId
  connection_id: ConnectionId
  state: DeliveryState
  mode: string
  undo_of: DeliveryId | null
  replayed_by: DeliveryId | null
  mapping_version: number | null
  last_version: number | null
  system: SystemName
  entity: string
  record_id: string
}

/** What of a replay's order says how its deliveries are made. */
export interface MakeOrder {
  readonly replayId: ReplayId
  readonly mode: ReplayKind
  readonly payload?: Values | undefined
}

/** Reads candidates; to be followed by a where clause about `d`. */
export const candidateSql = `select d.id, d.event_id, d.route_id, d.connection_id, d.state, d.mode, d.undo_of, d.replayed_by, d.mapping_version,
  (select mapping_version from attempts a where a.delivery_id = d.id order by number desc limit 1) as last_version,
  e.system, e.entity, e.record_id from deliveries d join events e on e.id = d.event_id`

export function loadCandidate(tx: Transaction, id: DeliveryId): Candidate | undefined {
  return tx.get<Candidate>(`${candidateSql} where d.id = ?`, id)
}

/** Why a delivery can't be made again; null when it can. */
export function refusalReason(tx: Transaction, candidate: Candidate): string | null {
  if (candidate.replayed_by !== null) return `It was replayed already, by delivery ${candidate.replayed_by}.`
  if (!hasEnded(candidate.state)) return notEnded
  const hasRoute = tx.get('select 1 from routes where id = ?', candidate.route_id) !== undefined
  return hasRoute ? null : `The route ${candidate.route_id} is not there any more.`
}

export const notEnded = 'It has not ended yet; Patchbay is still working on it.'

export function hasEnded(state: DeliveryState): boolean {
  return (replayableState.options as readonly DeliveryState[]).includes(state)
}

/** Makes the new delivery for a candidate; the candidate stays as it is and names it. An undo that failed is made again as such. */
export function makeReplay(tx: Transaction, candidate: Candidate, order: MakeOrder, now: number): DeliveryId {
  const isUndo = candidate.mode === 'undo'
  const version = order.mode === 'as-received' ? (candidate.mapping_version ?? candidate.last_version) : null
  const id = put(tx, candidate, { ...order, mode: isUndo ? 'undo' : order.mode }, version, now)
  tx.run(
    'update deliveries set replay_of = ?, undo_of = ?, edited = ? where id = ?',
    candidate.id,
    candidate.undo_of,
    order.payload === undefined || isUndo ? null : JSON.stringify(order.payload),
    id,
  )
  tx.run('update deliveries set replayed_by = ? where id = ?', id, candidate.id)
  refreshEvent(tx, candidate.event_id, now)
  return id
}

/** Makes the delivery that takes a candidate's write back. */
export function makeUndo(tx: Transaction, candidate: Candidate, replayId: ReplayId, now: number): DeliveryId {
  const id = put(tx, candidate, { replayId, mode: 'undo' }, candidate.last_version, now)
  tx.run('update deliveries set undo_of = ? where id = ?', candidate.id, id)
  refreshEvent(tx, candidate.event_id, now)
  return id
}

function put(
  tx: Transaction,
  candidate: Candidate,
  order: MakeOrder,
  mappingVersion: number | null,
  now: number,
): DeliveryId {
  return enqueue(tx, {
    eventId: candidate.event_id,
    routeId: candidate.route_id,
    connectionId: candidate.connection_id,
    lane: laneOf(tx, { system: candidate.system, entity: candidate.entity, id: candidate.record_id }),
    priority: priority.replay,
    mode: order.mode,
    idempotencyKey: randomUUID(),
    createdAt: now,
    replayId: order.replayId,
    ...(mappingVersion === null ? {} : { mappingVersion }),
  })
}
