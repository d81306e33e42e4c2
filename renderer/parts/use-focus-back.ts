import { useLayoutEffect } from 'react'

/**
 * Gives the keyboard back to what opened a dialog. For dialogs that are made when they open and gone when they close: Mantine's own
 * return of the focus needs one that is there all the time.
 */
export function useFocusBack(): void {
  useLayoutEffect(() => {
    // The dialog itself takes the keyboard a little later.
    const opener = document.activeElement
    return () => {
      if (opener instanceof HTMLElement) requestAnimationFrame(() => opener.focus())
    }
  }, [])
}
