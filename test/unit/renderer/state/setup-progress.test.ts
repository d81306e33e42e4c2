import { expect, test } from 'vitest'
import { isReady, isSetUp, nextStep, setupProgress, type SetupFacts } from '#renderer/state/setup-progress.ts'
import type { ConnectionEntry, SourceEntry } from '#renderer/state/connections-slice.ts'
import { connection } from '#shared/domain/connection.ts'
import { connectionHealth, health, type Health } from '#shared/domain/health.ts'
import { route } from '#shared/domain/route.ts'
import { source } from '#shared/domain/source.ts'

const calm = { state: 'ok', since: null, reason: null, nextStep: null } as const

function entryOf(kind: 'salesforce' | 'connectwise'): ConnectionEntry {
  const ids = { baseUrl: 'https://cw.test', companyId: 'acme', publicKey: 'p', memberId: 'patchbay' }
  const settings = { clientId: 'id', ...(kind === 'salesforce' ? { loginUrl: 'https://acme.test' } : ids) }
  return {
    connection: connection.parse({ id: kind, kind, name: kind, settings }),
    secrets: {},
    health: connectionHealth.parse({ ...calm, id: kind, kind, name: kind, waiting: 0, heldUntil: null, budget: null }),
  }
}

function sourceOf(settings: object = {}, secrets: SourceEntry['secrets'] = {}): SourceEntry {
  const made = { id: 'salesforce', kind: 'salesforce-webhook', name: 'Salesforce events', ...settings }
  return { source: source.parse({ ...made, settings: { connectionId: 'salesforce' } }), secrets }
}

function healthWith(lastEventAt: number | null): Health {
  const heard = {
    ...calm,
    id: 'salesforce',
    kind: 'salesforce-webhook',
    name: 'x',
    url: null,
    events: 0,
    rejections: 0,
  }
  return health.parse({
    state: 'ok',
    sentence: '',
    version: '1',
    workspace: 'live',
    startedAt: 1,
    receiverUrl: '',
    sandbox: null,
    connections: [],
    sources: [{ ...heard, lastEventAt }],
    queue: { pending: 0, leased: 0, waiting: 0, parked: 0, dead: 0, oldestOpenAt: null },
    pauses: [],
  })
}

const accounts = route.parse({
  id: 'accounts',
  name: 'Accounts',
  from: 'salesforce',
  match: { entity: 'Account', actions: ['updated'] },
  mappingId: 'accounts',
  connectionId: 'connectwise',
  sourceConnectionId: 'salesforce',
})
const nothing: SetupFacts = { connections: [], sources: [], routes: [], tests: {}, health: null, isCarried: false }
const joined: SetupFacts = { ...nothing, connections: [entryOf('salesforce'), entryOf('connectwise')] }
const all: SetupFacts = {
  ...joined,
  sources: [sourceOf({}, { signingSecret: { set: true } })],
  routes: [accounts],
  health: healthWith(5),
}

const next = (facts: SetupFacts) => nextStep(setupProgress(facts))?.name

test('the set-up begins with Salesforce and goes on with whatever is not done yet', () => {
  expect(next(nothing)).toBe('salesforce')
  expect(next({ ...nothing, connections: [entryOf('salesforce')] })).toBe('connectwise')
  expect(next(joined)).toBe('sources')
  expect(next({ ...all, health: healthWith(null) })).toBe('event')
  expect(next({ ...all, routes: [{ ...accounts, enabled: false }] })).toBe('routes')
  expect(next(all)).toBe('first')
  expect(next({ ...all, isCarried: true })).toBeUndefined()
})

test('steps that need others before them can not be gone to', () => {
  const reachable = (facts: SetupFacts) => setupProgress(facts).flatMap(({ name, canGo }) => (canGo ? [name] : []))
  expect(reachable(nothing)).toEqual(['salesforce'])
  expect(reachable(joined)).toEqual(['salesforce', 'connectwise', 'sources', 'event'])
  expect(reachable(all)).toHaveLength(6)
})

test('a connection whose last test failed wants a person first, however far the rest has come', () => {
  const failed = { name: 'Sign-in', ok: false, sentence: 'Refused.', fix: null }
  const facts: SetupFacts = { ...all, tests: { 'connection:connectwise': [failed] } }
  expect(nextStep(setupProgress(facts))).toMatchObject({
    name: 'connectwise',
    state: 'trouble',
    note: '1 check failed',
  })
  expect(isSetUp(setupProgress(facts))).toBe(false)
  expect(isSetUp(setupProgress(all))).toBe(true)
})

test('the step of the sources says which system is not heard yet', () => {
  const note = (facts: SetupFacts) => setupProgress(facts).find(({ name }) => name === 'sources')?.note
  expect(note(joined)).toBe('Where events come from')
  expect(note(all)).toBe('Salesforce ready, ConnectWise not yet')
  const callback = {
    id: 'connectwise',
    kind: 'connectwise-callback',
    name: 'Callbacks',
    settings: { connectionId: 'connectwise', publicUrl: 'https://hooks.test/hooks/connectwise' },
  }
  const both = [...all.sources, { source: source.parse(callback), secrets: {} }]
  expect(note({ ...all, sources: both })).toBe('2 sources ready')
})

test('a source is ready once something can come in by it', () => {
  expect(isReady(sourceOf(), healthWith(null))).toBe(false)
  expect(isReady(sourceOf(), healthWith(3))).toBe(true)
  expect(isReady(sourceOf({}, { hmacSecret: { set: true } }), null)).toBe(true)
  expect(isReady(sourceOf({ enabled: false }, { hmacSecret: { set: true } }), healthWith(3))).toBe(false)
})
