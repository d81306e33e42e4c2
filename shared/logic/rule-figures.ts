import type { AlertMetric, AlertScopeKind } from '../domain/alert-metric.ts'
import type { Counted } from '../domain/metrics.ts'
import { percentile, type TimeBuckets } from './time-buckets.ts'

type Counts = Readonly<Partial<Record<Counted, number>>>

/** Two sums over a window: a count stands in `part`; a rate is `part` of `whole`. */
export interface Sums {
  readonly part: number
  readonly whole: number
}

export const shares: Readonly<Partial<Record<AlertMetric, number>>> = { p50: 0.5, p95: 0.95, p99: 0.99 }

const plain: Readonly<Partial<Record<AlertMetric, Counted>>> = {
  rejections: 'rejections',
  retries: 'retries',
  'dead-letters': 'dead',
}

/** Whether a metric is a number of happenings, so that none is 0 and not unknown. */
export function isCount(metric: AlertMetric): boolean {
  return metric === 'volume' || metric === 'restarts' || metric in plain
}

/** What one minute adds to a metric's sums. A route or connection has no events of its own: its volume is the deliveries that ended. */
export function sumsOf(metric: AlertMetric, scope: AlertScopeKind, counts: Counts): Sums {
  const of = (what: Counted): number => counts[what] ?? 0
  const well = of('delivered') + of('unchanged') + of('skipped')
  switch (metric) {
    case 'success-rate':
      return { part: well, whole: well + of('dead') }
    case 'error-rate':
      return { part: of('failures'), whole: well + of('failures') }
    case 'volume':
      return { part: scope === 'route' || scope === 'connection' ? well + of('dead') : of('events'), whole: 0 }
    default: {
      const counted = plain[metric]
      return { part: counted === undefined ? 0 : of(counted), whole: 0 }
    }
  }
}

/** The value of a rate (percent) or count; null where nothing was counted that it could be a rate of. */
export function valueOf(metric: AlertMetric, { part, whole }: Sums): number | null {
  if (isCount(metric)) return part
  return whole === 0 ? null : (100 * part) / whole
}

/** The value of all minutes together. */
export function figureOf(metric: AlertMetric, all: readonly Sums[]): number | null {
  return valueOf(metric, {
    part: all.reduce((sum, { part }) => sum + part, 0),
    whole: all.reduce((sum, { whole }) => sum + whole, 0),
  })
}

/** The value of a percentile (ms); null where nothing was delivered. */
export function percentileOf(metric: AlertMetric, times: TimeBuckets): number | null {
  return percentile(times, shares[metric] ?? 0.5)
}
