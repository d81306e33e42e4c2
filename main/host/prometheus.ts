import { Counter, Gauge, Registry } from 'prom-client'
import type { CountedTotal } from '#main/relay.ts'
import type { QueueSample } from '#main/store/open-deliveries.ts'
import type { AlertFigure } from '#main/store/read/alert-figures.ts'
import type { Health } from '#shared/domain/health.ts'
import type { Counted } from '#shared/domain/metrics.ts'
import type { ApiBudget } from '#shared/domain/overview.ts'
import { healthState } from '#shared/domain/health.ts'
import { severity } from '#shared/domain/alert-counts.ts'
import { timeHistogram } from './prometheus-histogram.ts'

/** What the figures are made of. */
export interface PrometheusInput {
  readonly health: Health
  readonly totals: readonly CountedTotal[]
  readonly samples: readonly QueueSample[]
  readonly budgets: readonly ApiBudget[]
  readonly alerts: readonly AlertFigure[]
  readonly routeIds: readonly string[]
  readonly storage: { readonly usedBytes: number; readonly diskFreeBytes: number | null }
  /** Bytes of memory that the process holds. */
  readonly memoryBytes: number
}

export const prometheusType = Registry.PROMETHEUS_CONTENT_TYPE

/**
 * All figures in the words of Prometheus: base units, counters from the start of the relay.
 *
 * A registry is filled for each question, as everything has been counted already.
 */
export async function describeForPrometheus(input: PrometheusInput): Promise<string> {
  const registry = new Registry()
  const figures = new Figures(registry)
  addPath(figures, input)
  addQueue(figures, input)
  addParts(figures, input)
  addRelay(figures, input)
  return `${await registry.metrics()}\n${timeHistogram(input.totals.filter(({ scope }) => scope === 'route'))}`
}

type Labels = Readonly<Record<string, string>>
type Point = readonly [labels: Labels, value: number]

/** Puts metrics into a registry. One that has no points is left out. */
class Figures {
  readonly #registry: Registry

  constructor(registry: Registry) {
    this.#registry = registry
  }

  counter(name: string, help: string, points: readonly Point[]): void {
    const counter = new Counter({ name, help, labelNames: labelsOf(points), registers: [] })
    for (const [labels, value] of points) counter.inc(labels, value)
    if (points.length > 0) this.#registry.registerMetric(counter)
  }

  gauge(name: string, help: string, points: readonly Point[]): void {
    const gauge = new Gauge({ name, help, labelNames: labelsOf(points), registers: [] })
    for (const [labels, value] of points) gauge.set(labels, value)
    if (points.length > 0) this.#registry.registerMetric(gauge)
  }
}

function labelsOf(points: readonly Point[]): string[] {
  return Object.keys(points[0]?.[0] ?? {})
}

/** What happened on the path of events. What is configured begins at 0, so that the first of something is seen as a rise. */
function addPath(figures: Figures, { health, totals, routeIds }: PrometheusInput): void {
  const bySource = subjects(
    totals,
    'source',
    health.sources.map(({ id }) => id),
  )
  const byRoute = subjects(totals, 'route', routeIds)
  const byConnection = subjects(
    totals,
    'connection',
    health.connections.map(({ id }) => id),
  )
  const add = (name: string, help: string, what: Counted, label: string, of: Subjects): void =>
    figures.counter(
      name,
      help,
      of.map(({ id, counts }) => [{ [label]: id }, counts[what] ?? 0]),
    )
  add('patchbay_events_total', 'Events that came in.', 'events', 'source', bySource)
  add('patchbay_duplicates_total', 'Events that were known already.', 'duplicates', 'source', bySource)
  add('patchbay_rejections_total', 'Requests that were refused at the door.', 'rejections', 'source', bySource)
  add('patchbay_unmatched_total', 'Events that no route wanted.', 'unmatched', 'source', bySource)
  add('patchbay_echoes_total', 'Events that were changes of ours coming back.', 'echoes', 'source', bySource)
  addDeliveries(figures, 'patchbay_deliveries_total', 'route', byRoute)
  add('patchbay_failures_total', 'Attempts that failed.', 'failures', 'route', byRoute)
  add('patchbay_retries_total', 'Failed attempts that are tried again by themselves.', 'retries', 'route', byRoute)
  addDeliveries(figures, 'patchbay_connection_deliveries_total', 'connection', byConnection)
  add('patchbay_connection_failures_total', 'Attempts that failed.', 'failures', 'connection', byConnection)
  addDeliveries(figures, 'patchbay_source_deliveries_total', 'source', bySource)
  add('patchbay_source_failures_total', 'Attempts that failed.', 'failures', 'source', bySource)
}

type Subjects = readonly Pick<CountedTotal, 'id' | 'counts'>[]

