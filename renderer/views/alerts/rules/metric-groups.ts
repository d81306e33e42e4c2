import { alertMetrics, type AlertMetric } from '#shared/domain/alert-metric.ts'

const groups: readonly { readonly group: string; readonly metrics: readonly AlertMetric[] }[] = [
  { group: 'Deliveries', metrics: ['success-rate', 'error-rate', 'dead-letters', 'failing', 'retries'] },
  { group: 'How long it takes', metrics: ['p50', 'p95', 'p99', 'lag', 'depth'] },
  { group: 'What comes in', metrics: ['volume', 'silence', 'idle', 'rejections', 'source-trouble'] },
  { group: 'The systems', metrics: ['sign-in', 'held', 'budget'] },
  { group: 'This computer', metrics: ['disk', 'memory', 'restarts'] },
]

/** All metrics to choose from, by what people think of them. */
export const metricGroups = groups.map(({ group, metrics }) => ({
  group,
  items: metrics.map((metric) => ({ value: metric, label: alertMetrics[metric].title })),
}))
