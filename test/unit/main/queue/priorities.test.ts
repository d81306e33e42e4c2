import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Gate } from '#main/outbound/gate.ts'
import { DeliveryWorker, type Admission } from '#main/outbound/worker.ts'
import { enqueue, lease, nextAvailableAt, settle } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { DeliveryId, RouteId } from '#shared/domain/ids.ts'
import { connectionId, queuedDelivery } from '#test/support/delivery.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

let store: Store
let close: () => Promise<void>
let live: DeliveryId
let replayed: DeliveryId
beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  const queued = await queuedDelivery(store, 'live', 'salesforce:Account:1')
  live = queued.deliveryId
  replayed = await store.write((tx) =>
    enqueue(tx, {
      eventId: queued.eventId,
      routeId: 'account-to-company' as RouteId,
      connectionId,
      lane: 'salesforce:Account:2',
      priority: priority.replay,
      mode: 'current',
      idempotencyKey: 'again',
      createdAt: 0,
    }),
  )
})
afterEach(() => close())

const order = { token: 't', until: 1_000 }

describe('a lease', () => {
  it('takes live events before replays that are older, and leaves replays alone where they may not go', async () => {
    expect(store.read((tx) => [2, 1, 0, -1].map((upTo) => nextAvailableAt(tx, connectionId, upTo)))).toEqual([
      0,
      0,
      1,
      null,
    ])
    expect(await store.write((tx) => lease(tx, connectionId, 5, 10, order, -1))).toEqual([])
    const first = await store.write((tx) => lease(tx, connectionId, 5, 10, order, priority.live))
    expect(first.map((one) => one.deliveryId)).toEqual([live])
    const second = await store.write((tx) => lease(tx, connectionId, 5, 10, order))
    expect(second.map((one) => one.deliveryId)).toEqual([replayed])
  })
})

describe('a worker', () => {
  it('asks what may go before each lease, and asks again when it was told to', async () => {
    const clock = new HandClock(10)
    const delivered: DeliveryId[] = []
    let admission: Admission = { upTo: -1, askAgainAt: null }
    const worker = new DeliveryWorker({
      store,
      clock,
      gate: new Gate(4, null, () => undefined),
      connectionId,
      concurrency: 4,
      admission: () => admission,
      deliver: async (one) => {
        delivered.push(one.deliveryId)
        await store.write((tx) => settle(tx, one, { state: 'delivered', availableAt: 10, endedAt: 10 }))
      },
      onBug: (error) => {
        throw error
      },
    })
    worker.kick()
    await store.drain()
    expect(delivered).toEqual([])
    admission = { upTo: priority.live, askAgainAt: 60 }
    worker.kick()
    await until('the live one is delivered', () => delivered.length === 1)
    await store.drain()
    expect(delivered).toEqual([live])
    admission = { upTo: priority.backfill, askAgainAt: null }
    await until('the replay is delivered without a kick', () => delivered.length === 2)
    await worker.stop()
    expect(delivered).toEqual([live, replayed])
  })
})
