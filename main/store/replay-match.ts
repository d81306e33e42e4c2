import type { ReplayId } from '#shared/domain/ids.ts'
import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { ReplayFilter, ReplaySelection } from '#shared/domain/replay.ts'
import { failureTerms } from './failure-match.ts'
import { allTerms, matchAt, matchTerms, resolveMatch } from './event-match.ts'
import type { Rows } from './find-records.ts'

/** What a replay takes in: a person's selection, or (to undo it) the deliveries that another replay made. */
export type ReplayCriteria = ReplaySelection | { readonly ofReplay: ReplayId }

/** A piece of a where clause about a delivery `d` and its event `e`. */
export interface MatchTerm {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/**
 * The term that says which deliveries a replay takes in. Named deliveries match in any state, so that a refusal can be told;
 * all others only when they ended as asked for and no replay stands for them yet.
 */
export function matchTerm(rows: Rows, criteria: ReplayCriteria): MatchTerm {
  if ('ofReplay' in criteria) return { sql: 'd.replay_id = ?', values: [criteria.ofReplay] }
  const { deliveryIds, exclude, upTo } = criteria
  const ways = [
    ...(deliveryIds === undefined ? [] : [among('d.id', deliveryIds)]),
    ...wide(rows, criteria).map((way) => all([way, replayable(wantedStates(criteria))])),
  ]
  return all([
    ways.length === 0 ? { sql: 'false', values: [] } : join(ways, 'or'),
    ...(exclude === undefined ? [] : [negated(among('d.id', exclude))]),
    ...(upTo === undefined ? [] : [{ sql: 'd.id <= ?', values: [upTo] }]),
  ])
}

/** Everything but named deliveries; an empty filter takes in all. */
function wide(rows: Rows, { eventFilter, eventIds, failures, filter, routeId }: ReplaySelection): MatchTerm[] {
  return [
    ...(eventIds === undefined ? [] : [among('d.event_id', eventIds)]),
    ...(routeId === undefined ? [] : [{ sql: 'd.route_id = ?', values: [routeId] }]),
    ...(filter === undefined ? [] : [all(filterTerms(filter))]),
    ...(failures === undefined ? [] : [all(failureTerms(failures, { delivery: 'd', event: 'e' }))]),
    ...(eventFilter === undefined ? [] : [ofEvents(rows, eventFilter)]),
  ]
}

/** Deliveries `d` of the events that a filter finds. Its times have to be instants: what is `2h` ago would move on. */
export function ofEvents(rows: Rows, filter: EventCriteria): MatchTerm {
  const match = resolveMatch(rows, matchAt(filter, 0))
  if (match === null) return { sql: 'false', values: [] }
  const { sql, values } = all(allTerms(matchTerms(match)))
  return { sql: `exists (select 1 from events t where t.id = d.event_id and ${sql})`, values }
}

/** The states that a selection asks for: dead letters when it does not say. */
export function wantedStates({ states }: Pick<ReplaySelection, 'states'>): readonly string[] {
  return states ?? ['dead']
}

function replayable(states: readonly string[]): MatchTerm {
  const marks = states.map(() => '?').join(', ')
  return { sql: `d.state in (${marks}) and d.replayed_by is null and d.mode <> 'undo'`, values: states }
}

function filterTerms(filter: ReplayFilter): MatchTerm[] {
  const compared: readonly (readonly [string, string | number | undefined])[] = [
    ['d.route_id = ?', filter.routeId],
    ['e.source_id = ?', filter.sourceId],
    ['e.system = ?', filter.system],
    ['e.entity = ?', filter.entity],
    ['e.record_id = ?', filter.recordId],
    [`json_extract(d.failure, '$.code') = ?`, filter.code],
    ['e.received_at >= ?', filter.from],
    ['e.received_at < ?', filter.to],
  ]
  return [
    ...compared.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, values: [value] }])),
    ...textTerms(filter.text ?? ''),
  ]
}

function textTerms(text: string): MatchTerm[] {
  const words = text.split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`
    const places = ['e.record_id', 'e.title', 'e.note', 'd.note']
    return {
      sql: `(${places.map((place) => String.raw`${place} like ? escape '\'`).join(' or ')})`,
      values: places.map(() => pattern),
    }
  })
}

function among(column: string, ids: readonly number[]): MatchTerm {
  return { sql: `${column} in (select value from json_each(?))`, values: [JSON.stringify(ids)] }
}

function negated({ sql, values }: MatchTerm): MatchTerm {
  return { sql: `not (${sql})`, values }
}

function all(terms: readonly MatchTerm[]): MatchTerm {
  return terms.length === 0 ? { sql: 'true', values: [] } : join(terms, 'and')
}

function join(terms: readonly MatchTerm[], word: 'and' | 'or'): MatchTerm {
  return { sql: `(${terms.map(({ sql }) => sql).join(` ${word} `)})`, values: terms.flatMap(({ values }) => values) }
}
