import type { EventSummary } from '#shared/domain/event.ts'
import type { EventId } from '#shared/domain/ids.ts'

/** What a person has picked from the list to do something with. */
export interface Picks {
  readonly ids: ReadonlySet<EventId>
  /** Where a range begins: what was picked last by itself. */
  readonly anchor: EventId | null
  /** All that match the filter, also those that are not loaded. */
  readonly isAll: boolean
}

type Rows = readonly Pick<EventSummary, 'id'>[]

export const noPicks: Picks = { ids: new Set(), anchor: null, isAll: false }

export function isPicking({ ids, isAll }: Picks): boolean {
  return isAll || ids.size > 0
}

/** Picks one more, or lets it go. Out of all, it leaves the others that are loaded. */
export function togglePick(picks: Picks, id: EventId, rows: Rows): Picks {
  const ids = new Set(picks.isAll ? rows.map((row) => row.id) : picks.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id, isAll: false }
}

/** Picks everything between the anchor and a row, beside what is picked already. */
export function pickTo(picks: Picks, id: EventId, rows: Rows): Picks {
  const to = rows.findIndex((row) => row.id === id)
  const anchor = rows.findIndex((row) => row.id === picks.anchor)
  if (to < 0) return picks
  const from = anchor < 0 ? to : anchor
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  return {
    ids: new Set([...picks.ids, ...range.map((row) => row.id)]),
    anchor: rows[from]?.id ?? null,
    isAll: false,
  }
}

/** Picks all that is loaded. */
export function pickLoaded(rows: Rows): Picks {
  return { ids: new Set(rows.map((row) => row.id)), anchor: null, isAll: false }
}

/** Picks all that match the filter. */
export function pickMatching(rows: Rows): Picks {
  return { ...pickLoaded(rows), isAll: true }
}
