import { alertRule, type AlertRule } from '#shared/domain/alert.ts'
import { alertMetrics, type AlertMetric } from '#shared/domain/alert-metric.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import { freeIdOf } from '#shared/logic/free-id.ts'
import { thresholdField } from './threshold.ts'

interface Start {
  readonly threshold: number
  readonly windowMinutes: number
}

/** What a rule on each metric begins with: a bar that most people would set. */
const starts: Record<AlertMetric, Start> = {
  'success-rate': { threshold: 95, windowMinutes: 15 },
  'error-rate': { threshold: 20, windowMinutes: 15 },
  volume: { threshold: 1, windowMinutes: 240 },
  rejections: { threshold: 10, windowMinutes: 60 },
  retries: { threshold: 100, windowMinutes: 60 },
  'dead-letters': { threshold: 0, windowMinutes: 15 },
  p50: { threshold: 30_000, windowMinutes: 30 },
  p95: { threshold: 120_000, windowMinutes: 30 },
  p99: { threshold: 300_000, windowMinutes: 30 },
  restarts: { threshold: 2, windowMinutes: 60 },
  lag: { threshold: 30, windowMinutes: 5 },
  depth: { threshold: 500, windowMinutes: 15 },
  failing: { threshold: 0, windowMinutes: 1 },
  budget: { threshold: 80, windowMinutes: 1 },
  silence: { threshold: 3, windowMinutes: 5 },
  idle: { threshold: 240, windowMinutes: 5 },
  'sign-in': { threshold: 0, windowMinutes: 1 },
  held: { threshold: 0, windowMinutes: 10 },
  'source-trouble': { threshold: 0, windowMinutes: 5 },
  disk: { threshold: 2_048, windowMinutes: 5 },
  memory: { threshold: 500, windowMinutes: 15 },
}

/** What a new rule begins with: the success rate of each route, told by every channel there is. */
export function newRule(channels: readonly ChannelId[]): AlertRule {
  return alertRule.parse({
    id: 'new',
    name: 'Success rate',
    scope: { kind: 'route', id: null },
    metric: 'success-rate',
    comparison: 'below',
    ...starts['success-rate'],
    severity: 'warning',
    channels,
    quietHours: null,
    remindMinutes: null,
    enabled: true,
  })
}

/** The rule on another metric: its scope stays where that metric knows it; a name that was made up follows. */
export function withMetric(draft: AlertRule, metric: AlertMetric): AlertRule {
  const { title, scopes, bad } = alertMetrics[metric]
  const [first = 'all'] = scopes.filter((kind) => kind !== 'system').toReversed()
  return {
    ...draft,
    metric,
    name: draft.name === alertMetrics[draft.metric].title ? title : draft.name,
    scope: scopes.includes(draft.scope.kind) ? draft.scope : { kind: first, id: null },
    comparison: bad,
    ...starts[metric],
  }
}

/** The rule as it would be stored; a new one gets an id made of its name. */
export function storedRule(draft: AlertRule, taken: readonly string[]): AlertRule {
  const name = draft.name.trim()
  if (draft.id !== 'new') return { ...draft, name }
  return alertRule.parse({ ...draft, name, id: freeIdOf(name, [...taken, 'new'], 'rule') })
}

/** Why a draft can't be saved, a sentence; null when it can. */
export function unfitRule(draft: AlertRule): string | null {
  const { metric, name, quietHours, threshold } = draft
  if (name.trim() === '') return 'The rule needs a name.'
  if (Number.isNaN(threshold)) return 'Enter a number to compare with.'
  const field = thresholdField(metric)
  if (field !== null && threshold > field.max * field.scale) return 'The number to compare with is too large.'
  if (quietHours !== null && quietHours.from === quietHours.to) return 'Quiet hours need a beginning and an end.'
  return alertRule.safeParse({ ...draft, name: name.trim() }).success ? null : 'Something in the rule is not filled in.'
}
