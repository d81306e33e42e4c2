import type { DeliveryId, EventId } from '#shared/domain/ids.ts'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import { isEmpty, sameJson } from '#shared/logic/json.ts'
import type { Transaction } from './transaction.ts'

/** Told of an event that is one of our own writes coming back. */
export const echoNote = 'This is the echo of a change that Patchbay made itself.'

/** A write of ours as the ledger keeps it. */
export interface OwnWrite {
  readonly ref: RecordRef
  /** The record's version after the write; null when the answer did not tell. */
  readonly version: string | null
  readonly sent: Values
}

/** Enters a write of ours into the ledger. */
export function noteOwnWrite(tx: Transaction, write: OwnWrite, deliveryId: DeliveryId, now: number): void {
  const { ref, version, sent } = write
  tx.run(
    'insert into writes (system, entity, record_id, version, delivery_id, written_at, sent) values (?, ?, ?, ?, ?, ?, ?)',
    ref.system,
    ref.entity,
    ref.id,
    version,
    deliveryId,
    now,
    JSON.stringify(sent),
  )
}

/** Writes of one record that may still be waiting for their echo. */
const writesLookedAt = 10

/**
 * Takes an event that bears our mark for the echo of one of our writes: it speaks of the very version that the write made, or
 * all values it carries are the ones we sent.
 *
 * Each write has one echo, and none once anything else was heard about the record since: a person who works as our user, or
 * changes a value there and back, is never taken for us.
 */
export function takeEcho(
  tx: Transaction,
  event: { readonly id: EventId; readonly ref: RecordRef; readonly version: string | null },
  fields: Values | null,
): boolean {
  const { entity, id, system } = event.ref
  const rows = tx.all<{ id: number; version: string | null; sent: string | null; written_at: number }>(
    `select id, version, sent, written_at from writes
     where system = ? and entity = ? and record_id = ? and echo_id is null order by id desc limit ${writesLookedAt}`,
    system,
    entity,
    id,
  )
  const echoed = rows.findLast(
    (row) =>
      (row.version !== null && row.version === event.version) ||
      (fields !== null && row.sent !== null && saysTheSame(fields, JSON.parse(row.sent) as Values)),
  )
  if (echoed === undefined) return false
  const other = tx.get(
    `select 1 from events where system = ? and entity = ? and record_id = ? and id <> ? and received_at >= ?
       and not exists (select 1 from writes where echo_id = events.id) limit 1`,
    system,
    entity,
    id,
    event.id,
    echoed.written_at,
  )
  if (other !== undefined) return false
  tx.run('update writes set echo_id = ? where id = ?', event.id, echoed.id)
  return true
}

/** What Salesforce itself writes with each save. */
const bookkeeping = new Set(['Id', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'])

function saysTheSame(fields: Values, sent: Values): boolean {
  const told = Object.entries(fields).filter(([field]) => !bookkeeping.has(field))
  return (
    told.length > 0 &&
    told.every(([field, value]) => {
      const ours = sent[field]
      return ours !== undefined && (sameJson(value, ours) || (isEmpty(value) && isEmpty(ours)))
    })
  )
}
