import { rowsPerGo, tableOrigin, type Origin, type Stream, type Term } from './page.ts'
import type { Reading } from './reading.ts'

/** A go that took less (ms) is followed by a longer one. */
const quickMs = 5

/** Trigrams asked for at most; what is found is compared with the whole words anyway. */
const mostTrigrams = 40

/**
 * Events that hold some words, for which `tried` stands: from the search index as far as it goes, by a scan where it does not go yet, and
 * one by one those that have changed since. Null when the words are too short for the index.
 *
 * To be read in one view of the database: an event must not move from one stream to another meanwhile.
 */
export function searchOrigin(reading: Reading, words: readonly string[], tried: readonly Term[]): Origin | null {
  const wanted = trigrams(words)
  if (wanted.length === 0) return null
  const upTo = reading.get<{ upTo: number }>('select up_to as upTo from search_progress')?.upTo ?? 0
  const scan = tableOrigin(reading, { table: 'events', index: null, columns: '', found: [], tried }, true)
  const indexed = streams(wanted.join(' AND '), tried)
  let width = rowsPerGo
  let begun: number | null = null
  return {
    floor: 0,
    streams: (before) => (before > upTo + 1 ? scan.streams(before) : indexed),
    stopBelow(before) {
      if (before > upTo + 1) return Math.max(upTo, scan.stopBelow(before))
      const now = performance.now()
      // A go through the index is mostly quick, so that the next one may lead further.
      if (begun !== null) width = now - begun < quickMs ? width * 4 : Math.max(rowsPerGo, Math.floor(width / 4))
      begun = now
      return Math.max(0, before - width, staleStop(reading, before))
    },
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

function staleStop(reading: Reading, before: number): number {
  const sql = `select event_id as id from search_stale where event_id < ? order by event_id desc limit 1 offset ${rowsPerGo}`
  return reading.get<{ id: number }>(sql, before)?.id ?? 0
}

/** Each three neighbouring characters of the words, as the index is asked for them. */
function trigrams(words: readonly string[]): string[] {
  const found = new Set<string>()
  for (const word of words) {
    const characters = Array.from(word)
    for (let at = 0; at + 3 <= characters.length; at += 1) {
      const three = characters.slice(at, at + 3).join('')
      found.add(`"${three.replaceAll('"', '""')}"`)
    }
  }
  return [...found].slice(0, mostTrigrams)
}
