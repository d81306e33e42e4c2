/** Why the key to the stored passwords can't be had, and what a person can do about it. */
export interface LockedKey {
  readonly sentence: string
  readonly ways: readonly string[]
  /** A recovery passphrase was set once. */
  readonly canRecover: boolean
}

/** What the page of a locked Patchbay may ask of the shell; its preload puts it into the page under `unlockKey`. */
export interface UnlockShell {
  state(): Promise<LockedKey>
  /** null: it opens, and the window goes away; otherwise why not. */
  open(passphrase: string): Promise<string | null>
  quit(): Promise<void>
}

/** Under this name the page finds it. */
export const unlockKey = 'patchbayUnlock'
