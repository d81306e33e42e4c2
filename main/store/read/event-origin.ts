import { searchWords } from '#shared/logic/filter-tokens.ts'
import {
  allTerms,
  among,
  amongRecords,
  matchTerms,
  resolveMatch,
  eventStates,
  type EventMatch,
  type MatchTerms,
  type ResolvedMatch,
} from '../event-match.ts'
import { bound, clause, joinedOrigins, tableOrigin, type Origin, type Term } from './page.ts'
import type { Reading } from './reading.ts'
import { searchOrigin } from './search-origin.ts'
import { withinTimes } from './time-bounds.ts'

/** So few rows are tried one by one whatever else is asked for. */
const few = 5_000

/** Failing deliveries tried in one go: each of them is read, and its event. */
const failuresPerGo = 4_000

/** One value that an index answers, and what has to be tried beside it. */
interface Way {
  readonly index: string
  readonly found: Term
  readonly tried: readonly Term[]
}

const nothing: Origin = { floor: 0, streams: () => [], stopBelow: () => 0 }

/**
 * The events that fit, newest first, by the index that narrows the list most; what it does not answer is tried row by row.
 *
 * To be read in one view of the database.
 */
export function eventOrigin(reading: Reading, match: EventMatch): Origin {
  const resolved = resolveMatch(reading, match)
  if (resolved === null || isSystemUnknown(reading, match)) return nothing
  const terms = matchTerms(resolved)
  return withinTimes(reading, narrowest(reading, resolved, terms), match)
}

function narrowest(reading: Reading, match: ResolvedMatch, terms: MatchTerms): Origin {
  const by = (index: string | null, found: Term, ...tried: (readonly Term[])[]): Origin =>
    tableOrigin(reading, { table: 'events', index, columns: '', found: [found], tried: tried.flat() }, true)
  const { record, state, source, route, rest } = terms
  const states = eventStates(match)
  const byState: Way[] = (states ?? []).map((one) => ({
    index: 'events_by_state',
    found: { sql: 't.state = ?', values: [one] },
    tried: [...record, ...source, ...route, ...rest],
  }))
  const bySource: Way[] = (match.sourceId ?? []).map((one) => ({
    index: 'events_by_source',
    found: { sql: 't.source_id = ?', values: [one] },
    tried: [...record, ...state, ...source, ...route, ...rest],
  }))
  const joined = (ways: readonly Way[]): Origin =>
    ways.length === 0 ? nothing : joinedOrigins(ways.map(({ index, found, tried }) => by(index, found, tried)))

  if (match.records !== null)
    return by('events_by_record', amongRecords(match.records), record.slice(1), state, source, route, rest)
  if (states !== null && isFew(reading, byState)) return joined(byState)
  if (match.sourceId !== undefined && isFew(reading, bySource)) return joined(bySource)
  const ofRoutes = match.routeId === undefined ? null : fewOfRoutes(reading, match.routeId)
  if (ofRoutes !== null) return by(null, among('t.id', ofRoutes), record, state, source, route, rest)
  const { error = [] } = match
  const words = [...searchWords(match.text ?? ''), ...(error.length === 1 ? error : [])]
  const found = searchOrigin(reading, words, allTerms(terms))
  if (found !== null) return found
  if (match.failureClass !== undefined || match.error !== undefined) return failing(reading, allTerms(terms))
  if (states !== null) return joined(byState)
  if (match.sourceId !== undefined) return joined(bySource)
  const tried = [...allTerms(terms)]
  return tableOrigin(reading, { table: 'events', index: null, columns: '', found: [], tried }, tried.length > 0)
}

/** Events with a failure that stands, each once. */
function failing(reading: Reading, terms: readonly Term[]): Origin {
  const failed = 'deliveries f indexed by deliveries_failed'
  const first = `f.id = (select min(g.id) from deliveries g indexed by deliveries_failed where g.event_id = f.event_id and g.failure is not null)`
  const stream = {
    from: `${failed} cross join events t on t.id = f.event_id`,
    id: 'f.event_id',
    terms: [{ sql: 'f.failure is not null', values: [] }, { sql: first, values: [] }, ...terms],
  }
  return {
    floor: 0,
    streams: () => [stream],
    stopBelow: (before) =>
      reading.get<{ id: number }>(
        `select f.event_id as id from ${failed} where f.failure is not null and f.event_id < ?
         order by f.event_id desc limit 1 offset ${failuresPerGo}`,
        before,
      )?.id ?? 0,
  }
}

function isFew(reading: Reading, ways: readonly Way[]): boolean {
  let left = few
  for (const { index, found } of ways) {
    const sql = `select count(*) as count from (select 1 from events t indexed by ${index} where ${clause([found])} true limit ${few + 1})`
    left -= reading.get<{ count: number }>(sql, ...bound([found]))?.count ?? 0
    if (left < 0) return false
  }
  return true
}

/** The events of routes that have few deliveries; null when they have many. */
function fewOfRoutes(reading: Reading, routes: readonly string[]): number[] | null {
  const ids = new Set<number>()
  for (const route of routes) {
    const sql = `select event_id as id from deliveries indexed by deliveries_by_route where route_id = ? limit ${few + 1}`
    for (const { id } of reading.all<{ id: number }>(sql, route)) ids.add(id)
    if (ids.size > few) return null
  }
  return [...ids]
}

/** No event at all is of the systems asked for: then nobody has to look at all of them to find that out. */
function isSystemUnknown(reading: Reading, { system }: EventMatch): boolean {
  const sql = 'select 1 from events indexed by events_by_record where system = ? limit 1'
  return system !== undefined && system.every((one) => reading.get(sql, one) === undefined)
}
