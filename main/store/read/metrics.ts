import { alertScopeKind, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
import {
  counted,
  drawnLevels,
  type Counted,
  type DrawnLevel,
  type MetricName,
  type MetricQuery,
  type MetricSeries,
} from '#shared/domain/metrics.ts'
import { figureOf, sumsOf } from '#shared/logic/rule-figures.ts'
import { mergeBuckets, percentile, type TimeBuckets } from '#shared/logic/time-buckets.ts'
import { activityOf } from '../metrics.ts'
import type { FigurePart } from '../rule-history.ts'
import { parseColumn } from './json.ts'
import { levelPoints } from './level-series.ts'
import type { Reading } from './reading.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Minutes are kept for so long (ms); what begins earlier is told by hours. */
const minutesKeptMs = 7 * dayMs
/** Points that are drawn unless a step is asked for, and the most of all. */
const pointsDrawn = 240
const mostPoints = 2_000
/** Steps to choose from (ms), the finest first. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1_440, 10_080].map((minutes) => minutes * minuteMs)

const shares = { p50: 0.5, p95: 0.95, p99: 0.99 } as const
const rates = ['success-rate', 'error-rate', 'volume', 'dead-letters'] as const

type Row = Partial<Record<Counted, number>> & {
  readonly at: number
  readonly times: string | null
  readonly lag: number | null
  readonly depth: number | null
}

/** Reads of figures. */
export function metricReads(reading: Reading) {
  /** A metric as points at even distances; null when that would be too many. */
  function metricSeries(query: MetricQuery, now: number): MetricSeries | null {
    const to = query.to ?? now
    const from = query.from ?? to - dayMs
    const step = query.step ?? chooseStep(from, to, now)
    const first = from - (from % step)
    if (to <= first || (to - first) / step > mostPoints) return null
    const count = Math.ceil((to - first) / step)
    const stretches = Array.from({ length: count }, (_, index) => first + index * step)
    return { scope: query.scope, metric: query.metric, step, points: pointsOf(query, stretches, step, to) }
  }

  function pointsOf(
    query: MetricQuery,
    stretches: readonly number[],
    step: number,
    to: number,
  ): MetricSeries['points'] {
    const { metric } = query
    const [kind = 'all', id = ''] = query.scope.split(':')
    const subject = { kind: alertScopeKind.parse(kind), id }
    if (isLevel(metric)) return levelPoints(reading, metric, subject, stretches, step)
    const first = stretches[0] ?? to
    const grain = step % hourMs === 0 ? hourMs : minuteMs
    const rows = partsOf(subject, metric).flatMap((part) =>
      reading.all<Row>(
        `select at, ${columnsOf(metric)} from metrics where scope = ? and id = ? and grain = ? and at >= ? and at < ? order by at`,
        part.scope,
        part.id,
        grain,
        first,
        to,
      ),
    )
    const groups = Map.groupBy(rows, ({ at }) => at - ((at - first) % step))
    return stretches.map((at) => ({ at, value: combine(metric, subject.kind, groups.get(at) ?? []) }))
  }

  /** Where the figures of a subject are kept; those of a system with its connections, or its sources. */
  function partsOf(
    { kind, id }: { readonly kind: AlertScopeKind; readonly id: string },
    metric: MetricName,
  ): FigurePart[] {
    if (kind !== 'system') return [{ scope: kind, id }]
    const scope = atTheDoor.includes(metric) ? 'source' : 'connection'
    return reading
      .all<{ id: string }>(`select id from ${scope}s where kind = ? or kind like ? || '-%'`, id, id)
      .map((row) => ({ scope, id: row.id }))
  }

  /** What was counted of everything since an instant, by whole hours. */
  function countsSince(since: number): Record<Counted, number> {
    const sums = counted.map((one) => `coalesce(sum(${one}), 0) as ${one}`).join(', ')
    const row = reading.get<Record<Counted, number>>(
      `select ${sums} from metrics where scope = 'all' and id = '' and grain = ${hourMs} and at > ?`,
      since - hourMs,
    )
    return row ?? (Object.fromEntries(counted.map((one) => [one, 0])) as Record<Counted, number>)
  }

  return {
    metricSeries,
    countsSince,
    activity: (sourceId: string, now: number) => activityOf(reading, sourceId, now),
  }
}

function chooseStep(from: number, to: number, now: number): number {
  const least = Math.max((to - from) / pointsDrawn, from < now - minutesKeptMs ? hourMs : minuteMs)
  return steps.find((step) => step >= least) ?? Math.ceil(least / dayMs) * dayMs
}

/** What is counted before any connection is concerned. */
const atTheDoor: readonly MetricName[] = ['events', 'volume', 'duplicates', 'rejections', 'unmatched', 'echoes']

function isLevel(metric: MetricName): metric is DrawnLevel {
  return (drawnLevels as readonly string[]).includes(metric)
}

function isRate(metric: MetricName): metric is (typeof rates)[number] {
  return (rates as readonly string[]).includes(metric)
}

function columnsOf(metric: MetricName): string {
  if (metric in shares) return 'times'
  return isRate(metric) ? counted.join(', ') : metric
}

function combine(metric: Exclude<MetricName, DrawnLevel>, scope: AlertScopeKind, rows: readonly Row[]): number | null {
  switch (metric) {
    case 'p50':
    case 'p95':
    case 'p99':
      return percentile(mergeBuckets(rows.map(({ times }) => parseColumn<TimeBuckets>(times, {}))), shares[metric])
    case 'lag':
    case 'depth': {
      const seen = rows.flatMap(({ [metric]: value }) => (value === null ? [] : [value]))
      return seen.length === 0 ? null : Math.max(...seen)
    }
    case 'success-rate':
    case 'error-rate':
    case 'volume':
    case 'dead-letters':
      return figureOf(
        metric,
        rows.map((counts) => sumsOf(metric, scope, counts)),
      )
    default:
      return rows.reduce((sum, { [metric]: value = 0 }) => sum + value, 0)
  }
}
