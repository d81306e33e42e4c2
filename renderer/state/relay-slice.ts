import type { Health } from '#shared/domain/health.ts'
import type { SliceTools } from './console-state.ts'

/** Whether the relay can be heard. */
export type LinkState = 'connecting' | 'open' | 'lost'

export interface RelaySlice {
  readonly link: LinkState
  /** When the relay was heard last, ms since 1970; null while it is being heard or was never. */
  readonly lostAt: number | null
  /** Why the relay will not have this page, and what to do; null while it may yet be reached. */
  readonly refusal: string | null
  readonly health: Health | null
  /** Counts the times that too much was missed to be sent after: what is on the screen has to be asked for anew. */
  readonly generation: number
  missed(): void
  hear(health: Health): void
  linkIs(link: LinkState, refusal?: string): void
}

export function createRelaySlice({ get, set, all }: SliceTools<RelaySlice>): RelaySlice {
  return {
    link: 'connecting',
    lostAt: null,
    refusal: null,
    health: null,
    generation: 0,
    missed: () => set({ generation: get().generation + 1 }),
    hear: (health) => set({ health }),
    linkIs(link, refusal) {
      const { lostAt: before } = get()
      const lostAt = link === 'open' ? null : link === 'lost' ? (before ?? Date.now()) : before
      set({ link, lostAt, refusal: refusal ?? null })
      if (link === 'open' && before !== null) {
        all().notices.tell('The relay is heard again. What happened meanwhile is being loaded.')
      }
    },
  }
}
