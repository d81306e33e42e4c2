import { alertMetrics, type AlertMetric } from '#shared/domain/alert-metric.ts'
import { countUntil, levelAt, type LevelStep } from '#shared/logic/rule-history.ts'
import { loadSteps } from '../rule-history.ts'
import type { Reading } from './reading.ts'

/** A level, or the marks of restarts, at even distances: of each stretch the worst, and null where it was not looked at. */
export function levelPoints(
  reading: Reading,
  metric: AlertMetric,
  subject: Parameters<typeof loadSteps>[2],
  stretches: readonly number[],
  step: number,
): { at: number; value: number | null }[] {
  const first = stretches[0] ?? 0
  const steps = loadSteps(reading, metric, subject, first, first + stretches.length * step)
  return stretches.map((at) => {
    const within = steps.slice(countUntil(steps, at), countUntil(steps, at + step))
    return {
      at,
      value: metric === 'restarts' ? within.length : worstOf(metric, [levelAt(steps, at), ...within.map(valueOf)]),
    }
  })
}

function worstOf(metric: AlertMetric, values: readonly (number | null)[]): number | null {
  const seen = values.filter((value) => value !== null)
  if (seen.length === 0) return null
  return alertMetrics[metric].bad === 'above' ? Math.max(...seen) : Math.min(...seen)
}

function valueOf({ value }: LevelStep): number | null {
  return value
}
