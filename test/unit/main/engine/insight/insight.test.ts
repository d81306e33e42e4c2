import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '#main/base/logger.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { InsightDesk } from '#main/engine/insight/insight.ts'
import { append } from '#main/journal/append.ts'
import { keepRefusal } from '#main/journal/refusals.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { lease } from '#main/queue/queue.ts'
import { saveMapping, saveRoute } from '#main/store/configuration.ts'
import { minuteMs } from '#main/store/metrics.ts'
import { clearPause, loadPauses, savePause } from '#main/store/pauses.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import type { Store } from '#main/store/store.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { RouteId } from '#shared/domain/ids.ts'
import { metricQuery, type MetricName } from '#shared/domain/metrics.ts'
import { accountRoute, accounts } from '#test/contract/documents.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { failedAttempt, connectionId, queuedDelivery } from '#test/support/delivery.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const start = 1_700_000_040_000
let store: Store
let close: () => Promise<void>
let clock: HandClock
let insight: InsightDesk
let reader: Reader

beforeEach(() => {
  ;({ store, close } = temporaryStore())
  clock = new HandClock(start)
  insight = openInsight()
  store.onCommit((notes) => insight.committed(notes))
  reader = openReader(store.file)
})
afterEach(async () => {
  await reader.close()
  await insight.stop()
  await close()
})

function openInsight(): InsightDesk {
  return new InsightDesk({
    store,
    clock,
    logger: createLogger('silent'),
    configuration: new Configuration(store, new Uint8Array(32)),
    lines: new Map(),
    pauses: () => store.read(loadPauses),
    mayWrite: () => true,
    onBug: (error) => {
      throw error
    },
  })
}

const company = { system: 'connectwise', entity: 'company', id: '12' } as const
const updated: Outcome = {
  kind: 'delivered',
  result: 'updated',
  note: 'Updated.',
  destination: company,
  written: null,
  link: {
    salesforce: {
      entity: 'Account',
      id: '001000000000001AAA',
      version: null,
      synced: { Name: 'Acme', Website: 'acme.test' },
    },
    connectwise: { entity: 'company', id: '12', version: null, synced: { name: 'Acme Inc', identifier: 'ACME' } },
  },
}

function failing(state: 'waiting' | 'dead', change: Partial<Failure> = {}): Outcome {
  const failure: Failure = { class: 'transient', stage: 'deliver', code: 'X', sentence: 'No.', ...change }
  return { kind: 'failed', failure, next: { state, availableAt: 10 ** 14, counts: true, exhausted: null } }
}

/** Queues a delivery in a lane of its own and ends one try at it. */
async function tryOnce(key: string, outcome: Outcome, isTry = true, lane = `lane ${key}`): Promise<void> {
  const { eventId } = await queuedDelivery(store, key, lane)
  await store.write((tx) => {
    const [leased] = lease(tx, connectionId, 1, 10 ** 13, { token: key, until: 10 ** 14 })
    if (leased === undefined) throw new Error('nothing to lease')
    recordOutcome(tx, leased, eventId, outcome, isTry ? failedAttempt : null, clock.now())
  })
}

async function sum(metric: MetricName, scope = 'all'): Promise<number | null> {
  await insight.metrics.flush()
  const series = await reader.read(
    'metricSeries',
    metricQuery.parse({ metric, scope, from: start - 60_000 }),
    clock.now() + minuteMs,
  )
  const values = (series?.points ?? []).flatMap(({ value }) => (value === null ? [] : [value]))
  return values.length === 0 ? null : values.reduce((one, other) => one + other)
}

