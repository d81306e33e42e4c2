import type { ReplaySelection } from '#shared/domain/replay.ts'
import type { SliceTools } from './console-state.ts'

/** What somebody is about to replay. */
export interface ReplayDraft {
  readonly selection: ReplaySelection
  /** What is replayed, in words: "all that failed with PICKLIST", "Acme Ltd". */
  readonly what: string
}

/** The dialog that every "Replay…" leads to: it shows what a replay would take and do before anything is sent. */
export interface ReplaySlice {
  readonly draft: ReplayDraft | null
  open(draft: ReplayDraft): void
  close(): void
}

export function createReplaySlice({ set }: SliceTools<ReplaySlice>): ReplaySlice {
  return {
    draft: null,
    open: (draft) => set({ draft }),
    close: () => set({ draft: null }),
  }
}
