import type { HostContext } from './host-context.ts'
import { describeForPrometheus } from './prometheus.ts'

/** Gathers what the page for Prometheus shows. Everything has been counted already, or is looked at every few seconds anyway. */
export async function metricsPage(host: HostContext): Promise<string> {
  const { relay } = host.workspaces
  const reader = host.reader()
  const [routes, alerts, backlog] = await Promise.all([
    reader.read('listRoutes'),
    reader.read('unresolvedAlerts'),
    relay.insight.backlog(),
  ])
  return describeForPrometheus({
    health: relay.health(),
    totals: relay.insight.totals(),
    samples: backlog.samples,
    budgets: relay.insight.budgets(),
    alerts,
    routeIds: routes.map(({ id }) => id),
    storage: relay.storage(),
    memoryBytes: process.memoryUsage.rss(),
  })
}
