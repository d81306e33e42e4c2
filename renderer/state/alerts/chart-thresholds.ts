import type { AlertRule } from '#shared/domain/alert.ts'
import type { AlertMetric } from '#shared/domain/alert-metric.ts'

/** A bar across a chart. */
export interface Threshold {
  readonly label: string
  readonly value: number
}

/** A bar further up than so many times what was measured would leave nothing to be seen of the lines. */
const reach = 4

/** The bars that rules set for what a chart draws in ms: of a scope such as `all` or `route:tickets`, and only those in reach of `highest`. */
export function chartThresholds(
  rules: readonly AlertRule[],
  metrics: readonly AlertMetric[],
  scope: string,
  highest: number,
): Threshold[] {
  const [kind = '', id = null] = scope.split(':')
  return rules
    .filter((rule) => rule.enabled && metrics.includes(rule.metric) && rule.scope.kind === kind)
    .filter((rule) => rule.scope.id === null || rule.scope.id === id)
    .map(({ metric, name, threshold }) => ({ label: name, value: metric === 'lag' ? threshold * 60_000 : threshold }))
    .filter(({ value }) => value <= reach * highest)
}
