import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { Alert } from '#shared/domain/alert.ts'
import type { OpenIssue } from '#shared/domain/overview.ts'

/**
 * Alerts that nobody has acknowledged, as issues: only those that tell of something no issue tells of already, and no mere information. One
 * cause makes many alerts, and the first screen is to name it once.
 */
export function unsaidAlerts(alerts: readonly Alert[], issues: readonly OpenIssue[]): OpenIssue[] {
  return alerts
    .filter((alert) => alert.state === 'open' && alert.severity !== 'info' && !isSaid(alert, issues))
    .map(({ id, openedAt, sentence, severity, whatToDo }) => ({
      key: `alert:${id}`,
      gravity: severity === 'critical' ? 'not-well' : 'attention',
      sentence,
      since: openedAt,
      whatToDo,
      count: null,
      place: { screen: 'alerts', filter: String(id) },
    }))
}

function isSaid({ metric, subject: { kind, id } }: Alert, issues: readonly OpenIssue[]): boolean {
  const isNamed = kind === 'all' || kind === 'system' ? () => true : (name: string | undefined) => name === id
  return issues.some(({ key }) => {
    const [about = '', name] = key.split(':')
    if (!(saidBy[metric] ?? []).includes(about)) return false
    // Dead letters are told by route, and connections have several.
    return about === 'dead' && (kind !== 'route' || name === undefined) ? true : isNamed(name)
  })
}

/** The keys of issues that tell the same as an alert on a metric. */
const saidBy: Readonly<Partial<Record<AlertMetric, readonly string[]>>> = {
  'success-rate': ['dead'],
  'error-rate': ['dead'],
  'dead-letters': ['dead'],
  failing: ['dead'],
  'sign-in': ['connection'],
  held: ['connection'],
  'source-trouble': ['source'],
  silence: ['quiet', 'source'],
  idle: ['quiet', 'source'],
  disk: ['storage'],
}
