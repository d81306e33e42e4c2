import type { EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { SliceTools } from './console-state.ts'
import { catchUp, emptyWindow, firstPage, noFilter, takeOlder, takePushed } from './live-window.ts'
import type { LiveFilter, LiveWindow } from './live-window.ts'

export interface LiveSlice {
  readonly window: LiveWindow
  readonly filter: LiveFilter
  /** The row the keyboard stands on. A selected row keeps the list still. */
  readonly selectedId: number | null
  readonly scrolledAway: boolean
  readonly loading: 'none' | 'newest' | 'older'
  readonly failed: unknown
  push(events: readonly EventSummary[]): void
  /** Loads the newest page anew; what is shown stays until it is there. */
  reload(): Promise<void>
  loadOlder(): Promise<void>
  filterBy(change: Partial<LiveFilter>): Promise<void>
  select(id: number | null): void
  /** Moves the selection by rows, within the list; with none, it begins at row `start`. Answers with the new selection. */
  move(by: number, start: number): EventId | null
  scrolled(away: boolean): void
  /** Shows what was held back; to be called when a person asks for the newest. */
  showNewest(): Promise<void>
}

/** The list follows the newest only while nothing is selected and it stands at its top. */
export function isFollowing(live: Pick<LiveSlice, 'selectedId' | 'scrolledAway'>): boolean {
  return live.selectedId === null && !live.scrolledAway
}

const pageSize = 200

export function createLiveSlice({ call, get, set }: SliceTools<LiveSlice>): LiveSlice {
  /** Counts loads, so that an answer that was overtaken is dropped. */
  let load = 0
  let pushedMeanwhile: EventSummary[] = []

  function query(after: string | null) {
    const { state, system, text } = get().filter
    const wanted = { ...(state && { state }), ...(system && { system }), ...(text.trim() && { text: text.trim() }) }
    return call.events.list({ ...wanted, ...(after !== null && { after }), limit: pageSize })
  }

  async function reload() {
    const mine = ++load
    pushedMeanwhile = []
    set({ loading: 'newest' })
    try {
      const page = await query(null)
      if (mine !== load) return
      const window = takePushed(firstPage(page), pushedMeanwhile, get().filter, true)
      set({ window, loading: 'none', failed: null })
    } catch (error) {
      if (mine === load) set({ loading: 'none', failed: error })
    }
  }

  /** Below rows whose place in the list is lost, it is found again from the newest page on. */
  async function loadOlder() {
    const start = get()
    if (start.loading !== 'none' || start.window.older.kind === 'end') return
    const mine = ++load
    set({ loading: 'older' })
    try {
      let token = start.window.older.kind === 'page' ? start.window.older.token : null
      for (;;) {
        const page = await query(token)
        if (mine !== load) return
        const before = get().window
        const window = takeOlder(before, page, get().filter)
        set({ window })
        if (window.older.kind !== 'page' || window.rows.at(-1)?.id !== before.rows.at(-1)?.id) break
        token = window.older.token
      }
      set({ loading: 'none', failed: null })
    } catch (error) {
      if (mine === load) set({ loading: 'none', failed: error })
    }
  }

  /** After a change that may have made the list follow again. */
  function followIfFree() {
    const live = get()
    if (!isFollowing(live)) return
    if (live.window.overflowed || live.window.detached) void reload()
    else set({ window: catchUp(live.window, live.filter) })
  }

  return {
    window: emptyWindow,
    filter: noFilter,
    selectedId: null,
    scrolledAway: false,
    loading: 'none',
    failed: null,
    reload,
    loadOlder,
    push(events) {
      const live = get()
      if (live.loading === 'newest') pushedMeanwhile.push(...events)
      set({ window: takePushed(live.window, events, live.filter, isFollowing(live)) })
    },
    async filterBy(change) {
      set({ filter: { ...get().filter, ...change }, selectedId: null, scrolledAway: false })
      await reload()
    },
    select(id) {
      set({ selectedId: id })
      followIfFree()
    },
    move(by, start) {
      const { rows } = get().window
      if (rows.length === 0) return null
      const at = rows.findIndex((row) => row.id === get().selectedId)
      const next = at === -1 ? start : at + by
      const selectedId = rows[Math.min(rows.length - 1, Math.max(0, next))]?.id ?? null
      set({ selectedId })
      return selectedId
    },
    scrolled(away) {
      if (away === get().scrolledAway) return
      set({ scrolledAway: away })
      followIfFree()
    },
    async showNewest() {
      const { window, filter } = get()
      set({ scrolledAway: false })
      if (window.overflowed || window.detached) await reload()
      else set({ window: catchUp(window, filter) })
    },
  }
}
