/**
 * How far an update has come; nothing of it goes on by itself but the daily check:
 *
 *     idle -> checking -> available -> downloading -> ready -> draining -> backing-up -> installing
 *              (daily)     a person says: get it       a person says: install it
 *
 * What goes wrong leads one step back, with a sentence.
 */
export type UpdateState =
  | { readonly phase: 'idle' | 'checking'; readonly checkedAt: number | null; readonly problem: string | null }
  | (FoundUpdate & { readonly phase: 'available'; readonly problem: string | null })
  /** `part`: of 1. */
  | (FoundUpdate & { readonly phase: 'downloading'; readonly part: number })
  | (FoundUpdate & { readonly phase: 'ready'; readonly file: string; readonly problem: string | null })
  | (FoundUpdate & { readonly phase: 'draining' | 'backing-up'; readonly file: string })
  | (FoundUpdate & { readonly phase: 'installing'; readonly file: string; readonly backup: string | null })

/** A newer version that the feed offers. */
export interface FoundUpdate {
  readonly version: string
  /** What is new, as plain text. */
  readonly notes: string
}
