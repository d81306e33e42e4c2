import type { EventId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { Sample } from '#shared/domain/sample.ts'
import type { Rows } from './find-records.ts'
import type { Transaction } from './transaction.ts'

/** Which test cases; everything named has to hold. */
export interface SampleQuery {
  readonly eventId?: EventId | undefined
  readonly system?: SystemName | undefined
  readonly entity?: string | undefined
}

/** By name. */
export function loadSamples(rows: Rows, query: SampleQuery): Sample[] {
  const named = [
    ...equals('s.event_id', query.eventId),
    ...equals('e.system', query.system),
    ...equals('e.entity', query.entity),
  ]
  return rows.all<Sample>(
    `select s.event_id as eventId, s.name, e.system, e.entity, e.record_id as recordId, e.title, e.received_at as receivedAt,
       s.kept_at as keptAt, s.kept_by as keptBy
     from samples s join events e on e.id = s.event_id
     where ${['true', ...named.map(({ column }) => `${column} = ?`)].join(' and ')}
     order by s.name collate nocase, s.event_id`,
    ...named.map(({ value }) => value),
  )
}

function equals(column: string, value: string | number | undefined) {
  return value === undefined ? [] : [{ column, value }]
}

export function saveSample(tx: Transaction, one: Pick<Sample, 'eventId' | 'name' | 'keptAt' | 'keptBy'>): void {
  tx.run(
    `insert into samples (event_id, name, kept_by, kept_at) values (?, ?, ?, ?)
     on conflict (event_id) do update set name = excluded.name`,
    one.eventId,
    one.name,
    one.keptBy,
    one.keptAt,
  )
}

/** Answers false when there was none. */
export function removeSample(tx: Transaction, eventId: EventId): boolean {
  return tx.run('delete from samples where event_id = ?', eventId).changes === 1
}

export function countSamples(rows: Rows): number {
  return rows.all<{ count: number }>('select count(*) as count from samples')[0]?.count ?? 0
}
