import { useSyncExternalStore } from 'react'
import { findShell } from '#renderer/client/shell.ts'
import type { ShellState } from '#shared/contract/shell.ts'

const listeners = new Set<() => void>()
let state: ShellState | null = null
let isHearing = false

/** What the desktop app says of itself and of the relay's process; null in a tab, and until it was heard. */
export function useShellState(): ShellState | null {
  return useSyncExternalStore(listen, () => state)
}

function listen(listener: () => void): () => void {
  hear()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Begins to hear the shell, once for the page: what it was told meanwhile counts more than the answer to a question. */
function hear(): void {
  const shell = findShell()
  if (isHearing || shell === null) return
  isHearing = true
  shell.onState(take)
  shell.state().then(
    (first) => {
      if (state === null) take(first)
    },
    // A shell that can't answer says nothing; the page goes by what the relay says.
    () => undefined,
  )
}

function take(next: ShellState): void {
  state = next
  for (const listener of listeners) listener()
}
