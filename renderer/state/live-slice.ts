import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { eventJudge } from '#shared/logic/judge-event.ts'
import { parseFilter, type FilterProblem } from '#shared/logic/typed-filter.ts'
import type { SliceTools } from './console-state.ts'
import { catchUp, emptyWindow, firstPage, takeNewest, takeOlder, takePushed, windowSize } from './live-window.ts'
import type { Fits, LiveWindow } from './live-window.ts'
import { createPacer } from './pace.ts'
import { isPicking, noPicks, type Picks } from './picks.ts'

/** What the live list shows. */
export interface LiveFilter {
  /** As it is typed, and as it stands in the address. */
  readonly text: string
  /** What could be read of it. */
  readonly criteria: EventCriteria
  readonly problems: readonly FilterProblem[]
}

export interface LiveSlice {
  readonly window: LiveWindow
  readonly filter: LiveFilter
  /** The row the keyboard stands on. A selected row keeps the list still. */
  readonly selectedId: EventId | null
  /** What is picked to be replayed or cancelled; it keeps the list still, too. */
  readonly picks: Picks
  readonly scrolledAway: boolean
  readonly loading: 'none' | 'newest' | 'older'
  readonly failed: unknown
  push(events: readonly EventSummary[]): void
  /** Loads the newest page anew; what is shown stays until it is there. */
  reload(): Promise<void>
  loadOlder(): Promise<void>
  filterBy(text: string): Promise<void>
  select(id: EventId | null): void
  pick(picks: Picks): void
  /** Moves the selection by rows, within the list; with none, it begins at row `start`. Answers with the new selection. */
  move(by: number, start: number): EventId | null
  scrolled(away: boolean): void
  /** Shows what was held back; to be called when a person asks for the newest. */
  showNewest(): Promise<void>
}

/** The list follows the newest only while nothing is selected or picked and it stands at its top. */
export function isFollowing(live: Pick<LiveSlice, 'selectedId' | 'scrolledAway' | 'picks'>): boolean {
  return live.selectedId === null && !isPicking(live.picks) && !live.scrolledAway
}

const pageSize = 200

/** ms between two loads of a list about whose new events only the host can tell. */
const askAgainMs = 1_000

export function createLiveSlice({ call, get, set }: SliceTools<LiveSlice>): LiveSlice {
  /** Counts loads, so that an answer that was overtaken is dropped. */
  let load = 0
  let pushedMeanwhile: EventSummary[] = []
  let judge = eventJudge({})
  const asking = createPacer<true>(askAgainMs, () => void askHost())

  const fits: Fits = (event) => judge(event, Date.now())

  function query(after: string | null) {
    return call.events.list({ ...get().filter.criteria, ...(after !== null && { after }), limit: pageSize })
  }

  async function reload() {
    const mine = ++load
    pushedMeanwhile = []
    set({ loading: 'newest' })
    try {
      let page = await query(null)
      // The host looks for a bounded time only: an empty page with more behind it is no answer yet.
      while (mine === load && page.items.length === 0 && page.next !== null) page = await query(page.next)
      if (mine !== load) return
      const window = takePushed(firstPage(page), pushedMeanwhile, fits, true)
      set({ window, loading: 'none', failed: null })
    } catch (error) {
      if (mine === load) set({ loading: 'none', failed: error })
    }
  }

  /** Something has changed of which only the host knows whether it belongs into the list. */
  async function askHost() {
    if (get().loading !== 'none') return asking.add(true)
    if (isFollowing(get())) return reload()
    const before = load
    const page = await query(null).catch(() => null)
    if (page !== null && before === load) set({ window: takeNewest(get().window, page) })
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
        const window = takeOlder(before, page, fits)
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
    else set({ window: catchUp(live.window, fits) })
  }

  return {
    window: emptyWindow,
    filter: readFilter(''),
    selectedId: null,
    picks: noPicks,
    scrolledAway: false,
    loading: 'none',
    failed: null,
    reload,
    loadOlder,
    push(events) {
      const live = get()
      if (live.loading === 'newest') pushedMeanwhile = [...pushedMeanwhile, ...events].slice(-windowSize)
      set({ window: takePushed(live.window, events, fits, isFollowing(live)) })
      if (events.some((event) => fits(event) === null)) asking.add(true)
    },
    async filterBy(text) {
      const filter = readFilter(text)
      judge = eventJudge(filter.criteria)
      set({ filter, selectedId: null, picks: noPicks, scrolledAway: false })
      await reload()
    },
    select(id) {
      set({ selectedId: id })
      followIfFree()
    },
    pick(picks) {
      set({ picks })
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
      const { window } = get()
      set({ scrolledAway: false })
      if (window.overflowed || window.detached) await reload()
      else set({ window: catchUp(window, fits) })
    },
  }
}

function readFilter(text: string): LiveFilter {
  const { filter, problems } = parseFilter(text)
  return { text: text.trim(), criteria: filter, problems }
}
