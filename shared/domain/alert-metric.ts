import * as z from 'zod'

/**
 * What a rule can watch.
 *
 * Worked out of what was counted within the window: `success-rate` and `error-rate` (percent of the deliveries that ended, and of the
 * attempts), `volume` (events that came in; of a route or connection, deliveries that ended), `rejections`, `retries`, `dead-letters` (new
 * ones), `p50`, `p95`, `p99` (ms), `restarts` (of the relay).
 *
 * Levels, looked at each minute, that have to hold through the whole window: `lag` (minutes that the oldest open delivery waits), `depth` (open
 * deliveries), `failing` (dead letters that nobody has dealt with), `budget` (percent of the API calls of 24 hours), `silence` (how many times its
 * usual gap a source has been quiet), `idle` (minutes since the last event), `sign-in` (1 while a system refuses it), `held` (1 while the breaker
 * holds a connection back), `source-trouble` (1 while a callback or trigger is disabled or a poller fails), `disk` (free MB), `memory` (MB of the relay).
 *
 * Of a source, deliveries and attempts are those of the events that it brought.
 *
 * What a person has paused or switched off does not count for `lag`, `silence`, `idle`, `held` and `source-trouble`.
 */
export const alertMetric = z.enum([
  'success-rate',
  'error-rate',
  'volume',
  'rejections',
  'retries',
  'dead-letters',
  'p50',
  'p95',
  'p99',
  'restarts',
  'lag',
  'depth',
  'failing',
  'budget',
  'silence',
  'idle',
  'sign-in',
  'held',
  'source-trouble',
  'disk',
  'memory',
])
export type AlertMetric = z.infer<typeof alertMetric>

export const alertScopeKind = z.enum(['all', 'system', 'source', 'route', 'connection'])
export type AlertScopeKind = z.infer<typeof alertScopeKind>

export type AlertUnit = 'percent' | 'count' | 'ms' | 'minutes' | 'megabytes' | 'times' | 'yes-or-no'

/** How a metric is offered, checked and put into words. */
export interface AlertMetricKind {
  readonly title: string
  readonly unit: AlertUnit
  /** Worked out of the window's counts, or a level that has to hold through it. */
  readonly over: 'window' | 'level'
  readonly scopes: readonly AlertScopeKind[]
  /** The direction that is bad for most people. */
  readonly bad: 'above' | 'below'
}

const everywhere = ['all', 'system', 'source', 'route', 'connection'] as const
const arrivals = ['all', 'system', 'source'] as const
const systems = ['all', 'system', 'connection'] as const

export const alertMetrics: Readonly<Record<AlertMetric, AlertMetricKind>> = {
  'success-rate': { title: 'Success rate', unit: 'percent', over: 'window', scopes: everywhere, bad: 'below' },
  'error-rate': { title: 'Error rate', unit: 'percent', over: 'window', scopes: everywhere, bad: 'above' },
  volume: { title: 'Events', unit: 'count', over: 'window', scopes: everywhere, bad: 'below' },
  rejections: { title: 'Refused requests', unit: 'count', over: 'window', scopes: arrivals, bad: 'above' },
  retries: { title: 'Retries', unit: 'count', over: 'window', scopes: everywhere, bad: 'above' },
  'dead-letters': { title: 'New dead letters', unit: 'count', over: 'window', scopes: everywhere, bad: 'above' },
  p50: { title: 'Time to delivery, half of them', unit: 'ms', over: 'window', scopes: everywhere, bad: 'above' },
  p95: { title: 'Time to delivery, 95 of 100', unit: 'ms', over: 'window', scopes: everywhere, bad: 'above' },
  p99: { title: 'Time to delivery, 99 of 100', unit: 'ms', over: 'window', scopes: everywhere, bad: 'above' },
  restarts: { title: 'Restarts of Patchbay', unit: 'count', over: 'window', scopes: ['all'], bad: 'above' },
  lag: { title: 'Longest wait', unit: 'minutes', over: 'level', scopes: everywhere, bad: 'above' },
  depth: { title: 'Open deliveries', unit: 'count', over: 'level', scopes: everywhere, bad: 'above' },
  failing: { title: 'Dead letters', unit: 'count', over: 'level', scopes: everywhere, bad: 'above' },
  budget: { title: 'API calls used', unit: 'percent', over: 'level', scopes: systems, bad: 'above' },
  silence: { title: 'Silence against the usual gap', unit: 'times', over: 'level', scopes: arrivals, bad: 'above' },
  idle: { title: 'Time since the last event', unit: 'minutes', over: 'level', scopes: arrivals, bad: 'above' },
  'sign-in': { title: 'Sign-in refused', unit: 'yes-or-no', over: 'level', scopes: systems, bad: 'above' },
  held: { title: 'Connection held back', unit: 'yes-or-no', over: 'level', scopes: systems, bad: 'above' },
  'source-trouble': { title: 'Source in trouble', unit: 'yes-or-no', over: 'level', scopes: arrivals, bad: 'above' },
  disk: { title: 'Free room on the disk', unit: 'megabytes', over: 'level', scopes: ['all'], bad: 'below' },
  memory: { title: 'Memory of the relay', unit: 'megabytes', over: 'level', scopes: ['all'], bad: 'above' },
}
