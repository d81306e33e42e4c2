import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryResult, DeliveryState } from '#shared/domain/delivery.ts'
import type { EventState } from '#shared/domain/event.ts'
import type { DeliveryId, EventId } from '#shared/domain/ids.ts'

/** An event row as a test needs it; what is left out is plausible. */
export interface EventValues {
  readonly sourceId?: string
  readonly system?: 'salesforce' | 'connectwise'
  readonly entity?: string
  readonly recordId?: string
  readonly title?: string | null
  readonly note?: string | null
  readonly state?: EventState
  readonly body?: string | Uint8Array
}

/** Puts an event with its payload and dedupe key into the store. */
export function insertEvent(tx: Transaction, values: EventValues = {}): EventId {
  const body = Buffer.from(values.body ?? '{"Name":"Acme"}')
  const { lastInsertRowid: id } = tx.run(
    `insert into events (source_id, via, system, entity, record_id, action, title, version, occurred_at, actor, own_mark, fields_kind,
       verified_by, received_at, size, state, note)
     values (?, 'webhook', ?, ?, ?, 'updated', ?, '7', 1000, 'jo@acme.test', 0, 'full', 'Hookdeck signature', 2000, ?, ?, ?)`,
    values.sourceId ?? 'salesforce',
    values.system ?? 'salesforce',
    values.entity ?? 'Account',
    values.recordId ?? '001A',
    values.title ?? null,
    body.length,
    values.state ?? 'open',
    values.note ?? null,
  )
  tx.run(
    `insert into payloads (event_id, content_type, headers, body) values (?, 'application/json', '{"user-agent":"Flow"}', ?)`,
    id,
    body,
  )
  tx.run('insert into dedupe_keys (key, event_id) values (?, ?)', `delivery:${id}`, id)
  tx.notes.events.add(id as EventId)
  return id as EventId
}

/** A delivery row as a test needs it. */
export interface DeliveryValues {
  readonly state?: DeliveryState
  readonly result?: DeliveryResult
  readonly routeId?: string
  readonly failure?: object
  readonly replayId?: number
  readonly replayOf?: DeliveryId
}

/** Owes an event to ConnectWise. */
export function insertDelivery(tx: Transaction, eventId: EventId, values: DeliveryValues = {}): DeliveryId {
  const { lastInsertRowid: id } = tx.run(
    `insert into deliveries (event_id, route_id, connection_id, lane, head, state, result, priority, available_at, failure, destination_entity,
       destination_id, idempotency_key, mode, replay_id, replay_of, created_at)
     values (?, ?, 'connectwise', 'lane', 1, ?, ?, 0, 3000, ?, 'company', '42', 'key', 'live', ?, ?, 3000)`,
    eventId,
    values.routeId ?? 'accounts',
    values.state ?? 'dead',
    values.result ?? null,
    values.failure === undefined ? null : JSON.stringify(values.failure),
    values.replayId ?? null,
    values.replayOf ?? null,
  )
  tx.notes.events.add(eventId)
  return id as DeliveryId
}

/** A try at a delivery that was refused by the other side. */
export function insertAttempt(tx: Transaction, deliveryId: DeliveryId, number = 1): void {
  tx.run(
    `insert into attempts (delivery_id, number, started_at, duration_ms, result, failure, mapping_id, mapping_version, detail)
     values (?, ?, 4000, 12.5, 'failed', ?, 'accounts', 1, ?)`,
    deliveryId,
    number,
    JSON.stringify(refusal),
    JSON.stringify({
      sourceValues: { Name: 'Acme' },
      mappedValues: { name: 'Acme' },
      beforeValues: null,
      changes: [{ field: 'name', from: null, to: 'Acme' }],
      steps: [{ step: 'map', durationMs: 1 }],
      exchanges: [],
    }),
  )
}

/** Why that delivery is dead. */
export const refusal = {
  class: 'permanent',
  stage: 'deliver',
  code: 'MissingObject',
  sentence: 'ConnectWise refused the company Acme: the field status is missing.',
  fix: 'Set a default for status in the mapping.',
  field: 'status',
  status: 400,
}
