import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent } from 'react'
import { goTo, useConsole, usePlace } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { rowHeight } from './live-row.tsx'

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }

/** Keys of the list: j, k and arrows move, Enter opens, Esc closes and lets the list follow again. */
export function useLiveKeys(virtual: Virtualizer<HTMLDivElement, Element>, openId: number | null) {
  const live = useConsole((state) => state.live)
  const { query } = usePlace()

  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const page = Math.floor((virtual.scrollRect?.height ?? 0) / rowHeight) - 2
    const by = event.key === 'PageDown' ? page : event.key === 'PageUp' ? -page : steps[event.key]
    if (by !== undefined) {
      event.preventDefault()
      const selected = live.move(by, Math.ceil((virtual.scrollOffset ?? 0) / rowHeight))
      if (openId !== null && selected !== null) goTo(addressOf('live', [selected], query), true)
    } else if (event.key === 'Enter' && live.selectedId !== null) {
      event.preventDefault()
      goTo(addressOf('live', [live.selectedId], query))
    } else if (event.key === 'Escape') {
      if (openId !== null) goTo(addressOf('live', [], query))
      live.select(null)
    }
  }
}
