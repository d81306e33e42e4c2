import type { Page } from '#shared/contract/page.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'

/** Rows the console keeps of the live list, so that memory stays flat however long it is open. */
export const windowSize = 2_000

/** Whether an event belongs in the list, by the list's filter; null when only the host can tell. */
export type Fits = (event: EventSummary) => boolean | null

export const all: Fits = () => true

/** How to go on below the oldest row: by page token; not known after rows were dropped there; or there is nothing. */
export type Older =
  { readonly kind: 'page'; readonly token: string } | { readonly kind: 'lost' } | { readonly kind: 'end' }

/** A stretch of the list of events without gaps, newest first. */
export interface LiveWindow {
  readonly rows: readonly EventSummary[]
  /** Came in while the list stood still; newest first, shown when it follows again. */
  readonly held: readonly EventSummary[]
  /** More were held than the window takes: catching up has to load the newest page. */
  readonly overflowed: boolean
  /** The newest rows were dropped while paging back: catching up has to load the newest page. */
  readonly detached: boolean
  /** How many rows the last change took off the top; the view moves its scroll position by as many. */
  readonly droppedFromTop: number
  readonly older: Older
}

export const emptyWindow: LiveWindow = {
  rows: [],
  held: [],
  overflowed: false,
  detached: false,
  droppedFromTop: 0,
  older: { kind: 'end' },
}

/** A window that begins with the newest page. */
export function firstPage(page: Page<EventSummary>): LiveWindow {
  return { ...emptyWindow, rows: page.items, older: olderThan(page) }
}

/**
 * Takes pushed events into the window.
 *
 * Following: rows are added, changed, and taken out when they no longer match. Standing still: shown rows are only
 * changed in place, so that nothing moves under the reader; new ones are held back.
 *
 * Where only the host can tell, what is shown stays and what is new is left out until the list is loaded anew.
 */
export function takePushed(
  window: LiveWindow,
  pushed: readonly EventSummary[],
  fits: Fits,
  following: boolean,
): LiveWindow {
  const newest = new Map(pushed.map((event) => [event.id, event]))
  if (following && !window.detached) {
    const rows = window.rows.map((row) => takeOut(newest, row.id) ?? row).filter((row) => fits(row) !== false)
    const added = [...newest.values()].filter((event) => fits(event) === true && isInReach(event, window))
    return { ...window, ...trimmed(newestFirst([...added, ...rows]), window.older), droppedFromTop: 0 }
  }
  const rows = window.rows.map((row) => takeOut(newest, row.id) ?? row)
  const held = window.held.map((row) => takeOut(newest, row.id) ?? row)
  const added = [...newest.values()].filter((event) => fits(event) === true && isNewerThan(event, window.rows))
  const waiting = newestFirst([...added, ...held])
  return {
    ...window,
    rows,
    held: waiting.slice(0, windowSize),
    overflowed: window.overflowed || waiting.length > windowSize,
    droppedFromTop: 0,
  }
}

/** Takes the host's newest page while standing still: what it has above the rows is held back, all that is shown is brought up to date. */
export function takeNewest(window: LiveWindow, page: Page<EventSummary>): LiveWindow {
  const next = takePushed(window, page.items, all, false)
  const lowest = page.items.at(-1)
  const newest = window.rows[0]
  const hasGap = page.next !== null && lowest !== undefined && (newest === undefined || lowest.id > newest.id)
  return { ...next, overflowed: next.overflowed || hasGap }
}

/** Shows what was held back. Only right while neither `overflowed` nor `detached` is set. */
export function catchUp(window: LiveWindow, fits: Fits): LiveWindow {
  const held = window.held.filter((event) => fits(event) !== false)
  const rows = window.rows.filter((event) => fits(event) !== false)
  return { ...window, ...trimmed(newestFirst([...held, ...rows]), window.older), held: [], droppedFromTop: 0 }
}

/** Appends what a page has below the oldest row; what no longer fits is dropped from the top. */
export function takeOlder(window: LiveWindow, page: Page<EventSummary>, fits: Fits): LiveWindow {
  const oldest = window.rows.at(-1)
  const below = page.items.filter((event) => (oldest === undefined || event.id < oldest.id) && fits(event) !== false)
  const rows = [...window.rows, ...below]
  const dropped = Math.max(0, rows.length - windowSize)
  return {
    ...window,
    rows: rows.slice(dropped),
    detached: window.detached || dropped > 0,
    droppedFromTop: dropped,
    older: olderThan(page),
  }
}

function olderThan(page: Page<EventSummary>): Older {
  return page.next === null ? { kind: 'end' } : { kind: 'page', token: page.next }
}

function trimmed(rows: EventSummary[], older: Older): Pick<LiveWindow, 'rows' | 'older'> {
  return rows.length <= windowSize ? { rows, older } : { rows: rows.slice(0, windowSize), older: { kind: 'lost' } }
}

/** An old event that changed is not put in below a gap; paging back will bring it. */
function isInReach(event: EventSummary, window: LiveWindow): boolean {
  const oldest = window.rows.at(-1)
  return window.older.kind === 'end' || oldest === undefined || event.id > oldest.id
}

function isNewerThan(event: EventSummary, rows: readonly EventSummary[]): boolean {
  const newest = rows[0]
  return newest === undefined || event.id > newest.id
}

function takeOut(events: Map<EventId, EventSummary>, id: EventId): EventSummary | undefined {
  const event = events.get(id)
  events.delete(id)
  return event
}

function newestFirst(events: EventSummary[]): EventSummary[] {
  return events.sort((one, other) => other.id - one.id)
}
