import { unpark } from '#main/queue/queue.ts'
import { listOpenFields, saveChoices } from '#main/store/conflicts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import { isMassCode } from '#shared/domain/failure-group.ts'
import type { DeliveryId, EventId, SourceId } from '#shared/domain/ids.ts'
import { refreshEvent } from './event-state.ts'
import { laneSubject } from './guards.ts'
import { unlinkSubject } from './unlink-guard.ts'

/** Who orders something, and when (ms since 1970). */
export interface Order {
  readonly who: string
  readonly at: number
}

/** Why an order can't be carried out. */
export interface Unfit {
  readonly code: 'NOT_FOUND' | 'CONFLICT' | 'INVALID'
  readonly reason: string
}

interface ParkedRow {
  readonly event_id: EventId
  readonly source_id: SourceId
  readonly lane: string
  readonly state: string
  readonly code: string | null
}

/**
 * Takes a person's choices for a parked delivery and sends it on: the values chosen are written like any others. Every field
 * that waits has to be decided. Answers null when done.
 */
export function resolveConflict(tx: Transaction, id: DeliveryId, choices: Choices, order: Order): Unfit | null {
  const row = loadParked(tx, id)
  if ('reason' in row) return row
  const open = listOpenFields(tx, id)
  if (open.length === 0) return { code: 'CONFLICT', reason: 'There is nothing to choose for this delivery.' }
  const missing = open.find((field) => choices[field] === undefined)
  if (missing !== undefined) return { code: 'INVALID', reason: `Choose a value for ${missing} too.` }
  const foreign = Object.keys(choices).find((field) => !open.includes(field))
  if (foreign !== undefined)
    return { code: 'INVALID', reason: `${foreign} does not wait for a choice. What does: ${open.join(', ')}.` }
  saveChoices(tx, id, choices, order)
  if (row.code === 'PING_PONG') noteRelease(tx, laneSubject(row.lane), order.at)
  sendOn(tx, id, row.event_id, `${order.who} has chosen; it is on its way again.`, order.at)
  return null
}

/**
 * Lets a parked delivery go on as it is; where very many links would end at once, all of its source that is held for that. Answers how many were released.
 * A conflict is not released but resolved: without a choice it would only be parked again.
 */
export function releaseParked(tx: Transaction, id: DeliveryId, order: Order): number | Unfit {
  const row = loadParked(tx, id)
  if ('reason' in row) return row
  const note = `Released by ${order.who}.`
  if (row.code === 'CONFLICT')
    return { code: 'CONFLICT', reason: 'Both systems changed the same field: choose which value stays instead.' }
  if (!isMassCode(row.code)) {
    noteRelease(tx, laneSubject(row.lane), order.at)
    tx.run('delete from conflicts where delivery_id = ? and choice is null', id)
    sendOn(tx, id, row.event_id, note, order.at)
    return 1
  }
  noteRelease(tx, unlinkSubject(row.code, row.source_id), order.at)
  const alike = tx.all<{ id: DeliveryId; event_id: EventId }>(
    `select d.id, d.event_id from deliveries d indexed by deliveries_parked join events e on e.id = d.event_id
     where d.state = 'parked' and d.failure_code = ? and e.source_id = ? order by d.id`,
    row.code,
    row.source_id,
  )
  for (const one of alike) sendOn(tx, one.id, one.event_id, note, order.at)
  return alike.length
}

function loadParked(tx: Transaction, id: DeliveryId): ParkedRow | Unfit {
  const row = tx.get<ParkedRow>(
    `select d.event_id, d.lane, d.state, json_extract(d.failure, '$.code') as code, e.source_id
     from deliveries d join events e on e.id = d.event_id where d.id = ?`,
    id,
  )
  if (row === undefined) return { code: 'NOT_FOUND', reason: `There is no delivery ${id}.` }
  return row.state === 'parked' ? row : { code: 'CONFLICT', reason: 'It is not parked (any more).' }
}

function noteRelease(tx: Transaction, subject: string, at: number): void {
  tx.run(
    `insert into releases (subject, released_at) values (?, ?)
     on conflict do update set released_at = excluded.released_at`,
    subject,
    at,
  )
}

function sendOn(tx: Transaction, id: DeliveryId, eventId: EventId, note: string, now: number): void {
  if (!unpark(tx, id, now)) return
  tx.run('update deliveries set note = ?, failure = null where id = ?', note, id)
  refreshEvent(tx, eventId, now)
}
