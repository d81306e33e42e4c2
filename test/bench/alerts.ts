import { createLogger } from '#main/base/logger.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import { AlertDesk } from '#main/engine/telling/alert-desk.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { InsightDesk } from '#main/engine/insight/insight.ts'
import { readyMadeRules } from '#main/alerts/ready-made.ts'
import { saveRule } from '#main/store/alerts.ts'
import { saveConnection, saveRoute, saveSource } from '#main/store/configuration.ts'
import { addTally } from '#main/store/metrics.ts'
import type { Store } from '#main/store/store.ts'
import type { Measure } from '#main/store/transaction.ts'
import { alertMetric, alertMetrics } from '#shared/domain/alert-metric.ts'
import { alertRule, type AlertRule } from '#shared/domain/alert.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { connection } from '#shared/domain/connection.ts'
import { minuteMs } from '#shared/logic/rule-history.ts'
import { connectwise, sqlQueue, webhook } from '#test/contract/documents.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { below } from './figure.ts'
import { definePart, type Part } from './part.ts'
import type { Ground } from './ground.ts'

const perMinute = 10_000
const rulesWatched = 40
/** Minutes that there are figures of before the first tick: as much as the longest window. */
const minutesBefore = 1_440
const start = 1_700_000_040_000

/** What watching costs: the look at all levels, and the judgement of the rules. */
export function alertsPart(isQuick: boolean): Part {
  const ticks = isQuick ? 10 : 60
  return definePart({
    about: `${ticks} minutes of ${perMinute.toLocaleString('en')} events with ${rulesWatched} rules`,
    aims: {
      median: { name: `alerts, a tick with ${rulesWatched} rules, median`, unit: 'ms/min' },
      longest: { name: `alerts, a tick with ${rulesWatched} rules, longest`, unit: 'ms/min' },
      share: { name: `alerts, share of a core at ${perMinute}/min`, unit: '%', bar: below(1) },
      steps: { name: 'alerts, rows of levels', unit: '/min' },
    },
    measure: (ground) => measureAlerts(ground, ticks),
  })
}

async function measureAlerts(ground: Ground, ticks: number) {
  const { store, close } = temporaryStore()
  ground.after(close)
  await furnish(store)
  const clock = new HandClock(start)
  const configuration = new Configuration(store, new Uint8Array(32))
  const routes = configuration.routes.map(({ id }) => id)
  const onBug = (error: unknown): never => {
    throw error
  }
  const ports = {
    store,
    clock,
    configuration,
    logger: createLogger('silent'),
    lines: new Map(),
    pauses: () => [],
    onBug,
  }
  const insight = new InsightDesk({ ...ports, mayWrite: () => true })
  const desk = new AlertDesk({
    ...ports,
    insight,
    reported: () => null,
    isAwaited: () => false,
    diskFreeBytes: () => 10 ** 11,
    notify: () => undefined,
  })
  await fill(store, routes)
  const times: number[] = []
  let cpuUs = 0
  for (let tick = 0; tick < ticks; tick++) {
    insight.metrics.count(measuresOf(routes, tick))
    clock.add(minuteMs)
    const cpu = process.cpuUsage()
    const began = performance.now()
    await desk.tick()
    times.push(performance.now() - began)
    const used = process.cpuUsage(cpu)
    cpuUs += used.user + used.system
  }
  const rows = store.read((tx) => tx.get<{ count: number }>('select count(*) as count from levels'))
  await insight.stop()
  const sorted = times.toSorted((one, other) => one - other)
  return {
    median: sorted[Math.floor(ticks / 2)] ?? Number.NaN,
    longest: sorted.at(-1) ?? Number.NaN,
    share: (100 * cpuUs) / 1_000 / (ticks * minuteMs),
    steps: (rows?.count ?? Number.NaN) / ticks,
  }
}

async function furnish(store: Store): Promise<void> {
  const settings = { loginUrl: 'https://acme.my.salesforce.com', clientId: 'x' }
  const salesforce = connection.parse({ id: 'salesforce', kind: 'salesforce', name: 'Salesforce', settings })
  const connections = { salesforce: salesforce.id, connectwise: 'connectwise' as ConnectionId }
  await store.write((tx) => {
    saveConnection(tx, salesforce)
    saveConnection(tx, connectwise)
    saveSource(tx, webhook)
    saveSource(tx, sqlQueue)
    for (const route of readyMadeRoutes(connections)) saveRoute(tx, route)
    for (const rule of rules()) saveRule(tx, rule, start)
  })
}

/** Those that come with Patchbay, and one of every metric and more, a third of them with a window of a day. */
function rules(): AlertRule[] {
  const ready = readyMadeRules()
  const windows = [1_440, 15, 60]
  const more = Array.from({ length: rulesWatched - ready.length }, (_, index) => {
    const metric = alertMetric.options[index % alertMetric.options.length] ?? 'volume'
    return alertRule.parse({
      id: `more-${index}`,
      name: metric,
      scope: { kind: alertMetrics[metric].scopes.find((kind) => kind === 'route') ?? 'all', id: null },
      metric,
      comparison: alertMetrics[metric].bad,
      threshold: 10,
      windowMinutes: windows[index % windows.length],
      severity: 'warning',
      channels: ['toast'],
      quietHours: null,
      remindMinutes: 60,
      enabled: true,
    })
  })
  return [...ready, ...more]
}

/** A day of figures, as the traffic would have left them. */
async function fill(store: Store, routes: readonly string[]): Promise<void> {
  const times = { 40: 100, 48: 300, 56: 200, 64: 50, 72: 10 }
  const tally = { counts: { events: 500, delivered: 400, failures: 20, retries: 18, dead: 2 }, times, lag: 0, depth: 3 }
  const subjects = [
    { scope: 'all', id: '' } as const,
    ...['salesforce', 'connectwise'].map((id) => ({ scope: 'connection', id }) as const),
    ...['salesforce', 'connectwise-sql'].map((id) => ({ scope: 'source', id }) as const),
    ...routes.map((id) => ({ scope: 'route', id }) as const),
  ]
  for (let minute = 1; minute <= minutesBefore; minute += 60)
    await store.write((tx) => {
      for (let at = minute; at < minute + 60; at++)
        for (const subject of subjects) addTally(tx, { ...subject, ...tally, at: start - at * minuteMs })
    })
}

function measuresOf(routes: readonly string[], tick: number): Measure[] {
  return Array.from({ length: perMinute }, (_, index): Measure[] => {
    const about = { sourceId: 'salesforce', routeId: routes[index % routes.length] ?? '', connectionId: 'connectwise' }
    return [
      { what: 'events', sourceId: 'salesforce' },
      (index + tick) % 200 === 0
        ? { what: 'dead', ...about }
        : { what: 'delivered', ...about, tookMs: 20 + ((index * 37) % 900) },
    ]
  }).flat()
}
