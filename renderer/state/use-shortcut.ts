import { useEffect, useRef } from 'react'

/**
 * Runs `run` when a key is pressed anywhere: not while somebody types, nor while a dialog is open, and not with Ctrl, Alt or Cmd. It goes
 * by the character, so that `/` and `?` work on every keyboard.
 */
export function useShortcut(key: string, run: () => void): void {
  useWindowKey((event) => {
    if (event.key !== key || event.ctrlKey || event.altKey || event.metaKey || isTaken(event)) return
    event.preventDefault()
    run()
  })
}

/** The same for a key with Ctrl or Cmd, which also works while somebody types. */
export function useControlKey(key: string, run: () => void): void {
  useWindowKey((event) => {
    if (event.key.toLowerCase() !== key || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    run()
  })
}

/** Hears every key press that nothing else has taken. */
export function useWindowKey(listener: (event: KeyboardEvent) => void): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!event.defaultPrevented) latest.current(event)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}

/** Whether a key press belongs to what is being typed in, or to a dialog. */
export function isTaken({ target }: Pick<KeyboardEvent, 'target'>): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
  )
}