describe('figures', () => {
  it('count what commits did, for everything and each part of it', async () => {
    await tryOnce('a', updated)
    await tryOnce('b', failing('waiting'))
    await tryOnce('c', failing('dead'))
    await store.write((tx) => append(tx, arrivalOf('a')))
    await store.write((tx) =>
      keepRefusal(tx, {
        sourceId: 'salesforce',
        receivedAt: 1,
        status: 401,
        code: 'bad-signature',
        sentence: '',
        remoteAddress: null,
        headers: {},
        excerpt: '',
        size: 0,
      }),
    )
    const counts = ['events', 'duplicates', 'rejections', 'delivered', 'failures', 'retries', 'dead'] as const
    expect(await Promise.all(counts.map((one) => sum(one)))).toEqual([3, 1, 1, 1, 2, 1, 1])
    expect(await sum('delivered', 'route:account-to-company')).toBe(1)
    expect(await sum('dead', 'connection:connectwise')).toBe(1)
    expect(await sum('events', 'source:salesforce')).toBe(3)
    expect(await sum('events', 'source:elsewhere')).toBe(0)
  })

  it('do not count as a failed try what was only held back', async () => {
    await tryOnce('a', failing('waiting'), false)
    expect([await sum('failures'), await sum('retries')]).toEqual([0, 0])
  })

  it('count nothing of a commit that was undone', async () => {
    await store
      .write((tx) => {
        append(tx, arrivalOf('a'))
        throw new Error('no')
      })
      .catch(() => undefined)
    await store.write((tx) => append(tx, arrivalOf('b')))
    expect(await sum('events')).toBe(1)
  })

  it('tell how long deliveries took, over any stretch of time', async () => {
    await tryOnce('a', updated)
    clock.add(minuteMs)
    await tryOnce('b', updated)
    await insight.metrics.flush()
    const query = metricQuery.parse({ metric: 'p99', from: start - 120_000, step: 10 * minuteMs })
    const series = await reader.read('metricSeries', query, clock.now() + 20 * minuteMs)
    const told = series?.points.find(({ value }) => value !== null)?.value ?? 0
    expect(told).toBeGreaterThanOrEqual(clock.now() - 1_700_000_000_000)
  })

  it('say how many deliveries wait and how long the oldest has', async () => {
    await tryOnce('a', failing('waiting'))
    clock.set(61_000)
    await insight.sample()
    await insight.metrics.flush()
    for (const scope of ['all', 'source:salesforce', 'route:account-to-company', 'connection:connectwise']) {
      const read = (metric: MetricName) =>
        reader.read('metricSeries', metricQuery.parse({ metric, from: 60_000, to: 120_000, scope }), 0)
      expect((await read('lag'))?.points).toEqual([{ at: 60_000, value: 60_999 }])
      expect((await read('depth'))?.points).toEqual([{ at: 60_000, value: 1 }])
    }
  })

  it('go when they are old: minutes after a week, hours after 400 days', async () => {
    await tryOnce('a', updated)
    await insight.metrics.flush()
    const grains = () =>
      store.read((tx) =>
        tx
          .all<{ grain: number }>(`select distinct grain from metrics where at < ? order by grain`, start)
          .map(({ grain }) => grain),
      )
    clock.add(8 * 24 * 3_600_000)
    await store.write((tx) => append(tx, arrivalOf('b')))
    await insight.metrics.flush()
    expect(grains()).toEqual([60 * minuteMs])
    clock.add(400 * 24 * 3_600_000)
    await store.write((tx) => append(tx, arrivalOf('c')))
    await insight.metrics.flush()
    expect(grains()).toEqual([])
  })

  it('refuse more points than anybody can draw', async () => {
    const query = metricQuery.parse({ metric: 'events', from: 0, to: 10 ** 12, step: minuteMs })
    expect(await reader.read('metricSeries', query, start)).toBeNull()
  })
})

