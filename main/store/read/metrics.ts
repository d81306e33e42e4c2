import type { Counted, MetricName, MetricQuery, MetricSeries } from '#shared/domain/metrics.ts'
import { counted } from '#shared/domain/metrics.ts'
import { mergeBuckets, percentile, type TimeBuckets } from '#shared/logic/time-buckets.ts'
import { parseColumn } from './json.ts'
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

interface Row {
  readonly at: number
  readonly value: number | null
  readonly times: string | null
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
    const [scope = 'all', id = ''] = query.scope.split(':')
    const grain = step % hourMs === 0 ? hourMs : minuteMs
    const rows = reading.all<Row>(
      `select at, ${columnOf(query.metric)} from metrics where scope = ? and id = ? and grain = ? and at >= ? and at < ? order by at`,
      scope,
      id,
      grain,
      first,
      to,
    )
    const groups = Map.groupBy(rows, ({ at }) => at - ((at - first) % step))
    const count = Math.ceil((to - first) / step)
    const points = Array.from({ length: count }, (_, index) => {
      const at = first + index * step
      return { at, value: combine(query.metric, groups.get(at) ?? []) }
    })
    return { scope: query.scope, metric: query.metric, step, points }
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

  /** The minutes since an instant in which a source had events, in order. */
  function activeMinutes(sourceId: string, since: number): number[] {
    return reading
      .all<{ at: number }>(
        `select at from metrics where scope = 'source' and id = ? and grain = ${minuteMs} and at >= ? and events > 0 order by at`,
        sourceId,
        since,
      )
      .map(({ at }) => at)
  }

  return { metricSeries, countsSince, activeMinutes }
}

function chooseStep(from: number, to: number, now: number): number {
  const least = Math.max((to - from) / pointsDrawn, from < now - minutesKeptMs ? hourMs : minuteMs)
  return steps.find((step) => step >= least) ?? Math.ceil(least / dayMs) * dayMs
}

function columnOf(metric: MetricName): string {
  return metric in shares ? 'null as value, times' : `${metric} as value, null as times`
}

function combine(metric: MetricName, rows: readonly Row[]): number | null {
  switch (metric) {
    case 'p50':
    case 'p95':
    case 'p99':
      return percentile(mergeBuckets(rows.map(({ times }) => parseColumn<TimeBuckets>(times, {}))), shares[metric])
    case 'lag':
    case 'depth': {
      const seen = rows.flatMap(({ value }) => (value === null ? [] : [value]))
      return seen.length === 0 ? null : Math.max(...seen)
    }
    default:
      return rows.reduce((sum, { value }) => sum + (value ?? 0), 0)
  }
}
