import { randomUUID } from 'node:crypto'
import { laneOf } from '#main/queue/lanes.ts'
import { cancel, enqueue } from '#main/queue/queue.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { priority, type DeliveryState } from '#shared/domain/delivery.ts'
import type { ConnectionId, DeliveryId, EventId, ReplayId, RouteId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { ReplayReceipt, ReplayRequest } from '#shared/domain/replay.ts'
import { refreshEvent } from './event-state.ts'

interface Candidate {
  id: DeliveryId
  event_id: EventId
  route_id: RouteId
  connection_id: ConnectionId
  state: DeliveryState
  replayed_by: DeliveryId | null
  mapping_version: number | null
  last_version: number | null
  system: SystemName
  entity: string
  record_id: string
}

const columns = `d.id, d.event_id, d.route_id, d.connection_id, d.state, d.replayed_by, d.mapping_version,
  (select mapping_version from attempts a where a.delivery_id = d.id order by number desc limit 1) as last_version,
  e.system, e.entity, e.record_id from deliveries d join events e on e.id = d.event_id`

/**
 * Orders ended deliveries to be made again: a new delivery for each, naming the old one, which stays as it is.
 *
 * One that has not ended, or was replayed already, is refused with a reason. Nothing is swallowed: each one asked for is either in
 * `deliveryIds` or in `refused`.
 */
export function orderReplay(tx: Transaction, request: ReplayRequest, now: number): ReplayReceipt {
  const accepted: Candidate[] = []
  const refused: ReplayReceipt['refused'] = []
  for (const candidate of candidates(tx, request, refused)) {
    const reason = refusalReason(candidate)
    if (reason === null) accepted.push(candidate)
    else refused.push({ deliveryId: candidate.id, reason })
  }
  const replayId = tx.run(
    'insert into replays (created_at, mode, note, total) values (?, ?, ?, ?)',
    now,
    request.mode,
    request.note,
    accepted.length,
  ).lastInsertRowid as ReplayId
  const deliveryIds = accepted.map((candidate) => replayOne(tx, candidate, replayId, request, now))
  tx.notes.health = true
  return { replayId, deliveryIds, refused }
}

function candidates(tx: Transaction, request: ReplayRequest, refused: ReplayReceipt['refused']): Candidate[] {
  const found = new Map<DeliveryId, Candidate>()
  for (const id of request.deliveryIds ?? []) {
    const row = tx.get<Candidate>(`select ${columns} where d.id = ?`, id)
    if (row === undefined) refused.push({ deliveryId: id, reason: 'There is no such delivery.' })
    else found.set(id, row)
  }
  const dead = `d.state = 'dead' and d.replayed_by is null`
  for (const id of request.eventIds ?? []) {
    for (const row of tx.all<Candidate>(`select ${columns} where d.event_id = ? and ${dead}`, id))
      found.set(row.id, row)
  }
  if (request.routeId !== undefined) {
    const rows = tx.all<Candidate>(
      `select ${columns} where d.route_id = ? and ${dead} order by d.id limit 10000`,
      request.routeId,
    )
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].toSorted((a, b) => a.id - b.id)
}

function refusalReason(candidate: Candidate): string | null {
  if (candidate.replayed_by !== null) return `It was replayed already, by delivery ${candidate.replayed_by}.`
  const ended: readonly DeliveryState[] = ['dead', 'delivered', 'skipped', 'cancelled']
  return ended.includes(candidate.state) ? null : 'It has not ended yet; Patchbay is still working on it.'
}

function replayOne(
  tx: Transaction,
  candidate: Candidate,
  replayId: ReplayId,
  request: ReplayRequest,
  now: number,
): DeliveryId {
  const version = request.mode === 'as-received' ? (candidate.mapping_version ?? candidate.last_version) : null
  const id = enqueue(tx, {
    eventId: candidate.event_id,
    routeId: candidate.route_id,
    connectionId: candidate.connection_id,
    lane: laneOf(tx, { system: candidate.system, entity: candidate.entity, id: candidate.record_id }),
    priority: priority.replay,
    mode: request.mode,
    idempotencyKey: randomUUID(),
    createdAt: now,
    replayId,
    replayOf: candidate.id,
    ...(version === null ? {} : { mappingVersion: version }),
  })
  tx.run('update deliveries set replayed_by = ? where id = ?', id, candidate.id)
  refreshEvent(tx, candidate.event_id, now)
  return id
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
