import type { Health } from '#shared/domain/health.ts'
import type { SliceTools } from './console-state.ts'

/** Whether the relay can be heard. */
export type LinkState = 'connecting' | 'open' | 'lost'

export interface RelaySlice {
  readonly link: LinkState
  /** When the relay was heard last, ms since 1970; null while it is being heard or was never. */
  readonly lostAt: number | null
  readonly health: Health | null
  /** Counts the times that too much was missed to be sent after: what is on the screen has to be asked for anew. */
  readonly generation: number
  missed(): void
  hear(health: Health): void
  linkIs(link: LinkState): void
}

export function createRelaySlice({ get, set }: SliceTools<RelaySlice>): RelaySlice {
  return {
    link: 'connecting',
    lostAt: null,
    health: null,
    generation: 0,
    missed: () => set({ generation: get().generation + 1 }),
    hear: (health) => set({ health }),
    linkIs(link) {
      const lostAt = link === 'open' ? null : link === 'lost' ? (get().lostAt ?? Date.now()) : get().lostAt
      set({ link, lostAt })
    },
  }
}
