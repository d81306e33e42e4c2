import type { RouteCost } from '#main/store/read/replay-plans.ts'
import type { ConnectionHealth } from '#shared/domain/health.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { ReplayPlan } from '#shared/domain/replay.ts'
import type { Route } from '#shared/domain/route.ts'

/** The API calls that a replay would cost each connection, beside what is left of its budget. */
export function estimateCalls(
  groups: ReplayPlan['groups'],
  costs: readonly RouteCost[],
  routes: readonly Route[],
  connections: readonly Pick<ConnectionHealth, 'id' | 'name' | 'budget'>[],
): ReplayPlan['calls'] {
  const calls = new Map<ConnectionId, number>()
  const add = (id: ConnectionId, count: number): void => void calls.set(id, (calls.get(id) ?? 0) + count)
  for (const { count, routeId } of groups) {
    const route = routes.find(({ id }) => id === routeId)
    const cost = costs.find((one) => one.routeId === routeId)
    if (route === undefined || cost === undefined) continue
    add(route.sourceConnectionId, count * cost.source)
    add(route.connectionId, count * cost.destination)
  }
  return [...calls].map(([connectionId, estimate]) => {
    const connection = connections.find(({ id }) => id === connectionId)
    const budget = connection?.budget ?? null
    const left = budget === null ? null : Math.max(0, budget.limit - budget.used)
    return { connectionId, name: connection?.name ?? connectionId, calls: Math.ceil(estimate), left }
  })
}
