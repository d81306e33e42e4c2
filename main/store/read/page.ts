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

/** Rows tried in one go, and for how long (ms) further goes are begun for one page. */
const rowsPerGo = 20_000
const tryingMs = 60

/**
 * One page of a list, newest first.
 *
 * A filter that no index answers is tried row by row for a bounded time. When that is over, the page holds what was found
 * so far (maybe nothing) and its token leads on to the rows not looked at yet: a null token always means "that was all".
 */
export function readPage<Row extends { readonly id: number }, Item>(
  reading: Reading,
  listing: Listing,
  slice: Slice,
  toItem: (row: Row) => Item,
): Page<Item> {
  const until = performance.now() + tryingMs
  const rows: Row[] = []
  let before = slice.before
  for (;;) {
    const stop = stopBelow(reading, listing, before)
    rows.push(...select<Row>(reading, listing, before, stop, slice.limit + 1 - rows.length))
    const last = rows[slice.limit - 1]
    if (rows.length > slice.limit && last !== undefined)
      return { items: rows.slice(0, slice.limit).map(toItem), next: pageToken(last.id) }
    if (stop === 0) return { items: rows.map(toItem), next: null }
    before = stop + 1
    if (performance.now() > until) return { items: rows.map(toItem), next: pageToken(before) }
  }
}

/** The newest id that this go leaves untried; 0 when it reaches the end. */
function stopBelow(reading: Reading, listing: Listing, before: number): number {
  if (listing.tried.length === 0) return 0
  const row = reading.get<{ id: number }>(
    `select t.id from ${source(listing)} where ${clause(listing.found)} t.id < ? order by t.id desc limit 1 offset ${rowsPerGo}`,
    ...bound(listing.found),
    before,
  )
  return row?.id ?? 0
}

function select<Row>(reading: Reading, listing: Listing, before: number, stop: number, limit: number): Row[] {
  const terms = [...listing.found, ...listing.tried]
  return reading.all<Row>(
    `select ${listing.columns} from ${source(listing)} ${listing.join ?? ''} where ${clause(terms)} t.id < ? and t.id > ? order by t.id desc limit ?`,
    ...bound(terms),
    before,
    stop,
    limit,
  )
}

/** The index is named, so that statistics or their absence never make a list slow. */
function source(listing: Listing): string {
  return `${listing.table} t ${listing.index === null ? 'not indexed' : `indexed by ${listing.index}`}`
}

function clause(terms: readonly Term[]): string {
  return terms.map((term) => `${term.sql} and`).join(' ')
}

function bound(terms: readonly Term[]): SqlValue[] {
  return terms.flatMap((term) => term.values)
}
