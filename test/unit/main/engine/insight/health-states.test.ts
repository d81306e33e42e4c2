import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeChannels } from '#main/engine/telling/channel-health.ts'
import { describeHealth, type HealthInput } from '#main/engine/insight/health.ts'
import { StateMemory } from '#main/engine/insight/state-memory.ts'
import { judgeBudget } from '#main/outbound/budget.ts'
import { root } from '#main/setup/ensure.mjs'
import type { KnownChannel } from '#main/store/channels.ts'
import type { Store } from '#main/store/store.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { ComponentHealth, Health, HealthState } from '#shared/domain/health.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { connectwise, webhook } from '#test/contract/documents.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => {
  ;({ store, close } = temporaryStore())
})
afterEach(() => close())

const well: ComponentHealth = { state: 'ok', since: null, reason: null, nextStep: null }
const said = (state: HealthState, since: number | null = 7): ComponentHealth => ({
  state,
  since,
  reason: 'It is so.',
  nextStep: 'Do that.',
})
const hold = (state: 'limited' | 'down' | 'auth') =>
  ({ state, since: 7, until: 99, reason: 'It said so.', fix: null }) as const
const used = (many: number) =>
  judgeBudget({ used: many, limit: 1_000, countedBy: 'system' }, { reserveForPeople: 5, reserveForLive: 10 })
const pauseOf = (scope: Pause['scope'], id: string): Pause => ({
  scope,
  id,
  reason: 'works',
  who: 'console',
  pausedAt: 7,
})
const channelOf = (known: Partial<KnownChannel>, enabled = true): HealthInput['channels'] =>
  describeChannels([
    {
      channel: { id: 'toast' as ChannelId, name: 'Here', enabled, kind: 'toast', settings: {} },
      lastSentAt: 5,
      failing: null,
      ...known,
    },
  ])
const failing = { since: 7, at: 9, sentence: 'Revoked.', fix: 'Make a new one.' }
const connection = { connection: connectwise, hold: null, budget: null }
const source = { source: webhook, reported: well }

function healthWith(overrides: Partial<HealthInput>): Health {
  return store.read((tx) =>
    describeHealth(tx, {
      version: '0',
      workspace: 'live',
      startedAt: 0,
      receiverUrl: 'http://127.0.0.1:1',
      sandbox: null,
      connections: [connection],
      sources: [source],
      pauses: [],
      storage: well,
      channels: channelOf({}),
      ...overrides,
    }),
  )
}

interface Case {
  readonly state: HealthState
  /** As the page has it. */
  readonly when: string
  readonly input?: Partial<HealthInput>
  /** null: it does not know. */
  readonly since?: number
  readonly deliveries?: 'dead' | 'parked'
}

