import { useLayoutEffect } from 'react'

/**
 * Gives the keyboard back to what opened a dialog. For dialogs that are made when they open and gone when they close: Mantine's own
 * return of the focus needs one that is there all the time.
 */
export function useFocusBack(open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return
    const opener = document.activeElement
    return () => {
      // After the dialog has let go of the keyboard.
      if (opener instanceof HTMLElement) requestAnimationFrame(() => opener.focus())
    }
  }, [open])
}
