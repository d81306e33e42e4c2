import type { Page } from '#shared/contract/page.ts'
import { pageToken } from './page-token.ts'
import type { Reading, SqlValue } from './reading.ts'

/** A term of a where clause; names columns of the listed table as `t.<column>`. */
export interface Term {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** Which rows below `before` (an id), at most `limit` of them. */
export interface Slice {
  readonly before: number
  readonly limit: number
}

/** How a list is read. */
export interface Listing {
  readonly table: string
  /** The index that answers `found` in the order of ids; null: the table itself. */
  readonly index: string | null
  readonly columns: string
  readonly join?: string
  /** Terms the index answers. */
  readonly found: readonly Term[]
  /** Terms that have to be tried row by row. */
  readonly tried: readonly Term[]
}

/** Rows of a list, in the order of their ids. */
export interface Stream {
  /** What stands between `from` and the terms. */
  readonly from: string
  /** The column that the order is read from. */
  readonly id: string
  readonly terms: readonly Term[]
}

/** Where the rows of a list come from: streams that have no row in common, and how far one go through them leads. */
export interface Origin {
  /** Where a go that is to begin below `before` may begin: there is nothing in between. Absent: there. */
  enter?(before: number): number
  /** No row at or below this id belongs to the list. */
  readonly floor: number
  streams(before: number): readonly Stream[]
  /** The newest id that a go which begins below `before` leaves untried; 0 when it reaches the end. */
  stopBelow(before: number): number
}

/** Rows tried in one go, and for how long (ms) further goes are begun for one page. */
export const rowsPerGo = 20_000
const tryingMs = 60

/** One page of a list, newest first. See `readRows`. */
export function readPage<Row extends { readonly id: number }, Item>(
  reading: Reading,
  listing: Listing,
  slice: Slice,
  toItem: (row: Row) => Item,
): Page<Item> {
  const origin = tableOrigin(reading, listing, listing.tried.length > 0)
  return readRows<Row, Item>(reading, origin, listing.columns, slice, toItem)
}

/**
 * One page of what an origin gives, newest first.
 *
 * A filter that no index answers is tried row by row for a bounded time. When that is over, the page holds what was found
 * so far (maybe nothing) and its token leads on to the rows not looked at yet: a null token always means "that was all".
 */
export function readRows<Row extends { readonly id: number }, Item>(
  reading: Reading,
  origin: Origin,
  columns: string,
  slice: Slice,
  toItem: (row: Row) => Item,
): Page<Item> {
  const until = performance.now() + tryingMs
  const rows: Row[] = []
  let before = slice.before
  for (;;) {
    before = origin.enter?.(before) ?? before
    const stop = origin.stopBelow(before)
    const stretch = { before, stop: Math.max(stop, origin.floor), limit: slice.limit + 1 - rows.length }
    rows.push(...select<Row>(reading, origin.streams(before), columns, stretch))
    const last = rows[slice.limit - 1]
    if (rows.length > slice.limit && last !== undefined)
      return { items: rows.slice(0, slice.limit).map(toItem), next: pageToken(last.id) }
    if (stop === 0) return { items: rows.map(toItem), next: null }
    before = stop + 1
    if (performance.now() > until) return { items: rows.map(toItem), next: pageToken(before) }
  }
}

/** The rows of a table that fit a listing, in goes of 20,000 when they have to be tried. */
export function tableOrigin(reading: Reading, listing: Listing, inGoes: boolean): Origin {
  // The index is named, so that statistics or their absence never make a list slow.
  const table = `${listing.table} t ${listing.index === null ? 'not indexed' : `indexed by ${listing.index}`}`
  const stream = { from: `${table} ${listing.join ?? ''}`, id: 't.id', terms: [...listing.found, ...listing.tried] }
  return {
    floor: 0,
    streams: () => [stream],
    stopBelow(before) {
      if (!inGoes) return 0
      const row = reading.get<{ id: number }>(
        `select t.id from ${table} where ${clause(listing.found)} t.id < ? order by t.id desc limit 1 offset ${rowsPerGo}`,
        ...bound(listing.found),
        before,
      )
      return row?.id ?? 0
    },
  }
}

/** The rows of several origins that have none in common. */
export function joinedOrigins(origins: readonly Origin[]): Origin {
  return {
    floor: Math.min(...origins.map((one) => one.floor)),
    streams: (before) => origins.flatMap((one) => one.streams(before)),
    stopBelow: (before) => Math.max(...origins.map((one) => one.stopBelow(before))),
  }
}

interface Stretch {
  readonly before: number
  readonly stop: number
  readonly limit: number
}

function select<Row extends { readonly id: number }>(
  reading: Reading,
  streams: readonly Stream[],
  columns: string,
  { before, stop, limit }: Stretch,
): Row[] {
  const found = streams.map(({ from, id, terms }) =>
    reading.all<Row>(
      `select ${columns} from ${from} where ${clause(terms)} ${within(id)} order by ${id} desc limit ?`,
      ...bound(terms),
      before,
      stop,
      limit,
    ),
  )
  if (found.length === 1) return found[0] ?? []
  return found
    .flat()
    .toSorted((one, other) => other.id - one.id)
    .slice(0, limit)
}

export function clause(terms: readonly Term[]): string {
  return terms.map((term) => `${term.sql} and`).join(' ')
}

export function bound(terms: readonly Term[]): SqlValue[] {
  return terms.flatMap((term) => term.values)
}

/** The term of a stretch of ids. Numbers are bound as reals, and the search index takes only integers for a bound. */
export function within(id: string): string {
  return `${id} < cast(? as integer) and ${id} > cast(? as integer)`
}