describe('what waits', () => {
  it('is told by its reason', async () => {
    await tryOnce('a', failing('waiting'))
    await tryOnce('b', failing('waiting', { class: 'dependency', waitsFor: 'salesforce:Account:2' }))
    await tryOnce('c', {
      kind: 'parked',
      failure: { class: 'permanent', stage: 'transform', code: 'CONFLICT', sentence: 'Choose.' },
    })
    await queuedDelivery(store, 'd', 'lane d')
    const reasons = async () => Object.fromEntries((await openInsight().backlog()).reasons)
    expect(await reasons()).toEqual({ 'route-off': 3, choice: 1 })
    await store.write((tx) => {
      saveMapping(tx, accounts, { author: '', note: '', at: 1 })
      saveRoute(tx, { ...accountRoute, id: 'account-to-company' as RouteId })
    })
    expect(await reasons()).toEqual({ retry: 1, parent: 1, choice: 1, turn: 1 })
    // A connection and a source may bear the same id.
    for (const [scope, id, holds] of [
      ['source', 'connectwise', false],
      ['source', 'salesforce', true],
      ['connection', 'connectwise', true],
    ] as const) {
      await store.write((tx) => savePause(tx, { scope, id, reason: 'x', who: 'console', pausedAt: 1 }))
      expect(await reasons()).toEqual(holds ? { paused: 3, choice: 1 } : { retry: 1, parent: 1, choice: 1, turn: 1 })
      await store.write((tx) => clearPause(tx, { scope, id }))
    }
  })

  it('is counted whole, however many there are', async () => {
    for (let key = 0; key < 1_005; key++) await queuedDelivery(store, `k${key}`, `lane ${key}`)
    const report = await insight.backlog()
    expect(report).toMatchObject({ count: 1_005, oldestAt: 1 })
  })
})

describe('known records', () => {
  const titles = async (text: string) => {
    await insight.index.flush()
    const { items } = await reader.read('searchRecords', text, { before: Number.MAX_SAFE_INTEGER, limit: 10 })
    return items.map(({ title, state }) => [title, state])
  }
  const fields = { Name: 'Zeta', Email: 'jo@zeta.test' }
  const contact = { recordId: '0035g00000XyZAbAAV', entity: 'Contact', title: 'Zoë Zeta', fields }

  it('are found by name, either id, domain and address', async () => {
    await tryOnce('a', updated, true, 'salesforce:Account:001000000000001AAA')
    await store.write((tx) => append(tx, arrivalOf('b', contact)))
    for (const text of ['acme', 'ACME INC', '12', '001000000000001', '001000000000001AAA', 'acme.test'])
      expect([text, ...(await titles(text))]).toEqual([text, ['Acme', 'in-step']])
    for (const text of ['zoe', 'jo@zeta', '0035g00000XyZAb', 'jo@zeta.test zeta'])
      expect([text, ...(await titles(text))]).toEqual([text, ['Zoë Zeta', 'unlinked']])
    expect(await titles('nobody')).toEqual([])
    expect(await titles('')).toHaveLength(2)
  })

  it('become one when a pair is made of two', async () => {
    await store.write((tx) =>
      append(tx, { ...arrivalOf('b', { entity: 'company', recordId: '12' }), system: 'connectwise' }),
    )
    expect(await titles('12')).toEqual([['Acme', 'unlinked']])
    await tryOnce('a', updated, true, 'salesforce:Account:001000000000001AAA')
    expect(await titles('acme')).toEqual([['Acme', 'in-step']])
  })

  it('are entered after a start that finds events nobody entered', async () => {
    await insight.stop()
    await store.write((tx) => append(tx, arrivalOf('b', contact)))
    insight = openInsight()
    insight.index.start()
    expect(await titles('zeta')).toHaveLength(1)
  })

  it('outlive the events that told of them', async () => {
    await store.write((tx) => append(tx, arrivalOf('b', contact)))
    await insight.index.flush()
    await store.write((tx) => tx.run('delete from events'))
    expect(await titles('zeta')).toHaveLength(1)
  })

  it('say that they fail, with what is open', async () => {
    await tryOnce('a', failing('dead'), true, 'salesforce:Account:001000000000001AAA')
    expect(await titles('acme')).toEqual([['Acme', 'failing']])
    const ref = { system: 'salesforce', entity: 'Account', id: '001000000000001AAA' } as const
    expect(await reader.read('recordDetail', ref)).toMatchObject({
      state: 'failing',
      openDeliveries: [{ state: 'dead' }],
    })
  })
})