/** The lines of docs/health.md, with what makes them true. What stands under the database is said by its housekeeping and passed on. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  'The database': [
    { state: 'ok', when: 'events can be stored' },
    { state: 'degraded', when: 'the disk is nearly full', input: { storage: said('degraded') }, since: 7 },
    { state: 'down', when: 'the disk is full', input: { storage: said('down') }, since: 7 },
  ],
  'A connection': [
    { state: 'ok', when: 'nothing holds', input: { connections: [{ ...connection, budget: used(100) }] } },
    {
      state: 'degraded',
      when: 'the system is at a limit',
      input: { connections: [{ ...connection, hold: hold('limited') }] },
      since: 7,
    },
    { state: 'degraded', when: '90 %', input: { connections: [{ ...connection, budget: used(900) }] } },
    {
      state: 'down',
      when: 'it does not answer',
      input: { connections: [{ ...connection, hold: hold('auth') }] },
      since: 7,
    },
    {
      state: 'paused',
      when: 'a person has paused it',
      input: {
        connections: [{ ...connection, hold: hold('down') }],
        pauses: [pauseOf('connection', connectwise.id)],
      },
      since: 7,
    },
  ],
  'A source': [
    { state: 'ok', when: 'an event has arrived' },
    {
      state: 'degraded',
      when: 'its callbacks are missing',
      input: { sources: [{ ...source, reported: said('degraded') }] },
      since: 7,
    },
    { state: 'down', when: 'its poller', input: { sources: [{ ...source, reported: said('down') }] }, since: 7 },
    { state: 'paused', when: 'a person has paused it', input: { pauses: [pauseOf('source', webhook.id)] }, since: 7 },
    {
      state: 'paused',
      when: 'it is switched off',
      input: { sources: [{ source: { ...webhook, enabled: false }, reported: null }] },
    },
    { state: 'unknown', when: 'no event has arrived yet', input: { sources: [{ ...source, reported: null }] } },
  ],
  'A channel': [
    { state: 'ok', when: 'the last message got out' },
    { state: 'degraded', when: 'the last message did not', input: { channels: channelOf({ failing }) }, since: 7 },
    { state: 'paused', when: 'it is switched off', input: { channels: channelOf({}, false) } },
    { state: 'unknown', when: 'nothing was sent yet', input: { channels: channelOf({ lastSentAt: null }) } },
  ],
  'The relay as a whole': [
    {
      state: 'ok',
      when: 'every part is ok',
      input: { sources: [{ ...source, reported: null }], channels: channelOf({}, false) },
    },
    { state: 'degraded', when: 'a part is degraded', input: { channels: channelOf({ failing }) } },
    { state: 'degraded', when: 'no part is degraded', deliveries: 'parked' },
    {
      state: 'down',
      when: 'a part is down',
      input: { storage: said('down'), channels: channelOf({ failing }) },
      deliveries: 'dead',
    },
    { state: 'paused', when: 'everything is paused', input: { pauses: [pauseOf('everything', '')] } },
    { state: 'paused', when: 'a connection or a source', input: { pauses: [pauseOf('source', webhook.id)] } },
  ],
}

/** The lines of each table of the page: state and when. */
function linesOf(page: string): Record<string, { state: string; when: string }[]> {
  const sections = page.split(/^## /mu).slice(1)
  return Object.fromEntries(
    sections.map((section) => {
      const rows = section.split('\n').filter((line) => /^\| [a-z]/u.test(line))
      const lines = rows.map((row) => row.split('|').map((cell) => cell.trim()))
      return [section.split('\n')[0] ?? '', lines.map(([, state = '', when = '']) => ({ state, when }))]
    }),
  )
}

function partOf(section: string, health: Health): Pick<ComponentHealth, 'state'> & Partial<ComponentHealth> {
  const parts: Record<string, ComponentHealth | undefined> = {
    'The database': health.storage,
    'A connection': health.connections[0],
    'A source': health.sources[0],
    'A channel': health.channels?.[0],
  }
  return parts[section] ?? { state: health.state }
}

it('has a case for each line of docs/health.md, in its order', () => {
  const page = linesOf(readFileSync(join(root, 'docs/health.md'), 'utf8'))
  expect(Object.keys(page)).toEqual(Object.keys(cases))
  for (const [section, lines] of Object.entries(page)) {
    expect(lines.map(({ state }) => state)).toEqual(cases[section]?.map(({ state }) => state))
    lines.forEach(({ when }, index) => expect(when).toContain(cases[section]?.[index]?.when))
  }
})

describe.each(Object.entries(cases))('%s', (section, lines) => {
  it.each(lines)('is $state when $when', async ({ state, input = {}, since, deliveries }) => {
    if (deliveries !== undefined) await store.write((tx) => insertDelivery(tx, insertEvent(tx), { state: deliveries }))
    const part = partOf(section, healthWith(input))
    expect(part.state).toBe(state)
    if (section === 'The relay as a whole') return
    expect(part.since).toBe(since ?? null)
    expect(typeof part.reason).toBe(state === 'ok' ? 'object' : 'string')
    expect(typeof part.nextStep).toBe(state === 'ok' ? 'object' : 'string')
  })
})

describe('since when', () => {
  it('is known from the second state that this run has seen, and never put over what a part says itself', () => {
    const memory = new StateMemory()
    const off = { sources: [{ source: { ...webhook, enabled: false }, reported: null }] }
    const sinceOf = (input: Partial<HealthInput>, now: number) => memory.fill(healthWith(input), now).sources[0]?.since
    expect(sinceOf({}, 10)).toBeNull()
    expect(sinceOf(off, 20)).toBe(20)
    expect(sinceOf(off, 30)).toBe(20)
    expect(sinceOf({ pauses: [pauseOf('source', webhook.id)] }, 40)).toBe(7)
    expect(sinceOf({}, 50)).toBe(50)
  })
})
