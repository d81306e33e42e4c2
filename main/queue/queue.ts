import type { Transaction } from '#main/store/transaction.ts'
import { priority, type DeliveryState } from '#shared/domain/delivery.ts'
import type { ConnectionId, DeliveryId, EventId, ReplayId, RouteId } from '#shared/domain/ids.ts'
import { isEmpty, refreshHead, urge } from './lanes.ts'

/** A delivery to be queued. */
export interface NewDelivery {
  readonly eventId: EventId
  readonly routeId: RouteId
  readonly connectionId: ConnectionId
  readonly lane: string
  readonly priority: number
  readonly mode: string
  readonly idempotencyKey: string
  readonly createdAt: number
  /** When it may first be tried; absent: at once. */
  readonly availableAt?: number
  readonly replayId?: ReplayId
  readonly replayOf?: DeliveryId
  readonly mappingVersion?: number
}

/** The right to work on a delivery until `until` (ms since 1970). */
export interface Lease {
  readonly deliveryId: DeliveryId
  readonly token: string
  readonly until: number
}

/** Where a delivery goes when its lease is given back. */
export interface Settlement {
  readonly state: Exclude<DeliveryState, 'leased'>
  readonly availableAt: number
  readonly endedAt: number | null
}

/** Puts a delivery at the end of its lane; who stands before it goes as urgently as it from then on. */
export function enqueue(tx: Transaction, delivery: NewDelivery): DeliveryId {
  const head = isEmpty(tx, delivery.lane) ? 1 : 0
  if (head === 0) urge(tx, delivery.lane, delivery.priority)
  const id = tx.run(
    `insert into deliveries (event_id, route_id, connection_id, lane, head, state, priority, available_at, idempotency_key, mode,
       replay_id, replay_of, mapping_version, created_at)
     values (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?)`,
    delivery.eventId,
    delivery.routeId,
    delivery.connectionId,
    delivery.lane,
    head,
    delivery.priority,
    delivery.availableAt ?? delivery.createdAt,
    delivery.idempotencyKey,
    delivery.mode,
    delivery.replayId ?? null,
    delivery.replayOf ?? null,
    delivery.mappingVersion ?? null,
    delivery.createdAt,
  ).lastInsertRowid as DeliveryId
  if (head === 1) tx.notes.ready.add(delivery.connectionId)
  return id
}

/**
 * Leases up to `limit` deliveries that may be tried now: heads of their lanes, live ones and those in front of one first, then by age.
 * With `upTo`, those of a greater priority number stay where they are.
 */
export function lease(
  tx: Transaction,
  connectionId: ConnectionId,
  limit: number,
  now: number,
  order: { readonly token: string; readonly until: number },
  upTo: number = priority.backfill,
): Lease[] {
  const ids: DeliveryId[] = []
  for (const level of [0, 1, 2]) {
    if (ids.length >= limit || level > upTo) break
    const rows = tx.all<{ id: DeliveryId }>(
      `select id from deliveries
       where connection_id = ? and priority = ? and head = 1 and state in ('pending', 'waiting') and available_at <= ?
       order by available_at, id limit ?`,
      connectionId,
      level,
      now,
      limit - ids.length,
    )
    for (const row of rows) ids.push(row.id)
  }
  return ids.map((deliveryId) => {
    tx.run(
      `update deliveries set state = 'leased', lease_token = ?, lease_until = ? where id = ?`,
      order.token,
      order.until,
      deliveryId,
    )
    return { deliveryId, token: order.token, until: order.until }
  })
}

/**
 * Gives a lease back with what became of the delivery.
 *
 * Answers false, and changes nothing, when the lease was lost in the meantime: then the result has to be dropped.
 */
export function settle(tx: Transaction, lease: Lease, settlement: Settlement): boolean {
  const row = tx.get<{ lane: string; connection_id: string }>(
    `update deliveries set state = ?, available_at = ?, ended_at = ?, lease_token = null, lease_until = null
     where id = ? and lease_token = ? and state = 'leased' returning lane, connection_id`,
    settlement.state,
    settlement.availableAt,
    settlement.endedAt,
    lease.deliveryId,
    lease.token,
  )
  if (row === undefined) return false
  refreshHead(tx, row.lane)
  return true
}

/** Ends a delivery that nobody works on. Answers false when it is leased or has ended. */
export function cancel(tx: Transaction, deliveryId: DeliveryId, now: number): boolean {
  const row = tx.get<{ lane: string }>(
    `update deliveries set state = 'cancelled', ended_at = ? where id = ? and state in ('pending', 'waiting', 'parked') returning lane`,
    now,
    deliveryId,
  )
  if (row === undefined) return false
  refreshHead(tx, row.lane)
  return true
}

/** Sends a parked delivery on; it goes on in its place. Answers false when it is not parked. */
export function unpark(tx: Transaction, deliveryId: DeliveryId, now: number): boolean {
  const row = tx.get<{ lane: string }>(
    `update deliveries set state = 'pending', available_at = ? where id = ? and state = 'parked' returning lane`,
    now,
    deliveryId,
  )
  if (row === undefined) return false
  refreshHead(tx, row.lane)
  return true
}

/** Takes back leases that ran out. With `now` in the far future: all of them, as nobody else can hold one after a start. */
export function reclaim(tx: Transaction, now: number): number {
  const rows = tx.all<{ lane: string }>(
    `update deliveries set state = 'pending', lease_token = null, lease_until = null
     where state = 'leased' and lease_until < ? returning lane`,
    now,
  )
  for (const lane of new Set(rows.map((row) => row.lane))) refreshHead(tx, lane)
  return rows.length
}

const earliest = (level: number): string =>
  `select (select available_at from deliveries
   where connection_id = ? and priority = ${level} and head = 1 and state in ('pending', 'waiting')
   order by available_at limit 1) as at`

const nextSql = [0, 1, 2].map((upTo) => {
  const levels = [0, 1, 2].filter((level) => level <= upTo)
  return `select min(at) as at from (${levels.map(earliest).join(' union all ')})`
})

/** When the next waiting head of a connection may be tried, of those up to a priority number; null when none waits. */
export function nextAvailableAt(
  tx: Transaction,
  connectionId: ConnectionId,
  upTo: number = priority.backfill,
): number | null {
  const sql = nextSql[upTo]
  if (sql === undefined) return null
  const ids = Array.from({ length: upTo + 1 }, () => connectionId)
  return tx.get<{ at: number | null }>(sql, ...ids)?.at ?? null
}

/** Lets deliveries that wait for a record be tried at once, now that it is linked. */
export function wakeWaitingFor(tx: Transaction, recordKey: string, now: number): void {
  const rows = tx.all<{ connection_id: string }>(
    `update deliveries indexed by deliveries_waits_for set available_at = ?, waits_for = null
     where waits_for = ? and state = 'waiting' returning connection_id`,
    now,
    recordKey,
  )
  for (const row of rows) tx.notes.ready.add(row.connection_id)
}
