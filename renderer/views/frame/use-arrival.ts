import { useEffect, useRef } from 'react'
import type { Place } from '#renderer/state/place.ts'

/**
 * After a change of screen, the keyboard and the screen reader go on at the heading of the new one, as after the load of a page.
 * Within a screen, and where a person already is inside it or in a dialog, nothing moves.
 */
export function useArrival({ screen }: Place): void {
  const last = useRef(screen)
  useEffect(() => {
    if (last.current === screen) return
    last.current = screen
    const main = document.querySelector('main')
    if (main === null) return
    const arrive = () => {
      const heading = main.querySelector<HTMLElement>('h1')
      if (heading !== null && !isHeld(main)) focusHeading(heading)
      return heading !== null
    }
    if (arrive()) return
    // The screen is on its way.
    const watch = new MutationObserver(() => {
      if (arrive()) watch.disconnect()
    })
    watch.observe(main, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [screen])
}

/** Brings the keyboard to what is in sight, past rail and header. */
export function focusContent(): void {
  const main = document.querySelector('main')
  const target = main?.querySelector<HTMLElement>('h1') ?? main
  if (target) focusHeading(target)
}

/** Is the person inside the screen or in something that lies above it? */
function isHeld(main: Element): boolean {
  const { activeElement } = document
  if (activeElement === null || activeElement === document.body) return false
  return main.contains(activeElement) || activeElement.closest('[role="dialog"]') !== null
}

function focusHeading(element: HTMLElement): void {
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus({ preventScroll: true })
}
