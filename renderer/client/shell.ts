import { shellKey, type Shell } from '#shared/contract/shell.ts'

/** What the desktop app can do for this page; null in a browser's tab. */
export function findShell(): Shell | null {
  if (typeof window === 'undefined') return null
  const found: unknown = Reflect.get(window, shellKey)
  // Only the shell's preload can have put it there, and that is checked against the contract when it is compiled.
  return typeof found === 'object' ? (found as Shell | null) : null
}
