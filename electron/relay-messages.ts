/** What the shell tells the relay's process. `connect` comes with one port. */
export type ToRelay =
  | { readonly type: 'start'; readonly version: string; readonly sandbox: boolean }
  | { readonly type: 'connect' }
  | { readonly type: 'stop' }

/** What the relay's process tells the shell. */
export type FromRelay = { readonly type: 'ready' } | { readonly type: 'failed'; readonly sentence: string }
