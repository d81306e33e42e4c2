import { showDuration } from '#renderer/parts/time-format.ts'
import { alertMetrics, type AlertMetric, type AlertUnit } from '#shared/domain/alert-metric.ts'
import { durationWords } from '../durations.ts'

/** How the threshold of a unit is asked for. A person enters `stored / scale`. */
interface ThresholdField {
  readonly suffix: string
  readonly scale: number
  readonly max: number
  readonly step: number
}

const fields: Record<Exclude<AlertUnit, 'yes-or-no'>, ThresholdField> = {
  percent: { suffix: ' %', scale: 1, max: 100, step: 1 },
  count: { suffix: '', scale: 1, max: 1_000_000_000, step: 1 },
  ms: { suffix: ' seconds', scale: 1_000, max: 86_400, step: 1 },
  minutes: { suffix: ' minutes', scale: 1, max: 100_000, step: 5 },
  megabytes: { suffix: ' MB', scale: 1, max: 10_000_000, step: 50 },
  times: { suffix: ' times', scale: 1, max: 1_000, step: 1 },
}

/** null: the metric is either so or not, and there is nothing to enter. */
export function thresholdField(metric: AlertMetric): ThresholdField | null {
  const { unit } = alertMetrics[metric]
  return unit === 'yes-or-no' ? null : fields[unit]
}

/** A value of a metric with its unit: "95 %", "3 times", "2.5 s". */
export function metricValue(metric: AlertMetric, value: number): string {
  const number = value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 })
  switch (alertMetrics[metric].unit) {
    case 'percent':
      return `${number} %`
    case 'ms':
      return value === 0 ? '0' : showDuration(value)
    case 'minutes':
      return value === 0 ? '0' : showDuration(value * 60_000)
    case 'megabytes':
      return `${number} MB`
    case 'times':
      return value === 1 ? 'once' : `${number} times`
    case 'yes-or-no':
      return value > 0 ? 'yes' : 'no'
    case 'count':
      return number
  }
}

/** The same for a threshold in a sentence, where there is room for whole words: "95 %", "30 minutes", "1.5 seconds". */
export function thresholdWords(metric: AlertMetric, threshold: number): string {
  const { unit } = alertMetrics[metric]
  if (unit === 'ms' && threshold > 0) return durationWords(threshold)
  if (unit === 'minutes' && threshold > 0) return durationWords(threshold * 60_000)
  return metricValue(metric, threshold)
}
