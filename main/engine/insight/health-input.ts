import type { ComponentHealth } from '#shared/domain/health.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import type { Configuration } from '../configure/configuration.ts'
import type { HealthInput } from './health.ts'
import type { Line } from '../deliver/line.ts'

/** What the configured connections and sources say of themselves now. */
export function saidByParts(
  { connections, sources }: Configuration,
  lines: ReadonlyMap<ConnectionId, Line>,
  reported: (id: SourceId) => ComponentHealth | null,
): Pick<HealthInput, 'connections' | 'sources'> {
  return {
    connections: [...connections.values()].map(({ value }) => {
      const line = lines.get(value.id)
      return { connection: value, hold: line?.gate.hold ?? null, budget: line?.budget.now() ?? null }
    }),
    sources: [...sources.values()].map(({ value }) => ({ source: value, reported: reported(value.id) })),
  }
}
