import { afterEach, beforeEach, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { spreadAnew } from '#main/mapping/route/pace.ts'
import { Router } from '#main/mapping/route/router.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import { lease, nextAvailableAt } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { Route } from '#shared/domain/route.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { mappingOf, routeOf } from '../two-systems.ts'

let store: Store
let close: () => Promise<void>
let clock: HandClock
let router: Router
let route: Route
let count: number
beforeEach(() => {
  ;({ store, close } = temporaryStore())
  clock = new HandClock(1_000_000)
  route = { ...routeOf(mappingOf('account-company'), 'salesforce'), ratePerMinute: 6 }
  count = 0
  router = open()
})
afterEach(() => close())

function open(): Router {
  const onBug = (error: unknown): never => {
    throw error
  }
  return new Router({ store, clock, routes: () => [route], refreshEvent, onBug })
}

/** Lets events of different records arrive, and answers how long from now each delivery has to wait. */
async function arrive(events: number): Promise<number[]> {
  for (let at = 0; at < events; at++) {
    const key = `event ${++count}`
    await store.write((tx) => append(tx, arrivalOf(key, { recordId: `001A0000000000${count}` })))
  }
  router.kick()
  await router.stop()
  router = open()
  return waits().slice(-events)
}

async function change(changed: Route): Promise<void> {
  await store.write((tx) => spreadAnew(tx, route, changed, clock.now()))
  route = changed
}

function waits(): number[] {
  const rows = store.read((tx) => tx.all<{ at: number }>('select available_at as at from deliveries order by id'))
  return rows.map(({ at }) => at - clock.now())
}

it('begins so many deliveries a minute, also after a start, and says of the others why they wait', async () => {
  expect(await arrive(3)).toEqual([0, 10_000, 20_000])
  expect(await arrive(1)).toEqual([30_000])
  const notes = store.read((tx) => tx.all<{ note: string | null }>('select note from deliveries order by id'))
  expect(notes[0]?.note).toBeNull()
  expect(notes[3]?.note).toContain('6 deliveries a minute')
})

it('hands a delivery out when its turn has come, and not before', async () => {
  await arrive(2)
  const { connectionId } = route
  const take = () =>
    store.write((tx) => lease(tx, connectionId, 5, clock.now(), { token: 't', until: clock.now() + 1 }).length)
  expect(await take()).toBe(1)
  expect(await take()).toBe(0)
  expect(store.read((tx) => nextAvailableAt(tx, connectionId))).toBe(clock.now() + 10_000)
  clock.add(10_000)
  expect(await take()).toBe(1)
})

it('saves up nothing while it rests', async () => {
  await arrive(2)
  clock.add(600_000)
  expect(await arrive(2)).toEqual([0, 10_000])
})

it('spreads those that wait anew when the rate changes, and keeps nobody waiting once it is lifted', async () => {
  await arrive(3)
  await change({ ...route, ratePerMinute: 60 })
  expect(waits()).toEqual([0, 1_000, 2_000])
  expect(await arrive(1)).toEqual([3_000])
  const { ratePerMinute: _, ...unlimited } = route
  await change(unlimited)
  expect(waits()).toEqual([0, 0, 0, 0])
  expect(store.read((tx) => tx.all('select 1 from deliveries where note is not null'))).toEqual([])
  expect(await arrive(2)).toEqual([0, 0])
})

it('sends a route of low priority behind all others', async () => {
  route = { ...route, priority: 'low' }
  await arrive(1)
  expect(store.read((tx) => tx.get('select priority from deliveries'))).toEqual({ priority: priority.backfill })
})
