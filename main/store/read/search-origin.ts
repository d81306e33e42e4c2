import { rowsPerGo, tableOrigin, within, type Origin, type Stream, type Term } from './page.ts'
import { rareTrigrams } from './rare-trigrams.ts'
import type { Reading } from './reading.ts'

/** Events that were found and are compared in one go. */
const foundPerGo = 5_000

/** Ids that one go through the index passes at most, as its lists cost time even where they have nothing in common. */
const widestGo = 1_000_000

/**
 * Events that hold some words, for which `tried` stands: from the search index as far as it goes, by a scan where it does not go yet, and
 * one by one those that have changed since. Null when the index says little of the words: they are too short, or nearly everywhere.
 *
 * To be read in one view of the database: an event must not move from one stream to another meanwhile.
 */
export function searchOrigin(reading: Reading, words: readonly string[], tried: readonly Term[]): Origin | null {
  const upTo = reading.get<{ upTo: number }>('select up_to as upTo from search_progress')?.upTo ?? 0
  const needle = rareTrigrams(reading, words, upTo).join(' AND ')
  if (needle === '') return null
  const scan = tableOrigin(reading, { table: 'events', index: null, columns: '', found: [], tried }, true)
  const indexed = streams(needle, tried)
  return {
    floor: 0,
    streams: (before) => (before > upTo + 1 ? scan.streams(before) : indexed),
    stopBelow: (before) =>
      before > upTo + 1
        ? Math.max(upTo, scan.stopBelow(before))
        : Math.max(0, before - widestGo, foundStop(reading, needle, before), staleStop(reading, before)),
  }
}

function streams(needle: string, tried: readonly Term[]): readonly Stream[] {
  return [
    {
      from: 'event_search s cross join events t on t.id = s.rowid',
      id: 's.rowid',
      terms: [
        { sql: 's.event_search match ?', values: [needle] },
        { sql: 's.rowid not in (select event_id from search_stale)', values: [] },
        ...tried,
      ],
    },
    { from: 'search_stale s cross join events t on t.id = s.event_id', id: 's.event_id', terms: tried },
  ]
}

/** Where as many were found as are compared in one go. */
function foundStop(reading: Reading, needle: string, before: number): number {
  const sql = `select rowid as id from event_search where event_search match ? and ${within('rowid')}
    order by rowid desc limit 1 offset ${foundPerGo}`
  return reading.get<{ id: number }>(sql, needle, before, before - widestGo)?.id ?? 0
}

function staleStop(reading: Reading, before: number): number {
  const sql = `select event_id as id from search_stale where event_id < ? order by event_id desc limit 1 offset ${rowsPerGo}`
  return reading.get<{ id: number }>(sql, before)?.id ?? 0
}
