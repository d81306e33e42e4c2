import type { MetricSeries } from '#shared/domain/metrics.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How far back a chart looks, how long one of its points is, and the time that its rates are told for (ms). */
export const spans = {
  hour: {
    label: 'Hour',
    words: 'the last hour',
    ms: hourMs,
    stepMs: minuteMs,
    rate: { words: 'a minute', ms: minuteMs },
  },
  day: {
    label: 'Day',
    words: 'the last day',
    ms: 24 * hourMs,
    stepMs: 10 * minuteMs,
    rate: { words: 'an hour', ms: hourMs },
  },
  week: {
    label: 'Week',
    words: 'the last week',
    ms: 7 * 24 * hourMs,
    stepMs: hourMs,
    rate: { words: 'an hour', ms: hourMs },
  },
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
 * Counts as rates for each `unitMs`. The step that has begun counts for the time that is over by `now`; when that is too short to tell, it is
 * unknown rather than a drop to nothing.
 */
export function ratesOf(
  { points, step }: Pick<MetricSeries, 'points' | 'step'>,
  now: number,
  unitMs: number,
): (number | null)[] {
  return points.map(({ at, value }) => {
    const over = Math.min(step, now - at)
    return value === null || over < Math.min(step, leastMs) ? null : value / (over / unitMs)
  })
}

/** The same without the step that has begun: what is called the most has to have been counted to its end. */
export function wholeSteps({ points, step }: Pick<MetricSeries, 'points' | 'step'>, now: number) {
  return { points: points.filter(({ at }) => at + step <= now), step }
}

/** All that was counted. */
export function sumOf({ points }: Pick<MetricSeries, 'points'>): number {
  return points.reduce((sum, { value }) => sum + (value ?? 0), 0)
}

/** Leaves out nothings beside nothings, so that a line along zero does not hide the one below it. */
export function withoutZeros(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value, index) => {
    const isBeside = (values[index - 1] ?? 0) > 0 || (values[index + 1] ?? 0) > 0
    return value === 0 && !isBeside ? null : value
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
