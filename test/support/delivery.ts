import { append } from '#main/journal/append.ts'
import { enqueue, lease, type Lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { ConnectionId, DeliveryId, EventId, RouteId, SourceId } from '#shared/domain/ids.ts'
import { arrivalOf } from './arrivals.ts'

export const connectionId = 'connectwise' as ConnectionId

/** A try that came to nothing. */
export const failedAttempt = {
  startedAt: 1,
  durationMs: 1,
  result: 'failed' as const,
  failure: null,
  mappingId: 'accounts' as never,
  mappingVersion: 1,
  sourceValues: null,
  mappedValues: null,
  beforeValues: null,
  changes: [],
  steps: [],
  exchanges: [],
}

/** An event with one delivery, leased; what most tests of outcomes begin with. */
export async function leasedDelivery(
  store: Store,
  key: string,
  lane = 'salesforce:Account:1',
): Promise<{ readonly eventId: EventId; readonly lease: Lease }> {
  const { eventId } = await queuedDelivery(store, key, lane)
  const [leased] = await store.write((tx) => lease(tx, connectionId, 1, 10, { token: `token-${key}`, until: 1_000 }))
  if (leased === undefined) throw new Error('nothing to lease')
  return { eventId, lease: leased }
}

/** An event with one delivery that waits for its turn. */
export async function queuedDelivery(
  store: Store,
  key: string,
  lane = 'salesforce:Account:1',
  sourceId = 'salesforce' as SourceId,
): Promise<{ readonly eventId: EventId; readonly deliveryId: DeliveryId }> {
  return store.write((tx) => {
    const [receipt] = append(tx, { ...arrivalOf(key), sourceId })
    if (receipt === undefined) throw new Error('not stored')
    tx.run('update events set routed_at = 1 where id = ?', receipt.eventId)
    const deliveryId = enqueue(tx, {
      eventId: receipt.eventId,
      routeId: 'account-to-company' as RouteId,
      connectionId,
      lane,
      priority: 0,
      mode: 'live',
      idempotencyKey: `key-${key}`,
      createdAt: 1,
    })
    return { eventId: receipt.eventId, deliveryId }
  })
}
