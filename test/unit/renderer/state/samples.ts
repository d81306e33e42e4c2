import type { HostClient } from '#renderer/client/host-client.ts'
import { createConsoleStore } from '#renderer/state/console-store.ts'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { deliveryDetail } from '#shared/domain/delivery.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { eventSummary } from '#shared/domain/event.ts'
import type { EventSummary } from '#shared/domain/event.ts'

/** A delivered event with this id, changed as asked. */
export function eventOf(id: number, change: Partial<EventSummary> = {}): EventSummary {
  const event = eventSummary.parse({
    id,
    sourceId: 'salesforce',
    via: 'webhook',
    system: 'salesforce',
    entity: 'Account',
    recordId: `001-${id}`,
    action: 'updated',
    title: 'Acme',
    state: 'delivered',
    result: 'updated',
    note: null,
    receivedAt: 1_000_000 + id,
    endedAt: 1_000_100 + id,
    size: 12,
    duplicates: 0,
  })
  return { ...event, ...change }
}

/** Events from the newest id down to the oldest. */
export function eventsOf(newest: number, oldest: number): EventSummary[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => eventOf(newest - index))
}

/** A delivery to ConnectWise that updated company 12, changed as asked. */
export function deliveryOf(id: number, change: Record<string, unknown> = {}): DeliveryDetail {
  return deliveryDetail.parse({
    id,
    eventId: id,
    routeId: 'account-to-company',
    connectionId: 'connectwise',
    record: { system: 'salesforce', entity: 'Account', id: '001' },
    title: 'Acme',
    state: 'delivered',
    result: 'updated',
    note: null,
    failure: null,
    destination: { system: 'connectwise', entity: 'company', id: '12' },
    attemptCount: 1,
    createdAt: 1_000,
    availableAt: 1_000,
    endedAt: 2_000,
    replayId: null,
    replayOf: null,
    replayedBy: null,
    lane: 'salesforce:Account:001',
    idempotencyKey: 'key',
    attempts: [],
    ...change,
  })
}

/** An attempt of a delivery, changed as asked; to be given to `deliveryOf`. */
export function attemptOf(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 1,
    deliveryId: 1,
    number: 1,
    startedAt: 1_000,
    durationMs: 10,
    result: 'succeeded',
    failure: null,
    mappingId: 'account-company',
    mappingVersion: 1,
    sourceValues: null,
    mappedValues: null,
    beforeValues: null,
    changes: [],
    steps: [],
    exchanges: [],
    ...change,
  }
}

/** Everything about an event, with these deliveries. */
export function detailOf(event: EventSummary, deliveries: DeliveryDetail[]): EventDetail {
  return {
    ...event,
    occurredAt: null,
    actor: null,
    version: null,
    dedupeKeys: [],
    duplicateList: [],
    headers: {},
    contentType: 'application/json',
    body: '{}',
    bodyTruncated: false,
    verifiedBy: 'Hookdeck signature',
    verifiedMs: null,
    writtenMs: null,
    routedAt: event.receivedAt + 2,
    deliveries,
  }
}

/** A console on a host of which only these methods are there. */
export function consoleOn(methods: Record<string, Record<string, (input: never) => Promise<unknown>>>) {
  const call = methods as unknown as HostClient['call']
  return createConsoleStore({ call, watch: () => () => undefined, close: () => undefined })
}
