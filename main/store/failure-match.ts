import type { FailureCriteria, FailureGroupKey } from '#shared/domain/failure-group.ts'
import { searchWords } from '#shared/logic/filter-tokens.ts'

/** A piece of a where clause about a failed delivery and its event. */
interface FailureTerm {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** How a statement calls the delivery and its event. */
export interface Names {
  readonly delivery: string
  readonly event: string
}

/** The terms of what a person looks for among failed deliveries. */
export function failureTerms(criteria: FailureCriteria, { delivery: d, event: e }: Names): FailureTerm[] {
  const { groups, routeId, class: kind, code, waitsFor, text } = criteria
  const compared: readonly (readonly [string, string | undefined])[] = [
    [`${d}.route_id = ?`, routeId],
    [`${d}.failure_class = ?`, kind],
    [`${d}.failure_code = ?`, code],
    [`${d}.waits_for = ?`, waitsFor],
  ]
  return [
    ...compared.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, values: [value] }])),
    ...(groups === undefined ? [] : [inGroups(groups, d)]),
    ...searchWords(text ?? '').map((word) =>
      like([`${e}.record_id`, `${e}.title`, `${d}.failure_code`, `${d}.failure_sentence`], word),
    ),
  ]
}

/** A group without a field stands with the empty text. */
function inGroups(groups: readonly FailureGroupKey[], d: string): FailureTerm {
  const keys = groups.map(({ routeId, class: kind, code, field }) => [routeId, kind, code, field ?? ''])
  return {
    sql: `(${d}.route_id, ${d}.failure_class, ${d}.failure_code, coalesce(${d}.failure_field, '')) in
      (select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?))`,
    values: [JSON.stringify(keys)],
  }
}

function like(columns: readonly string[], word: string): FailureTerm {
  const pattern = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return {
    sql: `(${columns.map((column) => String.raw`${column} like ? escape '\'`).join(' or ')})`,
    values: columns.map(() => pattern),
  }
}
