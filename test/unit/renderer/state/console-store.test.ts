import { expect, test } from 'vitest'
import { takeMessages } from '#renderer/state/console-store.ts'
import type { Health } from '#shared/domain/health.ts'
import { consoleOn, eventOf, eventsOf } from './samples.ts'

const health = { sentence: 'All well.', workspace: 'live' } as Health

function storeOn() {
  const host = { lists: 0 }
  const store = consoleOn({
    events: {
      list: async () => {
        host.lists += 1
        return { items: eventsOf(2, 1), next: null }
      },
    },
    deliveries: { list: async () => ({ items: [], next: null }) },
    routes: { list: async () => [] },
    replays: { list: async () => ({ items: [], next: null }) },
  })
  return { host, store }
}

test('a hello that does not resume loads the list anew; what was pushed before it is forgotten', async () => {
  const { host, store } = storeOn()
  takeMessages(store.getState(), [
    { type: 'events', seq: 1, events: [eventOf(99)] },
    { type: 'hello', seq: 2, resumed: false, version: '1', health },
    { type: 'events', seq: 3, events: [eventOf(3)] },
  ])
  await expect.poll(() => store.getState().live.window.rows.map((row) => row.id)).toEqual([3, 2, 1])
  expect(host.lists).toBe(1)
  expect(store.getState().relay.health?.sentence).toBe('All well.')
})

test('a hello that resumes loads nothing', () => {
  const { host, store } = storeOn()
  takeMessages(store.getState(), [{ type: 'hello', seq: 5, resumed: true, version: '1', health }])
  expect(host.lists).toBe(0)
})

test('the link is lost at one moment, however often it is said, and found again', () => {
  const { store } = storeOn()
  store.getState().relay.linkIs('lost')
  const { lostAt } = store.getState().relay
  store.getState().relay.linkIs('connecting')
  store.getState().relay.linkIs('lost')
  expect(store.getState().relay.lostAt).toBe(lostAt)
  expect(lostAt).not.toBeNull()
  store.getState().relay.linkIs('open')
  expect(store.getState().relay.lostAt).toBeNull()
})
