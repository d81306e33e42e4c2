/** Which rows of a list a person has ticked: some of them, or all that match save those that were left out again. */
export interface RowPicks<Id> {
  readonly isAll: boolean
  /** The ticked ones; with `isAll` those that are not. */
  readonly ids: ReadonlySet<Id>
  /** Where a range begins: the row that was ticked last by itself. */
  readonly anchor: Id | null
}

export const noRows: RowPicks<never> = { isAll: false, ids: new Set<never>(), anchor: null }

/** All that match, also those that are not loaded. */
export const allRows: RowPicks<never> = { ...noRows, isAll: true }

export function isPicked<Id>({ isAll, ids }: RowPicks<Id>, id: Id): boolean {
  return ids.has(id) !== isAll
}

/** How many rows are ticked, of `total` that match. */
export function pickedCount<Id>({ isAll, ids }: RowPicks<Id>, total: number): number {
  return isAll ? Math.max(0, total - ids.size) : ids.size
}

/** Ticks a row, or takes its tick away. */
export function togglePick<Id>(picks: RowPicks<Id>, id: Id): RowPicks<Id> {
  const ids = new Set(picks.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ...picks, ids, anchor: id }
}

/** Gives all rows from the anchor to this one what this one gets: a tick, or none. `rows` are in the order of the list. */
export function pickRange<Id>(picks: RowPicks<Id>, id: Id, rows: readonly Id[]): RowPicks<Id> {
  const to = rows.indexOf(id)
  const from = picks.anchor === null ? -1 : rows.indexOf(picks.anchor)
  if (to < 0 || from < 0) return togglePick(picks, id)
  const isTicked = !isPicked(picks, id)
  const ids = new Set(picks.ids)
  for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1))
    if (isTicked === picks.isAll) ids.delete(one)
    else ids.add(one)
  return { ...picks, ids, anchor: id }
}

/** Ticks the rows that are loaded. */
export function pickLoaded<Id>(rows: readonly Id[]): RowPicks<Id> {
  return { isAll: false, ids: new Set(rows), anchor: null }
}
