import type { Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { eventAddress } from '#renderer/state/live-place.ts'
import { isPicking, noPicks, pickLoaded, pickTo, togglePick } from '#renderer/state/picks.ts'
import { useReplayPicks } from '#renderer/state/use-picks.ts'
import { isTaken, useWindowKey } from '#renderer/state/use-shortcut.ts'
import { rowHeight } from './live-row.tsx'

const steps: Record<string, number> = {
  j: 1,
  J: 1,
  ArrowDown: 1,
  k: -1,
  K: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
}

/**
 * Keys of the list, wherever on the screen one stands unless the keys belong to something else there: j, k and arrows move and with Shift
 * pick, Space picks one, Ctrl+A all; Enter and e open, r replays, Esc closes, then picks nothing, then lets the list follow again.
 */
export function useLiveKeys(
  virtual: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLDivElement | null>,
  openId: number | null,
): void {
  const live = useConsole((state) => state.live)
  const replay = useReplayPicks()
  const { picks, pick, selectedId, window: shown } = live

  const move = (by: number, isPickingOn: boolean) => {
    const from = selectedId
    const selected = live.move(by, Math.ceil((virtual.scrollOffset ?? 0) / rowHeight))
    if (selected === null) return
    if (isPickingOn) pick(pickTo({ ...picks, anchor: picks.anchor ?? from ?? selected }, selected, shown.rows))
    else if (openId !== null) goTo(eventAddress(selected), true)
  }

  /** Answers whether the key means something here. */
  const press = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const page = Math.floor((virtual.scrollRect?.height ?? 0) / rowHeight) - 2
    const by = key === 'PageDown' ? page : key === 'PageUp' ? -page : steps[key]
    if (by !== undefined) move(by, shiftKey)
    else if ((key === 'Enter' || key === 'e') && selectedId !== null) goTo(eventAddress(selectedId))
    else if (key === ' ' && selectedId !== null) pick(togglePick(picks, selectedId, shown.rows))
    else if (key === 'r' && replay !== null) replay()
    else if (key === 'Escape') leave()
    else return false
    return true
  }

  const leave = () => {
    if (openId !== null) goTo(eventAddress())
    else if (isPicking(picks)) return pick(noPicks)
    live.select(null)
  }

  useWindowKey((event) => {
    if (event.altKey || isTaken(event) || !isHere(event, scroller.current)) return
    const isControl = event.ctrlKey || event.metaKey
    if (isControl && event.key === 'a' && shown.rows.length > 0) pick(pickLoaded(shown.rows))
    else if (isControl || !press(event)) return
    event.preventDefault()
    if (isNowhere(event.target)) scroller.current?.focus({ preventScroll: true })
  })
}

/** Whether a key press is for the list: made in it, or nowhere in particular. A box in it takes Space for itself. */
function isHere({ key, target }: KeyboardEvent, list: HTMLElement | null): boolean {
  if (isNowhere(target)) return true
  if (!(target instanceof HTMLElement) || list?.contains(target) !== true) return false
  return key !== ' ' || !target.matches('input')
}

/** The page as a whole, or the heading, where the keyboard stands after a change of screen. */
function isNowhere(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.matches('main h1'))
}
