import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { dueNow, ReplayFeeder } from '#main/engine/replay/replay-feeder.ts'
import { startReplay } from '#main/outcomes/replay-control.ts'
import { saveRoute } from '#main/store/configuration.ts'
import type { Store } from '#main/store/store.ts'
import type { DeliveryId, RouteId } from '#shared/domain/ids.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'

describe('what is due at a rate', () => {
  it('is spaced evenly', () => {
    expect(dueNow({ rate: 60, next_at: 5_000 }, 5_000)).toEqual({ count: 1, nextAt: 6_000, waitMs: 0 })
    expect(dueNow({ rate: 60, next_at: 6_000 }, 5_400)).toEqual({ count: 0, nextAt: 6_000, waitMs: 600 })
  })

  it("makes up for a second's worth after a stop, and for no more", () => {
    expect(dueNow({ rate: 600, next_at: 0 }, 1_000_000)).toEqual({ count: 11, nextAt: 1_000_100, waitMs: 0 })
  })

  it('is not held by a clock that was set back', () => {
    expect(dueNow({ rate: 60, next_at: 9_999_999 }, 5_000).waitMs).toBe(1_000)
  })
})

describe('the feeder', () => {
  let store: Store
  let close: () => Promise<void>
  beforeEach(() => ({ store, close } = temporaryStore()))
  afterEach(() => close())

  const routeId = 'account-to-company' as RouteId

  async function deadLetters(many: number): Promise<DeliveryId[]> {
    const ids: DeliveryId[] = []
    for (let at = 0; at < many; at += 1)
      ids.push((await queuedDelivery(store, `key-${at}`, `salesforce:Account:${at}`)).deliveryId)
    await store.write((tx) => {
      saveRoute(tx, { ...accountRoute, id: routeId })
      tx.run(`update deliveries set state = 'dead', ended_at = 1`)
    })
    return ids
  }

  const open = (errors: unknown[]): ReplayFeeder =>
    new ReplayFeeder({ store, clock: systemClock, mayWrite: () => true, onBug: (error) => errors.push(error) })
  const made = (): number =>
    store.read((tx) => tx.get<{ n: number }>(`select count(*) as n from deliveries where mode = 'current'`)?.n ?? 0)

  it('collects what matches, feeds no more than its window, and goes on as deliveries end', async () => {
    await deadLetters(450)
    await store.write((tx) =>
      startReplay(
        tx,
        { mode: 'current', note: '', rate: null, criteria: { routeId } },
        { who: 'api', at: systemClock.now() },
      ),
    )
    // Each of a record of its own, so that all of them are ready at once.
    await store.write((tx) => tx.run(`update events set record_id = id`))
    const errors: unknown[] = []
    const feeder = open(errors)
    feeder.wake()
    await until('the window is full', () => made() === 200)
    await store.write((tx) => tx.run(`update deliveries set state = 'delivered' where mode = 'current'`))
    feeder.kick()
    await until('the next are made', () => made() === 400)
    await feeder.stop()
    expect(errors).toEqual([])
    expect(store.read((tx) => tx.get('select state, total from replays'))).toEqual({ state: 'running', total: 450 })
  })

  it('goes on after a restart where it was', async () => {
    const ids = await deadLetters(3)
    await store.write((tx) => tx.run(`update events set record_id = id`))
    const start = { mode: 'current', note: '', rate: 600, criteria: { deliveryIds: ids } } as const
    await store.write((tx) => startReplay(tx, start, { who: 'api', at: systemClock.now() }))
    const errors: unknown[] = []
    const first = open(errors)
    first.wake()
    await until('one is made', () => made() >= 1)
    await first.stop()
    const second = open(errors)
    second.wake()
    await until('all are made once', () => made() === 3)
    await until('it is fed', () => store.read((tx) => tx.get(`select 1 from replays where state = 'fed'`)))
    await second.stop()
    expect(made()).toBe(3)
    expect(errors).toEqual([])
  })
})
