import { useCallback } from 'react'
import type { Route } from '#shared/domain/route.ts'
import { useConsole } from './console-context.ts'
import { draftKey } from './mappings/mappings-slice.ts'
import { isSameRoute } from './route-draft.ts'

/** The draft of a route and the hands on it. */
export interface RouteInHand {
  readonly draft: Route
  readonly changed: boolean
  /** Somebody else has changed the route since the draft was begun. */
  readonly isStale: boolean
  edit(route: Route): void
  /** Lets the draft go; the route is then as it is stored. */
  discard(): void
}

/** Takes up the draft of a route where there is one. @param id `new` for a route that is not there yet; `stored` is what it begins with then. */
export function useRouteDraft(id: string, stored: Route): RouteInHand {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const key = draftKey(workspace, id)
  const kept = useConsole((state) => state.routes.drafts[key])
  const { keep, drop } = useConsole((state) => state.routes)
  const base = kept?.base ?? stored
  const draft = kept?.route ?? stored
  return {
    draft,
    changed: kept !== undefined && !isSameRoute(draft, stored),
    isStale: kept !== undefined && id !== 'new' && !isSameRoute(base, stored) && !isSameRoute(draft, stored),
    edit: useCallback((route: Route) => keep(key, { base, route }), [keep, key, base]),
    discard: useCallback(() => drop(key), [drop, key]),
  }
}

/** Whether a route is being changed by somebody who has not saved it. */
export function useHasRouteDraft(stored: Route): boolean {
  return useRouteDraft(stored.id, stored).changed
}
