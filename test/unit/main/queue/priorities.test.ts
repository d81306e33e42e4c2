import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { Gate } from '#main/outbound/gate.ts'
import { DeliveryWorker, type Admission } from '#main/outbound/worker.ts'
import { enqueue, lease, nextAvailableAt, settle } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { ConnectionId, DeliveryId, RouteId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
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

describe('a replay in front of a live event of the same record', () => {
  const queue = (key: string, lane: string, level: number, toward = connectionId) =>
    store.write((tx) => {
      const [receipt] = append(tx, arrivalOf(key))
      if (receipt === undefined) throw new Error('not stored')
      return enqueue(tx, {
        eventId: receipt.eventId,
        routeId: 'account-to-company' as RouteId,
        connectionId: toward,
        lane,
        priority: level,
        mode: level === priority.live ? 'live' : 'current',
        idempotencyKey: key,
        createdAt: 0,
      })
    })
  const due = (toward = connectionId) => store.read((tx) => nextAvailableAt(tx, toward, priority.live))
  const leaseLive = async () => {
    const leases = await store.write((tx) => lease(tx, connectionId, 5, 10, order, priority.live))
    return leases.map((one) => one.deliveryId)
  }
  const lane = 'salesforce:Account:2'

  it('goes as urgently as the event, also where replays may not go, and the order stays', async () => {
    expect(await leaseLive()).toEqual([live])
    const behind = await queue('behind', lane, priority.live)
    expect(await leaseLive()).toEqual([replayed])
    await store.write((tx) =>
      settle(tx, { deliveryId: replayed, ...order }, { state: 'delivered', availableAt: 0, endedAt: 5 }),
    )
    expect(await leaseLive()).toEqual([behind])
  })

  it('wakes the worker that it stands with, be it another one', async () => {
    const salesforce = 'salesforce' as ConnectionId
    const ahead = await queue('ahead', 'salesforce:Account:3', priority.backfill, salesforce)
    expect([ahead > 0, due(salesforce)]).toEqual([true, null])
    const ready: string[] = []
    store.onCommit((notes) => ready.push(...notes.ready))
    await queue('behind', 'salesforce:Account:3', priority.live)
    expect([ready, due(salesforce)]).toEqual([[salesforce], 0])
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