function subjects(
  totals: readonly CountedTotal[],
  scope: CountedTotal['scope'],
  configured: readonly string[],
): Subjects {
  const counted = totals.filter((one) => one.scope === scope)
  const rest = configured.filter((id) => !counted.some((one) => one.id === id))
  return [...counted, ...rest.map((id) => ({ id, counts: {} }))]
}

const outcomes = ['delivered', 'unchanged', 'skipped', 'dead'] as const

function addDeliveries(figures: Figures, name: string, label: string, of: Subjects): void {
  const points = of.flatMap(({ id, counts }) =>
    outcomes.map((outcome) => [{ [label]: id, outcome }, counts[outcome] ?? 0] as const),
  )
  figures.counter(name, 'Deliveries that ended, by how.', points)
}

/** What has not ended. */
function addQueue(figures: Figures, { health, samples }: PrometheusInput): void {
  const { pending, leased, waiting, parked, dead } = health.queue
  const states = Object.entries({ pending, leased, waiting, parked, dead })
  figures.gauge(
    'patchbay_deliveries',
    'Deliveries by state.',
    states.map(([state, count]) => [{ state }, count]),
  )
  for (const scope of ['all', 'source', 'route', 'connection'] as const) {
    const name = scope === 'all' ? 'patchbay_queue' : `patchbay_${scope}`
    const of = samples.filter((one) => one.scope === scope)
    const at = (id: string): Labels => (scope === 'all' ? {} : { [scope]: id })
    figures.gauge(
      `${name}_depth`,
      'Deliveries that have not ended.',
      of.map(({ id, depth }) => [at(id), depth]),
    )
    figures.gauge(
      `${name}_lag_seconds`,
      'Age of the oldest delivery that has not ended.',
      of.map(({ id, lag }) => [at(id), lag / 1_000]),
    )
  }
}

/** How the parts are. */
function addParts(figures: Figures, { health, budgets, alerts }: PrometheusInput): void {
  const { channels = [], connections, sources, storage } = health
  const parts = [
    { kind: 'relay', id: '', state: health.state },
    ...(storage === undefined ? [] : [{ kind: 'storage', id: '', state: storage.state }]),
    ...connections.map(({ id, state }) => ({ kind: 'connection', id, state })),
    ...sources.map(({ id, state }) => ({ kind: 'source', id, state })),
    ...channels.map(({ id, state }) => ({ kind: 'channel', id, state })),
  ]
  figures.gauge(
    'patchbay_component_state',
    '1 for the state that a part is in.',
    parts.flatMap(({ kind, id, state }) =>
      healthState.options.map((one) => [{ kind, id, state: one }, one === state ? 1 : 0] as const),
    ),
  )
  figures.gauge(
    'patchbay_source_last_event_time_seconds',
    'When the last event came in.',
    sources.flatMap(({ id, lastEventAt }) =>
      lastEventAt === null ? [] : [[{ source: id }, lastEventAt / 1_000] as const],
    ),
  )
  figures.gauge(
    'patchbay_connection_held',
    '1 while deliveries to a connection are held back.',
    connections.map(({ id, heldUntil }) => [{ connection: id }, heldUntil === null ? 0 : 1]),
  )
  figures.gauge(
    'patchbay_api_calls_used',
    'API calls of the last 24 hours.',
    budgets.map(({ connectionId, used }) => [{ connection: connectionId }, used]),
  )
  figures.gauge(
    'patchbay_api_calls_limit',
    'API calls allowed in 24 hours.',
    budgets.flatMap(({ connectionId, limit }) =>
      limit === null ? [] : [[{ connection: connectionId }, limit] as const],
    ),
  )
  const states = ['open', 'acknowledged'] as const
  const countOf = (one: string, state: string) =>
    alerts.find((figure) => figure.severity === one && figure.state === state)?.count ?? 0
  figures.gauge(
    'patchbay_alerts',
    'Alerts that are not resolved.',
    severity.options.flatMap((one) => states.map((state) => [{ severity: one, state }, countOf(one, state)] as const)),
  )
}

function addRelay(figures: Figures, { health, storage, memoryBytes }: PrometheusInput): void {
  const { version, workspace, startedAt } = health
  figures.gauge('patchbay_info', 'The version at work, and with which systems.', [[{ version, workspace }, 1]])
  figures.gauge('patchbay_start_time_seconds', 'When the relay was started.', [[{}, startedAt / 1_000]])
  figures.gauge('patchbay_memory_bytes', 'Memory that the relay holds.', [[{}, memoryBytes]])
  figures.gauge('patchbay_database_bytes', 'What the database holds.', [[{}, storage.usedBytes]])
  const { diskFreeBytes } = storage
  const free: readonly Point[] = diskFreeBytes === null ? [] : [[{}, diskFreeBytes]]
  figures.gauge('patchbay_disk_free_bytes', 'Room that the disk still has.', free)
}
