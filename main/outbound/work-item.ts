import type { Lease } from '#main/queue/queue.ts'
import { loadChoices } from '#main/store/conflicts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Choices } from '#shared/domain/conflict.ts'
import type { EventContent } from '#shared/domain/event.ts'
import type { DeliveryId, EventId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'

/** A leased delivery with the event it is about, as the rows have them. */
export interface WorkItem {
  readonly eventId: EventId
  readonly sourceId: SourceId
  readonly routeId: RouteId
  readonly lane: string
  readonly priority: number
  /** `edited` is told by `event` alone: its values are the person's, to be taken as they came. */
  readonly mode: 'live' | 'as-received' | 'current' | 'undo'
  /** The delivery whose write is to be taken back. */
  readonly undoOf: DeliveryId | null
  readonly idempotencyKey: string
  readonly attemptCount: number
  readonly createdAt: number
  /** The code of the failure that it waits because of; null when there was none. */
  readonly failureCode: string | null
  /** Fixed for a replay as received; null: the newest. */
  readonly mappingVersion: number | null
  /** What earlier tries were about to write when they were cut short or got no answer, oldest first. */
  readonly sentBefore: readonly Values[]
  /** Nothing of this record can be on its way to the other side, as no try went before: not of this delivery and of no older one. */
  readonly isFirst: boolean
  /** What a person has chosen for fields that were parked. */
  readonly choices: Choices | undefined
  readonly event: EventContent & { readonly system: SystemName }
}

interface Row {
  id: DeliveryId
  event_id: EventId
  source_id: SourceId
  route_id: RouteId
  lane: string
  priority: number
  mode: WorkItem['mode'] | 'edited'
  undo_of: DeliveryId | null
  edited: string | null
  idempotency_key: string
  attempt_count: number
  created_at: number
  failure_code: string | null
  mapping_version: number | null
  sent_before: string | null
  is_first: number
  system: SystemName
  entity: string
  record_id: string
  action: EventContent['action']
  title: string | null
  version: string | null
  occurred_at: number | null
  actor: string | null
  own_mark: number
  fields_kind: 'none' | 'part' | 'full'
  content: string | null
}

/** Reads what a worker has to know of a delivery it holds; null when the lease was lost. */
export function loadWorkItem(tx: Transaction, lease: Lease): WorkItem | null {
  const row = tx.get<Row>(
    `${rowSql} where d.id = ? and d.lease_token = ? and d.state = 'leased'`,
    lease.deliveryId,
    lease.token,
  )
  return row === undefined ? null : toItem(row, loadChoices(tx, row.id))
}

/** Reads a delivery that nobody has to hold, with the event's own values, for a dry run; null when there is none. */
export function loadDelivery(tx: Transaction, id: DeliveryId): WorkItem | null {
  const row = tx.get<Row>(`${rowSql} where d.id = ?`, id)
  return row === undefined ? null : toItem({ ...row, edited: null }, undefined)
}

const rowSql = `select d.id, d.event_id, e.source_id, d.route_id, d.lane, d.priority, d.mode, d.idempotency_key, d.attempt_count, d.created_at, d.mapping_version, d.undo_of, d.edited,
       json_extract(d.failure, '$.code') as failure_code, json_extract(d.intent, '$.sent') as sent_before,
       d.attempt_count = 0 and d.intent is null and d.mode = 'live'
         and not exists (select 1 from deliveries o where o.event_id = e.id and o.id < d.id)
         and not exists (select 1 from events o where o.system = e.system and o.entity = e.entity and o.record_id = e.record_id and o.id < e.id)
         as is_first,
       e.system, e.entity, e.record_id, e.action, e.title, e.version, e.occurred_at, e.actor, e.own_mark, e.fields_kind, p.content
     from deliveries d join events e on e.id = d.event_id join payloads p on p.event_id = e.id`

function toItem(row: Row, choices: Choices | undefined): WorkItem {
  const content = row.edited ?? row.content
  return {
    eventId: row.event_id,
    sourceId: row.source_id,
    routeId: row.route_id,
    lane: row.lane,
    priority: row.priority,
    mode: row.mode === 'edited' ? 'as-received' : row.mode,
    undoOf: row.undo_of,
    idempotencyKey: row.idempotency_key,
    attemptCount: row.attempt_count,
    createdAt: row.created_at,
    failureCode: row.failure_code,
    mappingVersion: row.mapping_version,
    sentBefore: row.sent_before === null ? [] : (JSON.parse(row.sent_before) as Values[]),
    isFirst: row.is_first === 1,
    choices,
    event: {
      system: row.system,
      entity: row.entity,
      recordId: row.record_id,
      action: row.action,
      title: row.title,
      // What a person wrote is of no version: it is meant, however old the event is.
      version: row.edited === null ? row.version : null,
      occurredAt: row.occurred_at,
      actor: row.actor,
      ownMark: row.own_mark === 1,
      fields: content === null ? null : (JSON.parse(content) as Values),
      full: row.fields_kind === 'full',
    },
  }
}
