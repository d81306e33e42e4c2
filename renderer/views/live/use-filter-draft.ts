import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { chipsOf, isSearch, joinChips, splitDraft, type FilterChip } from '#renderer/state/filter-chips.ts'

/** ms after the last key before a word that is still being typed narrows the list. */
const restMs = 250

/** A filter while it is edited: parts that are finished, and the one being typed. `apply` is called with the whole of it. */
export interface FilterDraft {
  readonly chips: readonly FilterChip[]
  readonly draft: string
  type(typed: string): void
  /** Takes what is being typed, or this, as finished. */
  commit(typed?: string): void
  /** Takes a part out of the row to be typed anew. */
  edit(index: number): void
  remove(index: number): void
  /** Forgets what is being typed. */
  drop(): void
  clear(): void
}

interface Held {
  readonly finished: string
  readonly draft: string
}

export function useFilterDraft(value: string, apply: (text: string) => void): FilterDraft {
  const [held, setHeld] = useState<Held>({ finished: value, draft: '' })
  // One key press may lead to several steps, such as Esc, which also leaves the input.
  const latest = useRef(held)
  const applied = useRef(value)
  const hold = (next: Held) => {
    latest.current = next
    setHeld(next)
  }
  useEffect(() => {
    if (value === applied.current) return
    // Somebody else has changed the filter: a link, a view, the strip of times.
    applied.current = value
    latest.current = { finished: value, draft: '' }
    setHeld(latest.current)
  }, [value])

  const take = (text: string) => {
    if (text.trim() === applied.current) return
    applied.current = text.trim()
    apply(applied.current)
  }
  const sendLater = useDebouncedCallback(take, restMs)
  const send = (text: string) => {
    sendLater.cancel()
    take(text)
  }
  const finish = (finished: string) => {
    hold({ finished, draft: '' })
    send(finished)
  }
  const without = (index: number) => joinChips(chipsOf(latest.current.finished).filter((_, at) => at !== index))
  return {
    chips: chipsOf(held.finished),
    draft: held.draft,
    type(typed) {
      const before = latest.current
      const { finished, draft } = splitDraft(typed)
      const next = { finished: both(before.finished, finished), draft: finished === '' ? typed : draft }
      hold(next)
      if (isSearch(draft)) sendLater(both(next.finished, draft))
      else if (next.finished !== before.finished || isSearch(before.draft)) send(next.finished)
    },
    commit: (typed = latest.current.draft) => finish(both(latest.current.finished, typed)),
    edit(index) {
      const { draft } = latest.current
      hold({ finished: without(index), draft: both(draft, chipsOf(latest.current.finished)[index]?.text ?? '') })
    },
    remove(index) {
      hold({ ...latest.current, finished: without(index) })
      send(latest.current.finished)
    },
    drop: () => finish(latest.current.finished),
    clear: () => finish(''),
  }
}

function both(one: string, other: string): string {
  return `${one} ${other}`.trim()
}
