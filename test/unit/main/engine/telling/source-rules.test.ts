import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLogger } from '#main/base/logger.ts'
import { AlertDesk } from '#main/engine/telling/alert-desk.ts'
import { countDeadLetters } from '#main/engine/telling/dead-letters.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { InsightDesk } from '#main/engine/insight/insight.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { lease } from '#main/queue/queue.ts'
import { saveConnection, saveMapping, saveRoute, saveSource } from '#main/store/configuration.ts'
import type { Store } from '#main/store/store.ts'
import { alertMetric, alertMetrics } from '#shared/domain/alert-metric.ts'
import type { RouteId, SourceId } from '#shared/domain/ids.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { accountRoute, accounts, connectwise, sqlQueue, webhook } from '#test/contract/documents.ts'
import { failedAttempt, connectionId, queuedDelivery } from '#test/support/delivery.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
let clock: HandClock
let insight: InsightDesk
let desk: AlertDesk

const onBug = (error: unknown): never => {
  throw error
}

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  clock = new HandClock(1_700_000_040_000)
  await store.write((tx) => {
    saveConnection(tx, connectwise)
    saveSource(tx, webhook)
    saveSource(tx, sqlQueue)
    saveMapping(tx, accounts, { author: 'ada', note: '', at: 1 })
    saveRoute(tx, { ...accountRoute, id: 'account-to-company' as RouteId })
  })
  const configuration = new Configuration(store, new Uint8Array(32))
  const ports = { store, clock, configuration, logger: createLogger('silent'), lines: new Map(), onBug }
  insight = new InsightDesk({ ...ports, pauses: () => [], mayWrite: () => true })
  store.onCommit((notes) => insight.committed(notes))
  desk = new AlertDesk({
    ...ports,
    insight,
    pauses: () => [],
    reported: () => null,
    isAwaited: () => false,
    diskFreeBytes: () => null,
    notify: () => undefined,
  })
})
afterEach(async () => {
  await insight.stop()
  await close()
})

const failed = (state: 'waiting' | 'dead'): Outcome => ({
  kind: 'failed',
  failure: { class: 'transient', stage: 'deliver', code: 'X', sentence: 'No.' },
  next: { state, availableAt: 10 ** 14, counts: true, exhausted: null },
})
const unchanged: Outcome = {
  kind: 'delivered',
  result: 'unchanged',
  note: '',
  destination: { system: 'connectwise', entity: 'company', id: '12' },
  written: null,
  link: null,
}

async function deliver(key: string, sourceId: SourceId, outcome: Outcome): Promise<void> {
  const { eventId } = await queuedDelivery(store, key, `lane ${key}`, sourceId)
  await store.write((tx) => {
    const [leased] = lease(tx, connectionId, 1, 10 ** 13, { token: key, until: 10 ** 14 })
    if (leased === undefined) throw new Error('nothing to lease')
    recordOutcome(tx, leased, eventId, outcome, failedAttempt, clock.now())
  })
}

/** What deliveries do, which all is counted by the source of their events as well. */
const ofDeliveries = alertMetric.options.filter(
  (metric) => alertMetrics[metric].scopes.includes('source') && alertMetrics[metric].scopes.includes('route'),
)

it('rules about what deliveries do find the source whose events are in trouble, and no other', async () => {
  expect(ofDeliveries).toEqual([
    ...['success-rate', 'error-rate', 'volume', 'retries', 'dead-letters'],
    ...['p50', 'p95', 'p99', 'lag', 'depth', 'failing'],
  ])
  for (const metric of ofDeliveries) {
    const bar = { threshold: metric === 'success-rate' ? 90 : 0, windowMinutes: 1, severity: 'warning' } as const
    const rule = { name: metric, metric, scope: { kind: 'source', id: null }, ...bar } as const
    const comparison = metric === 'success-rate' ? 'below' : 'above'
    expect(await desk.saveRule({ ...rule, comparison }, 'ada')).toMatchObject({ ok: true })
  }
  await deliver('dead', webhook.id, failed('dead'))
  await deliver('waiting', webhook.id, failed('waiting'))
  await deliver('well', webhook.id, unchanged)
  clock.add(minuteMs)
  await desk.tick()
  const found = store.read((tx) =>
    tx.all<{ metric: string; subject: string }>(
      `select rule ->> '$.metric' as metric, subject_kind || ':' || subject_id as subject from alerts order by id`,
    ),
  )
  expect(new Set(found.map(({ metric }) => metric))).toEqual(new Set(ofDeliveries))
  expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([`source:${webhook.id}`]))
})

it('dead letters are counted by source to the last one, however many there are', async () => {
  for (let key = 0; key < 1_003; key++)
    await queuedDelivery(store, `k${key}`, `lane ${key}`, key % 3 === 0 ? sqlQueue.id : webhook.id)
  await store.write((tx) => tx.run(`update deliveries set state = 'dead'`))
  const counts = await countDeadLetters(store)
  expect(Object.fromEntries(counts.source)).toEqual({ [sqlQueue.id]: 335, [webhook.id]: 668 })
  expect(Object.fromEntries(counts.connection)).toEqual({ [connectionId]: 1_003 })
})
