import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import type { RunningHost } from '#main/host/loopback.ts'
import { saveConnection, saveMapping, saveRoute } from '#main/store/configuration.ts'
import type { Measure } from '#main/store/transaction.ts'
import type { SourceId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { queuedDelivery } from '#test/support/delivery.ts'
import { accountRoute, accounts, connectwise, webhook } from './documents.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, token } from './transports.ts'

let workspaces: TestWorkspaces
let host: RunningHost
beforeEach(async () => {
  workspaces = new TestWorkspaces()
  host = await openHost(workspaces)
  await workspaces.live.store.write((tx) => {
    saveConnection(tx, connectwise)
    saveMapping(tx, accounts, { author: 'ada', note: '', at: 1 })
    saveRoute(tx, accountRoute)
  })
})
afterEach(async () => {
  await host.close()
  await workspaces.close()
})

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface Page {
  /** Type by metric. */
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly Sample[]
}

const line = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (-?[0-9.e+-]+|\+Inf|NaN)$/u
const label = /([a-z_][a-z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/gu

/** Reads the text format of Prometheus; what does not fit it fails. */
function parse(text: string): Page {
  const types = new Map<string, string>()
  const samples: Sample[] = []
  expect(text.endsWith('\n')).toBe(true)
  for (const one of text.split('\n').filter((each) => each !== '')) {
    const [mark, what, name = '', ...rest] = one.split(' ')
    if (mark === '#') {
      expect(['HELP', 'TYPE']).toContain(what)
      if (what === 'TYPE') expect(types.has(name)).toBe(false)
      if (what === 'TYPE') types.set(name, rest.join(' '))
      continue
    }
    const found = line.exec(one)
    if (found === null) throw new Error(`no line of the text format: ${one}`)
    const pairs = [...(found[2] ?? '').matchAll(label)].map(([, key = '', value = '']): [string, string] => [
      key,
      value,
    ])
    const labels = Object.fromEntries(pairs)
    samples.push({ name: found[1] ?? '', labels, value: Number(found[3]) })
  }
  return { types, samples }
}

async function readPage(): Promise<Page> {
  const response = await fetch(`${host.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return parse(await response.text())
}

const valueOf = ({ samples }: Page, name: string, labels: Sample['labels'] = {}): number | undefined =>
  samples.find((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    ?.value

const delivered = (tookMs: number): Measure => ({
  what: 'delivered',
  sourceId: 'salesforce',
  routeId: 'accounts',
  connectionId: connectwise.id,
  tookMs,
})

describe('the page for Prometheus', () => {
  it('wants the token', async () => {
    expect((await fetch(`${host.url}/metrics`)).status).toBe(401)
    const wrong = { headers: { authorization: 'Bearer wrong' } }
    expect((await fetch(`${host.url}/metrics`, wrong)).status).toBe(401)
  })

  it('names everything as Prometheus wants it', async () => {
    workspaces.live.insight.metrics.count([delivered(5)])
    const { types, samples } = await readPage()
    for (const [name, type] of types) {
      expect(name).toMatch(/^patchbay_[a-z_]+$/)
      expect(name.endsWith('_total')).toBe(type === 'counter')
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|mb|kb)\b/)
    }
    const base = (name: string) => (types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''))
    expect(samples.filter(({ name }) => !types.has(base(name)))).toEqual([])
    const keys = samples.map(({ name, labels }) => `${name}${JSON.stringify(labels)}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('begins at 0 for each configured route, and counts from there', async () => {
    const first = await readPage()
    const about = { route: 'accounts', outcome: 'delivered' }
    expect(valueOf(first, 'patchbay_deliveries_total', about)).toBe(0)
    const { store, insight } = workspaces.live
    store.onCommit((notes) => insight.committed(notes))
    await store.write((tx) => append(tx, arrivalOf('a')))
    insight.metrics.count([delivered(5), delivered(3_000), { what: 'dead', routeId: 'accounts' }])
    await insight.metrics.flush()
    const second = await readPage()
    expect(valueOf(second, 'patchbay_events_total', { source: 'salesforce' })).toBe(1)
    expect(valueOf(second, 'patchbay_deliveries_total', about)).toBe(2)
    expect(valueOf(second, 'patchbay_deliveries_total', { route: 'accounts', outcome: 'dead' })).toBe(1)
    expect(valueOf(second, 'patchbay_connection_deliveries_total', { connection: connectwise.id })).toBe(2)
  })

  it('says of each source what became of its events, what waits, and when the last one came', async () => {
    const { store, insight } = workspaces.live
    const health = { ...webhook, url: null, state: 'ok', since: null, reason: null, nextStep: null } as const
    const idle = { ...health, id: 'idle' as SourceId, lastEventAt: null }
    workspaces.live.sourceHealth = [{ ...health, lastEventAt: 1_700_000_000_000 }, idle].map((one) => ({
      ...one,
      events: 0,
      rejections: 0,
    }))
    await queuedDelivery(store, 'a')
    await insight.sample()
    insight.metrics.count([delivered(5), { what: 'failures', sourceId: 'salesforce' }])
    const page = await readPage()
    const of = (name: string, labels: Sample['labels'] = {}) =>
      valueOf(page, `patchbay_source_${name}`, { source: 'salesforce', ...labels })
    expect(of('last_event_time_seconds')).toBe(1_700_000_000)
    expect(valueOf(page, 'patchbay_source_last_event_time_seconds', { source: 'idle' })).toBeUndefined()
    expect(of('depth')).toBe(1)
    expect(of('lag_seconds')).toBeGreaterThan(0)
    expect(of('deliveries_total', { outcome: 'delivered' })).toBe(1)
    expect(of('failures_total')).toBe(1)
  })

  it('has the times as a histogram that adds up', async () => {
    workspaces.live.insight.metrics.count([5, 5, 60, 3_000, 99_000_000].map(delivered))
    const page = await readPage()
    const name = 'patchbay_processing_seconds'
    const buckets = page.samples.filter((one) => one.name === `${name}_bucket`)
    const counts = buckets.map(({ value }) => value)
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    const upTo = (le: string) => valueOf(page, `${name}_bucket`, { le, route: 'accounts' })
    expect([upTo('0.004'), upTo('0.008'), upTo('0.064'), upTo('4.096'), upTo('+Inf')]).toEqual([0, 2, 3, 4, 5])
    expect(valueOf(page, `${name}_count`)).toBe(5)
    expect(valueOf(page, `${name}_sum`)).toBeCloseTo(99_003.07)
  })

  it('says how the relay and its alerts are', async () => {
    await workspaces.live.store.write((tx) =>
      tx.run(
        `insert into alerts (rule_id, rule, subject_kind, subject_id, subject_name, state, sentence, place, opened_at)
         values ('r', '{"severity":"critical"}', 'all', '', 'Patchbay', 'open', 'Down.', '{}', 1)`,
      ),
    )
    const page = await readPage()
    expect(valueOf(page, 'patchbay_alerts', { severity: 'critical', state: 'open' })).toBe(1)
    expect(valueOf(page, 'patchbay_alerts', { severity: 'warning', state: 'open' })).toBe(0)
    expect(valueOf(page, 'patchbay_start_time_seconds')).toBe(1)
    expect(valueOf(page, 'patchbay_memory_bytes')).toBeGreaterThan(1_000_000)
    expect(valueOf(page, 'patchbay_disk_free_bytes')).toBeGreaterThan(0)
    expect(valueOf(page, 'patchbay_queue_depth')).toBe(0)
    expect(valueOf(page, 'patchbay_component_state', { kind: 'relay', state: 'ok' })).toBe(1)
    expect(valueOf(page, 'patchbay_component_state', { kind: 'relay', state: 'down' })).toBe(0)
  })
})
