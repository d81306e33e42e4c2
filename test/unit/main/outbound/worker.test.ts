import { afterEach, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { Gate } from '#main/outbound/gate.ts'
import { DeliveryWorker } from '#main/outbound/worker.ts'
import { settle } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { connectionId, queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let close: () => Promise<void>
afterEach(() => close())

function workerOver(
  store: Store,
  onBug: (error: unknown) => void,
): { worker: DeliveryWorker; delivered: Promise<void> } {
  let tell: () => void
  const delivered = new Promise<void>((resolve) => (tell = resolve))
  const worker = new DeliveryWorker({
    store,
    clock: systemClock,
    gate: new Gate(4, null, () => {}),
    connectionId,
    concurrency: 4,
    admission: () => ({ upTo: 2, askAgainAt: null }),
    deliver: async (lease) => {
      await store.write((tx) => settle(tx, lease, { state: 'delivered', availableAt: 1, endedAt: 1 }))
      tell()
    },
    onBug,
  })
  return { worker, delivered }
}

it('goes on by itself after a lease that could not be written', async () => {
  const temporary = temporaryStore()
  close = () => temporary.close()
  const { store } = temporary
  await queuedDelivery(store, 'a')
  const real = store.writeLight.bind(store)
  let failures = 1
  store.writeLight = (work) => (failures-- > 0 ? Promise.reject(new Error('database or disk is full')) : real(work))
  const bugs: unknown[] = []
  const { worker, delivered } = workerOver(store, (error) => bugs.push(error))
  worker.kick()
  await delivered
  expect(bugs).toHaveLength(1)
  await worker.stop()
})
