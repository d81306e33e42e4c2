import { afterEach, beforeEach, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { loadWorkItem } from '#main/outbound/work-item.ts'
import { enqueue, lease, settle } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { EventId, RouteId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { connectionId } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => {
  ;({ store, close } = temporaryStore())
})
afterEach(() => close())

function stored(tx: Transaction, key: string, recordId: string): EventId {
  const [receipt] = append(tx, arrivalOf(key, { recordId }))
  if (receipt === undefined) throw new Error('not stored')
  return receipt.eventId
}

function queued(tx: Transaction, eventId: EventId, lane: string, mode = 'live'): void {
  const delivery = { eventId, routeId: 'r' as RouteId, connectionId, lane, priority: 0, mode, createdAt: 1 }
  enqueue(tx, { ...delivery, idempotencyKey: `${eventId} ${mode} ${lane}` })
}

/** Leases all that may be, and tells of each whether nothing went before it. */
function areFirst(tx: Transaction): (boolean | undefined)[] {
  const leases = lease(tx, connectionId, 9, 10, { token: 't', until: 99 })
  return leases.map((one) => {
    const item = loadWorkItem(tx, one)
    settle(tx, one, { state: 'pending', availableAt: 1, endedAt: null })
    return item?.isFirst
  })
}

it('is the first of its record until something may have been sent for it', async () => {
  await store.write((tx) => {
    queued(tx, stored(tx, 'a', '001'), 'lane a')
    queued(tx, stored(tx, 'b', '002'), 'lane b')
    expect(areFirst(tx)).toEqual([true, true])
    tx.run(`update deliveries set intent = '{}' where lane = 'lane a'`)
    tx.run(`update deliveries set attempt_count = 1 where lane = 'lane b'`)
    expect(areFirst(tx)).toEqual([false, false])
  })
})

it('is not the first behind an older event of its record, another delivery of its event, or as a replay', async () => {
  await store.write((tx) => {
    stored(tx, 'a', '001')
    queued(tx, stored(tx, 'b', '001'), 'lane a')
    expect(areFirst(tx)).toEqual([false])
    const twice = stored(tx, 'c', '002')
    queued(tx, twice, 'lane c')
    queued(tx, twice, 'another lane c')
    queued(tx, stored(tx, 'd', '003'), 'lane d', 'current')
    expect(areFirst(tx)).toEqual([false, true, false, false])
  })
})
