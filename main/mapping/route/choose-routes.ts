import type { EventContent } from '#shared/domain/event.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import { judgeMatch } from '#shared/logic/match.ts'

/** What of an event decides on its routes. */
export type RoutedEvent = Pick<EventContent, 'entity' | 'action' | 'fields'> & { readonly system: SystemName }

/**
 * The routes that want an event, in their order. A condition on a field that the event does not carry does not exclude it:
 * the delivery judges again once it has the whole record (see prepare), and then says why it skips.
 */
export function chooseRoutes(routes: readonly Route[], event: RoutedEvent): readonly Route[] {
  return routes.filter(
    (route) => route.enabled && route.from === event.system && judgeMatch(route.match, event) !== 'no',
  )
}
