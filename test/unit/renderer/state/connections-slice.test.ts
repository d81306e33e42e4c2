import { expect, test } from 'vitest'
import type { RouteId } from '#shared/domain/ids.ts'
import { route } from '#shared/domain/route.ts'
import type { Route } from '#shared/domain/route.ts'
import { consoleOn } from './samples.ts'

const accounts = route.parse({
  id: 'account-to-company',
  name: 'Account to company',
  from: 'salesforce',
  match: { entity: 'Account', actions: ['updated'] },
  mappingId: 'account-company',
  connectionId: 'connectwise',
  sourceConnectionId: 'salesforce',
  enabled: false,
})

const nothing = { list: async () => [] }

test('a route is switched with all its other settings as they were', async () => {
  const saved: Route[] = []
  const store = consoleOn({
    connections: nothing,
    sources: nothing,
    routes: {
      list: async () => [accounts],
      save: async (input: Route) => {
        saved.push(input)
        return input
      },
    },
  })
  const { reload, switchRoute } = store.getState().connections
  await reload()
  const switched = switchRoute(accounts, true)
  expect(store.getState().connections.switching).toEqual(new Set<RouteId>([accounts.id]))
  await switched
  expect(saved).toEqual([{ ...accounts, enabled: true }])
  expect(store.getState().connections.routes).toEqual(saved)
  expect(store.getState().connections.switching.size).toBe(0)
})

test('a switch that was refused stays as it is and says why', async () => {
  const store = consoleOn({
    connections: nothing,
    sources: nothing,
    routes: { list: async () => [accounts], save: () => Promise.reject(new Error('There is no mapping.')) },
  })
  await store.getState().connections.reload()
  await store.getState().connections.switchRoute(accounts, true)
  expect(store.getState().connections.routes).toEqual([accounts])
  expect(store.getState().notices.list).toMatchObject([{ tone: 'bad' }])
  expect(store.getState().notices.list[0]?.sentence).toContain('Account to company')
})

test('a connection that is held is tried, and what came of it is told', async () => {
  let answers = [
    { name: 'Sign-in', ok: true, sentence: 'Signed in.', fix: null },
    { name: 'Account', ok: false, sentence: 'Account can’t be read.', fix: null },
  ]
  const store = consoleOn({ connections: { test: async () => ({ checks: answers }) } })
  const told = () => store.getState().notices.list.map(({ tone, sentence }) => [tone, sentence])
  const tryNow = () => store.getState().connections.tryNow({ id: 'cw' as never, name: 'ConnectWise' })
  await tryNow()
  expect(told()).toEqual([['bad', 'ConnectWise can’t be used yet. Account can’t be read.']])
  answers = answers.slice(0, 1)
  await tryNow()
  expect(told().at(-1)).toEqual(['good', 'ConnectWise answers: what waits for it goes on.'])
  expect(store.getState().connections.tests).toEqual({ 'connection:cw': answers })
})

test('a connection and a source of the same id keep their findings apart', async () => {
  const found = (name: string) => ({ checks: [{ name, ok: true, sentence: 'Well.', fix: null }] })
  const store = consoleOn({
    connections: { test: async () => found('Sign-in') },
    sources: { test: async () => found('Callbacks') },
  })
  const { testConnection, testSource } = store.getState().connections
  await Promise.all([testConnection('connectwise' as never), testSource('connectwise' as never)])
  expect(store.getState().connections.tests).toMatchObject({
    'connection:connectwise': [{ name: 'Sign-in' }],
    'source:connectwise': [{ name: 'Callbacks' }],
  })
})

test('after a test the health is asked for, and a host that does not answer leaves the findings as they are', async () => {
  const checks = [{ name: 'Sign-in', ok: true, sentence: 'Well.', fix: null }]
  let answers = true
  const store = consoleOn({
    connections: { test: async () => ({ checks }) },
    health: { get: async () => (answers ? { sentence: 'All well.' } : Promise.reject(new Error('gone'))) },
  })
  const { testConnection } = store.getState().connections
  await testConnection('salesforce' as never)
  expect(store.getState().relay.health?.sentence).toBe('All well.')
  answers = false
  await testConnection('salesforce' as never)
  expect(store.getState().connections.tests['connection:salesforce']).toEqual(checks)
  expect(store.getState().notices.list).toEqual([])
})
