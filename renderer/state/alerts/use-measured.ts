import type { HostClient } from '#renderer/client/host-client.ts'
import { alertMetrics, type AlertMetric, type AlertScopeKind } from '#shared/domain/alert-metric.ts'
import type { MetricSeries } from '#shared/domain/metrics.ts'
import { useAnswer, type Answer } from '../use-answer.ts'

/** What of a metric is to be drawn. */
export interface MeasuredQuery {
  readonly metric: AlertMetric
  readonly windowMinutes: number
  readonly kind: AlertScopeKind
  /** Empty for `all`. */
  readonly id: string
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** What a rule would have measured over time; null where nothing was. Oldest first. */
export interface Measured extends Span {
  readonly points: MetricSeries['points']
}

const minuteMs = 60_000
/** So many are drawn at the least, as far as they are there. */
const fewestPoints = 30
/** More points than this are not told of one series. */
const mostPoints = 1_900

/** The figures that a rule goes by, over a span that may move on by itself; asked for again every `everyMs`, where that is given. */
export function useMeasured(query: MeasuredQuery, spanAt: (now: number) => Span, everyMs?: number): Answer<Measured> {
  return useAnswer(
    `measured ${JSON.stringify(query)}`,
    (call) => {
      const now = Date.now()
      return ask(call, query, spanAt(now), now)
    },
    everyMs,
  )
}

async function ask(call: HostClient['call'], query: MeasuredQuery, span: Span, now: number): Promise<Measured> {
  const { metric, kind, id } = query
  const scope = kind === 'all' ? kind : `${kind}:${id}`
  const step = stepOf(query, span)
  const series = await call.metrics.series({ scope, metric, ...span, step })
  return { ...span, points: ruleValues(query, series, now) }
}

/** One point for each window, or for several where that would be too many; a level is looked at each minute. */
export function stepOf({ metric, windowMinutes }: MeasuredQuery, { from, to }: Span): number {
  const windowMs = alertMetrics[metric].over === 'window' ? windowMinutes * minuteMs : minuteMs
  return windowMs * Math.ceil((to - from) / (windowMs * mostPoints))
}

/**
 * The values as a rule compares them. A window that is not over is left out, as long as there are others; where a point stands for several windows, a count is what
 * came in one of them.
 */
export function ruleValues(
  { metric, windowMinutes }: MeasuredQuery,
  { points, step }: Pick<MetricSeries, 'points' | 'step'>,
  now: number,
): MetricSeries['points'] {
  const { over, unit } = alertMetrics[metric]
  const windows = over === 'window' ? step / (windowMinutes * minuteMs) : 1
  // The longest wait is drawn elsewhere, in ms.
  const scale = metric === 'lag' ? 1 / minuteMs : unit === 'count' ? 1 / windows : 1
  const whole = points.filter(({ at }) => over === 'level' || at + step <= now)
  const told = whole.some(({ value }) => value !== null) ? whole : points
  // What lies before the first value would squeeze the rest.
  const first = told.findIndex(({ value }) => value !== null)
  return told
    .slice(Math.max(0, Math.min(first - 1, told.length - fewestPoints)))
    .map(({ at, value }) => ({ at, value: value === null ? null : value * scale }))
}
