import type { ConnectionId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { route } from '#shared/domain/route.ts'
import { readyMadeMappings } from './mappings.ts'

/** The routes that Patchbay comes with: each ready-made mapping in both directions. */
export function readyMadeRoutes(connections: Readonly<Record<SystemName, ConnectionId>>): Route[] {
  return readyMadeMappings().flatMap((mapping) => [
    readyMadeRoute(mapping, 'salesforce', connections),
    readyMadeRoute(mapping, 'connectwise', connections),
  ])
}

function readyMadeRoute(
  mapping: MappingDocument,
  from: SystemName,
  connections: Readonly<Record<SystemName, ConnectionId>>,
): Route {
  const to = otherSystem(from)
  const [here, there] = [mapping[from].entity, mapping[to].entity]
  return route.parse({
    id: routeId(from, here, there),
    name: `${systemTitle[from]} ${here} → ${systemTitle[to]} ${there}`,
    from,
    match: { entity: here, actions: ['created', 'updated', 'deleted', 'restored', 'touched'] },
    mappingId: mapping.id,
    connectionId: connections[to],
    sourceConnectionId: connections[from],
  })
}

/** `account-to-company`; where both systems use one word, it says which way: `salesforce-contact-to-connectwise`. */
function routeId(from: SystemName, here: string, there: string): string {
  const [first, second] = [here.toLowerCase(), there.toLowerCase()]
  return first === second ? `${from}-${first}-to-${otherSystem(from)}` : `${first}-to-${second}`
}
