import { among, type EventTerm } from '#main/store/event-match.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { FailureGroupKey } from '#shared/domain/failure-group.ts'
import type { DeliveryId, EventId } from '#shared/domain/ids.ts'
import { refreshEvent } from './event-state.ts'
import type { Order } from './resolve.ts'

/** Which dead letters to give up, as terms about a delivery `d` and its event `t`. */
export type DiscardTerms = readonly EventTerm[]

/** How far a discard or its way back has come; null: it is done. */
export interface Progress {
  readonly after: number | null
  readonly changed: number
  readonly kept: number
}

/** A discard under way. */
export interface Discard extends Order {
  readonly id: number
  readonly reason: string
  /** The newest delivery that takes part: what dies while it is under way stays. */
  readonly upTo: number
}

interface Row {
  readonly id: DeliveryId
  readonly event_id: EventId
  readonly note: string | null
}

export function groupTerms({ routeId, class: kind, code, field }: FailureGroupKey): DiscardTerms {
  return [
    { sql: 'd.route_id = ? and d.failure_class = ? and d.failure_code = ?', values: [routeId, kind, code] },
    field === null ? { sql: 'd.failure_field is null', values: [] } : { sql: 'd.failure_field = ?', values: [field] },
  ]
}

/** Writes down who gives up what and why; nothing is given up yet. */
export function startDiscard(tx: Transaction, reason: string, { who, at }: Order): Discard {
  const insert = 'insert into discards (reason, who, discarded_at) values (?, ?, ?)'
  const id = tx.run(insert, reason, who, at).lastInsertRowid
  const upTo = tx.get<{ id: number | null }>('select max(id) as id from deliveries')?.id ?? 0
  return { id, reason, who, at, upTo }
}

/** Looks at the next `limit` dead letters and gives up those that fit. */
export function discardSome(
  tx: Transaction,
  discard: Discard,
  terms: DiscardTerms,
  after: number,
  limit: number,
): Progress {
  const ids = tx
    .all<{ id: number }>(
      `select id from deliveries indexed by deliveries_dead
       where state = 'dead' and replayed_by is null and id > ? and id <= ? order by id limit ?`,
      after,
      discard.upTo,
      limit,
    )
    .map(({ id }) => id)
  const wanted = [among('d.id', ids), ...terms]
  const rows = tx.all<Row>(
    `select d.id, d.event_id, d.note from deliveries d join events t on t.id = d.event_id
     where ${wanted.map(({ sql }) => sql).join(' and ')} order by d.id`,
    ...wanted.flatMap(({ values }) => values),
  )
  for (const { id, event_id, note } of rows) {
    const insert = 'insert or replace into discarded (delivery_id, discard_id, note) values (?, ?, ?)'
    tx.run(insert, id, discard.id, note)
    const sentence = `Discarded by ${discard.who}: ${discard.reason}`
    tx.run(`update deliveries set state = 'cancelled', note = ? where id = ?`, sentence, id)
    refreshEvent(tx, event_id, discard.at)
  }
  if (rows.length > 0) tx.notes.health = true
  return { after: ids.length < limit ? null : (ids.at(-1) ?? null), changed: rows.length, kept: 0 }
}

/** Makes dead letters again of the next `limit` that a discard gave up; those that were replayed meanwhile stay as they are. */
export function restoreSome(tx: Transaction, discardId: number, after: number, limit: number, now: number): Progress {
  const rows = tx.all<Row & { isHeld: number }>(
    `select d.id, d.event_id, x.note, d.state <> 'cancelled' or d.replayed_by is not null as isHeld
     from discarded x join deliveries d on d.id = x.delivery_id
     where x.discard_id = ? and x.delivery_id > ? order by x.delivery_id limit ?`,
    discardId,
    after,
    limit,
  )
  const back = rows.filter(({ isHeld }) => isHeld === 0)
  for (const row of back) restoreOne(tx, row, now)
  return {
    after: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
    changed: back.length,
    kept: rows.length - back.length,
  }
}

/** The same for one delivery; answers null when it is not discarded. */
export function restoreDelivery(tx: Transaction, id: DeliveryId, now: number): Omit<Progress, 'after'> | null {
  const row = tx.get<Row & { isHeld: number }>(
    `select d.id, d.event_id, x.note, d.state <> 'cancelled' or d.replayed_by is not null as isHeld
     from discarded x join deliveries d on d.id = x.delivery_id where x.delivery_id = ?`,
    id,
  )
  if (row === undefined) return null
  if (row.isHeld === 1) return { changed: 0, kept: 1 }
  restoreOne(tx, row, now)
  return { changed: 1, kept: 0 }
}

function restoreOne(tx: Transaction, { id, event_id, note }: Row, now: number): void {
  tx.run(`update deliveries set state = 'dead', note = ? where id = ?`, note, id)
  tx.run('delete from discarded where delivery_id = ?', id)
  refreshEvent(tx, event_id, now)
  tx.notes.health = true
}
