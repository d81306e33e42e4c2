import type { EventCriteria, EventExclusions } from '#shared/contract/event-filter.ts'
import { eventState, type EventState } from '#shared/domain/event.ts'
import { searchWords } from '#shared/logic/filter-tokens.ts'
import { instantOf } from '#shared/logic/instant-text.ts'
import { matchingEntities, namedRecords, type FoundRecord, type Rows } from './find-records.ts'
import { searchedColumns } from './search-index.ts'

/** Which events, with instants in ms since 1970. */
export interface EventMatch extends Omit<EventCriteria, 'since' | 'until'> {
  readonly receivedFrom?: number | undefined
  readonly receivedBefore?: number | undefined
}

/** A piece of a where clause about an event `t`. */
export interface EventTerm {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** The terms of a match by what they are about, so that an index can take the place of some. */
export interface MatchTerms {
  readonly record: readonly EventTerm[]
  readonly state: readonly EventTerm[]
  readonly source: readonly EventTerm[]
  readonly route: readonly EventTerm[]
  /** All that no index of the events' own answers. */
  readonly rest: readonly EventTerm[]
}

/** A match together with the records and entities that it names, as the rows have them. */
export interface ResolvedMatch extends EventMatch {
  /** Null when it names none. */
  readonly records: readonly FoundRecord[] | null
  readonly notRecords: readonly FoundRecord[]
  readonly entities: readonly string[] | null
  readonly notEntities: readonly string[]
}

/** Works out the instants of a filter at the time `now`. */
export function matchAt({ since, until, ...criteria }: EventCriteria, now: number): EventMatch {
  return {
    ...criteria,
    receivedFrom: since === undefined ? undefined : (instantOf(since, now, 'since') ?? undefined),
    receivedBefore: until === undefined ? undefined : (instantOf(until, now, 'until') ?? undefined),
  }
}

/** Looks up the records and entities that a match names; null when there are none, so that nothing can fit. */
export function resolveMatch(rows: Rows, match: EventMatch): ResolvedMatch | null {
  const entities = match.entity === undefined ? null : matchingEntities(rows, match.entity)
  const records = namedRecords(rows, match)
  if (entities?.length === 0 || records?.length === 0) return null
  const { not = {} } = match
  return {
    ...match,
    entities,
    records,
    notEntities: matchingEntities(rows, not.entity ?? []),
    notRecords: [
      { recordId: not.recordId },
      { connectwiseId: not.connectwiseId },
      { salesforceId: not.salesforceId },
    ].flatMap((one) => namedRecords(rows, one) ?? []),
  }
}

/** The states that fit; null when all do. */
export function eventStates({ state, not }: EventMatch): readonly EventState[] | null {
  if (state === undefined && not?.state === undefined) return null
  return (state ?? eventState.options).filter((one) => not?.state?.includes(one) !== true)
}

export function matchTerms(match: ResolvedMatch): MatchTerms {
  const { not = {}, records, notRecords, entities, notEntities } = match
  const states = eventStates(match)
  return {
    record: [
      ...(records === null ? [] : [amongRecords(records)]),
      ...notRecords.slice(0, 1).map(() => no(amongRecords(notRecords))),
    ],
    state: states === null ? [] : [among('t.state', states)],
    source: [...listed('t.source_id', match.sourceId), ...listed('t.source_id', not.sourceId).map(no)],
    route: [...routeTerms(match), ...routeTerms(not).map(no)],
    rest: [
      ...(entities === null ? [] : [among('t.entity', entities)]),
      ...(notEntities.length === 0 ? [] : [no(among('t.entity', notEntities))]),
      ...timeTerms(match),
      ...restTerms(match),
      ...restTerms(not).map(no),
      ...searchWords(match.text ?? '').map(wordTerm),
      ...searchWords(not.text ?? '').map((word) => no(wordTerm(word))),
    ],
  }
}

export function allTerms({ record, state, source, route, rest }: MatchTerms): readonly EventTerm[] {
  return [...record, ...state, ...source, ...route, ...rest]
}

function timeTerms({ receivedFrom, receivedBefore }: EventMatch): EventTerm[] {
  return [
    ...(receivedFrom === undefined ? [] : [{ sql: 't.received_at >= ?', values: [receivedFrom] }]),
    ...(receivedBefore === undefined ? [] : [{ sql: 't.received_at < ?', values: [receivedBefore] }]),
  ]
}

function routeTerms({ routeId }: EventExclusions): EventTerm[] {
  return listed('d.route_id', routeId).map(({ sql, values }) => ({
    sql: `exists (select 1 from deliveries d indexed by deliveries_by_event where d.event_id = t.id and ${sql})`,
    values,
  }))
}

function restTerms({ system, action, failureClass, error, result }: EventExclusions): EventTerm[] {
  return [
    ...listed('t.system', system),
    ...listed('t.action', action),
    ...listed('d.failure_class', failureClass).map(failing),
    ...(error === undefined ? [] : [failing(either(error.map(errorTerm)))]),
    ...listed('d.result', result).map(({ sql, values }) => ({
      sql: `exists (select 1 from deliveries d indexed by deliveries_by_event
        where d.event_id = t.id and d.state = 'delivered' and d.replayed_by is null and ${sql})`,
      values,
    })),
  ]
}

/** A failure that stands: of a delivery that no replay stands for. */
function failing({ sql, values }: EventTerm): EventTerm {
  return {
    sql: `exists (select 1 from deliveries d indexed by deliveries_failed
      where d.event_id = t.id and d.failure is not null and d.replayed_by is null and ${sql})`,
    values,
  }
}

function errorTerm(piece: string): EventTerm {
  return like(['d.failure_code', 'd.failure_sentence'], piece)
}

function wordTerm(word: string): EventTerm {
  const own = searchedColumns.map((column) => `t.${column}`)
  return either([like(own, word), failing(errorTerm(word))])
}

/** Letters outside ASCII have to match in case. */
function like(columns: readonly string[], piece: string): EventTerm {
  const pattern = `%${piece.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return {
    sql: `(${columns.map((column) => String.raw`${column} like ? escape '\'`).join(' or ')})`,
    values: columns.map(() => pattern),
  }
}

export function amongRecords(records: readonly FoundRecord[]): EventTerm {
  const keys = records.map(({ system, entity, id }) => [system, entity, id])
  return {
    sql: `(t.system, t.entity, t.record_id) in (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))`,
    values: [JSON.stringify(keys)],
  }
}

export function among(column: string, values: readonly (string | number)[]): EventTerm {
  return { sql: `${column} in (select value from json_each(?))`, values: [JSON.stringify(values)] }
}

function listed(column: string, values: readonly string[] | undefined): EventTerm[] {
  return values === undefined ? [] : [among(column, values)]
}

/** For terms about values that may be null, too: what is not known does not hold. */
function no({ sql, values }: EventTerm): EventTerm {
  return { sql: `(${sql}) is not true`, values }
}

function either(terms: readonly EventTerm[]): EventTerm {
  return { sql: `(${terms.map(({ sql }) => sql).join(' or ')})`, values: terms.flatMap(({ values }) => values) }
}
