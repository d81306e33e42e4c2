import type { MetricSeries } from '#shared/domain/metrics.ts'

const minuteMs = 60_000

/** How far back a chart looks, and how long one of its points is (ms). */
export const spans = {
  hour: { label: 'Hour', words: 'the last hour', ms: 60 * minuteMs, stepMs: minuteMs },
  day: { label: 'Day', words: 'the last day', ms: 24 * 60 * minuteMs, stepMs: 10 * minuteMs },
  week: { label: 'Week', words: 'the last week', ms: 7 * 24 * 60 * minuteMs, stepMs: 60 * minuteMs },
} as const
export type SpanName = keyof typeof spans
export const spanNames = Object.keys(spans) as SpanName[]

/** A span of a name that may be anything, as addresses are typed by people. */
export function spanOf(name: string | undefined): SpanName {
  return spanNames.find((one) => one === name) ?? 'hour'
}

/** What to ask for, so that the points lie at whole steps. */
export function windowOf(span: SpanName, now: number): { from: number; to: number; step: number } {
  const { ms, stepMs } = spans[span]
  const to = now - (now % stepMs) + stepMs
  return { from: to - ms, to, step: stepMs }
}

/** How much of a step has to be over before its rate is told (ms): figures are written down every ten seconds. */
const leastMs = 20_000

/**
 * Counts as rates a minute. The step that has begun counts for the time that is over; when that is too short to tell, it is unknown
 * rather than a drop to nothing.
 */
export function ratesOf({ points, step }: Pick<MetricSeries, 'points' | 'step'>, now: number): (number | null)[] {
  return points.map(({ at, value }) => {
    const over = Math.min(step, now - at)
    return value === null || over < Math.min(step, leastMs) ? null : value / (over / minuteMs)
  })
}

/** The last value that is known. */
export function latestOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null
}

/** The highest value; null when none is known. */
export function highestOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((most, value) => (value === null ? most : Math.max(most ?? value, value)), null)
}
