import type { Route } from '#shared/domain/route.ts'
import type { SliceTools } from './console-state.ts'

/** What somebody is making of a route. */
export interface RouteDraft {
  /** The route as it was when they began. */
  readonly base: Route
  readonly route: Route
}

/** Drafts of routes. They stay while a person looks at other screens. */
export interface RoutesSlice {
  /** By `draftKey`, with `new` as the id of one that is not there yet. */
  readonly drafts: Readonly<Record<string, RouteDraft>>
  keep(key: string, draft: RouteDraft): void
  drop(key: string): void
}

export function createRoutesSlice({ get, set }: SliceTools<RoutesSlice>): RoutesSlice {
  return {
    drafts: {},
    keep: (key, draft) => set({ drafts: { ...get().drafts, [key]: draft } }),
    drop(key) {
      const { [key]: _, ...rest } = get().drafts
      set({ drafts: rest })
    },
  }
}
