import { within } from './page.ts'
import type { Reading } from './reading.ts'

/** Of each word so many trigrams are asked for, the rarest; what is found is compared with the whole words anyway. */
const askedOfEach = 3

/** Of all words together so many are counted, spread over each. */
const mostCounted = 40

/** The sample: so many stretches of so many ids, at even distances, the newest one included. */
const stretches = 4
const stretchIds = 250

interface Sample {
  readonly ranges: readonly (readonly [before: number, after: number])[]
  readonly events: number
}

/**
 * Three neighbouring characters of the words that few of the indexed events have, as the index is asked for them.
 *
 * All ids begin alike and many texts share their words. To go through a list of a million events for each such trigram makes a search slow
 * and leaves out nothing, so one that more than half of a sample has is not asked for. Empty when there is no other: then to compare
 * the rows themselves is quicker, too.
 */
export function rareTrigrams(reading: Reading, words: readonly string[], upTo: number): string[] {
  const sample = takeSample(reading, upTo)
  const counts = new Map<string, number>()
  const mostOfEach = Math.max(askedOfEach, Math.floor(mostCounted / words.length))
  const found = words.flatMap((word) =>
    spread(trigramsOf(word), mostOfEach)
      .map((trigram) => {
        const count = counts.get(trigram) ?? occurrences(reading, trigram, sample)
        counts.set(trigram, count)
        return { trigram, count }
      })
      .filter(({ count }) => count * 2 <= sample.events)
      .toSorted((one, other) => one.count - other.count)
      .slice(0, askedOfEach)
      .map(({ trigram }) => trigram),
  )
  return [...new Set(found)]
}

function takeSample(reading: Reading, upTo: number): Sample {
  const oldest = reading.get<{ id: number | null }>('select min(id) as id from events')?.id ?? upTo
  const apart = Math.max(stretchIds, Math.floor((upTo - oldest) / stretches))
  const ranges = Array.from({ length: stretches }, (_, index) => upTo + 1 - index * apart).map(
    (before) => [before, before - 1 - stretchIds] as const,
  )
  const counted = `select count(*) as count from events where ${within('id')}`
  return { ranges, events: sum(ranges.map((range) => reading.get<{ count: number }>(counted, ...range)?.count ?? 0)) }
}

function occurrences(reading: Reading, trigram: string, { ranges }: Sample): number {
  const sql = `select count(*) as count from event_search where event_search match ? and ${within('rowid')}`
  return sum(ranges.map((range) => reading.get<{ count: number }>(sql, trigram, ...range)?.count ?? 0))
}

function trigramsOf(word: string): string[] {
  const characters = Array.from(word)
  const all = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''))
  // A query ends at a zero character.
  return [...new Set(all)].filter((three) => !three.includes('\0')).map((three) => `"${three.replaceAll('"', '""')}"`)
}

/** At most so many of them, at even distances. */
function spread<One>(all: readonly One[], most: number): One[] {
  const apart = Math.ceil(all.length / most)
  return all.filter((_, at) => at % apart === 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
