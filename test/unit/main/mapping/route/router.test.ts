import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { append } from '#main/journal/append.ts'
import { Router } from '#main/mapping/route/router.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import type { Store } from '#main/store/store.ts'
import type { EventContent } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { mappingOf, routeOf } from '../two-systems.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

const route = { ...routeOf(mappingOf('account-company'), 'salesforce'), coalesce: true }

/** Stores an event and routes it; answers with the states of all deliveries so far. */
async function arrive(key: string, change: Partial<EventContent>): Promise<string[]> {
  await store.write((tx) => append(tx, arrivalOf(key, change)))
  const onBug = (error: unknown): never => {
    throw error
  }
  const router = new Router({ store, clock: systemClock, routes: () => [route], refreshEvent, onBug })
  router.kick()
  await router.stop()
  return store.read((tx) =>
    tx.all<{ state: string }>('select state from deliveries order by id').map((row) => row.state),
  )
}

const full = (version: string) => ({ fields: { Name: version }, full: true, version })
const [older, newer] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:09Z']

it('lets a newer change stand for an older one that nobody has begun, and ends its event', async () => {
  await arrive('a', full(older))
  expect(await arrive('b', full(newer))).toEqual(['skipped', 'pending'])
  const state = store.read((tx) => tx.get('select state, note from events where id = ?', 1 as EventId))
  expect(state).toMatchObject({ state: 'skipped', note: expect.stringContaining('newer change') as string })
  expect(store.read((tx) => tx.all('select id from deliveries where head = 1 and state = ?', 'pending'))).toHaveLength(
    1,
  )
})

it('does not take what arrives later for newer: an old or undated value never stands for a new one', async () => {
  await arrive('a', full(newer))
  expect(await arrive('b', full(older))).toEqual(['pending', 'pending'])
  expect(await arrive('c', { ...full(newer), version: null })).toEqual(['pending', 'pending', 'pending'])
})

it('lets a thin event stand for all before it, as it is refetched; a deletion stands for nothing', async () => {
  await arrive('a', full(newer))
  expect(await arrive('b', {})).toEqual(['skipped', 'pending'])
  expect(await arrive('c', { action: 'deleted' })).toEqual(['skipped', 'pending', 'pending'])
})

it('leaves alone what may have been written already: what it sent would be taken for a change by a person', async () => {
  await arrive('a', full(older))
  await store.write((tx) => tx.run(`update deliveries set intent = '{"sent":[{"name":"a"}]}'`))
  expect(await arrive('b', full(newer))).toEqual(['pending', 'pending'])
  expect(await arrive('c', {})).toEqual(['pending', 'skipped', 'pending'])
})
