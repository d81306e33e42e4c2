import type { KeyKeeping } from '#main/engine/upkeep/recovery-desk.ts'

/** How a relay is to start. */
export interface RelayStart {
  readonly version: string
  readonly sandbox: boolean
  readonly dataFolder: string
  readonly receiverPort: number
  /** The data key in base64, and how it is kept; null when another Patchbay holds the data folder, whose own it is. */
  readonly key: { readonly text: string; readonly keeping: KeyKeeping } | null
}

/** What the shell tells the relay's process. `connect` comes with one port. */
export type ToRelay =
  | ({ readonly type: 'start' } & RelayStart)
  | { readonly type: 'connect' }
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }

/** What the relay's process tells the shell. `taken`: another Patchbay works in the data folder. */
export type FromRelay =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'taken'; readonly sentence: string }
