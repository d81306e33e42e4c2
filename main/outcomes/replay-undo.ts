import type { Transaction } from '#main/store/transaction.ts'
import type { Attempt, FieldChange } from '#shared/domain/delivery.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import { hasEnded, notEnded, type Candidate } from './replay-candidate.ts'

/** What a delivery wrote, and what stood there before. */
export interface BeforeImage {
  readonly entity: string
  readonly id: string
  readonly changes: readonly FieldChange[]
}

/**
 * The before-image of a delivery's write: null when it changed no fields of a record that was there. A try whose answer never came
 * counts, as it may have been the one that wrote.
 */
export function loadBeforeImage(tx: Transaction, id: DeliveryId): BeforeImage | null {
  const row = tx.get<{ entity: string | null; id: string | null; detail: string }>(
    `select d.destination_entity as entity, d.destination_id as id, a.detail
     from deliveries d join attempts a on a.delivery_id = d.id
     where d.id = ? and (a.result = 'succeeded' or json_extract(a.failure, '$.class') = 'unknown')
       and json_extract(a.detail, '$.beforeValues') is not null and json_array_length(a.detail, '$.changes') > 0
     order by a.number desc limit 1`,
    id,
  )
  if (row === undefined || row.entity === null || row.id === null) return null
  const { changes } = JSON.parse(row.detail) as Pick<Attempt, 'changes'>
  return { entity: row.entity, id: row.id, changes }
}

/** Why a delivery is not undone: it can't be (`refused`), or it left nothing to be taken back (`nothing`). Null when it can. */
export function undoRefusal(
  tx: Transaction,
  candidate: Candidate,
): { readonly state: 'refused' | 'nothing'; readonly reason: string } | null {
  if (!hasEnded(candidate.state)) return { state: 'refused', reason: notEnded }
  if (candidate.state !== 'delivered') return { state: 'nothing', reason: 'It wrote nothing.' }
  if (loadBeforeImage(tx, candidate.id) !== null) return null
  const made = tx.get<{ result: string; entity: string; id: string }>(
    'select result, destination_entity as entity, destination_id as id from deliveries where id = ?',
    candidate.id,
  )
  if (made?.result !== 'created') return { state: 'nothing', reason: wroteBack(tx, candidate) ?? 'It wrote nothing.' }
  return {
    state: 'nothing',
    reason: `It created ${made.entity} ${made.id}. Patchbay does not delete records: delete it by hand if it is not wanted.`,
  }
}

/** A choice may have changed the record that the event came from, and nothing else; what stood there before is not kept. */
function wroteBack(tx: Transaction, { entity, id, record_id, system }: Candidate): string | null {
  const written = tx.get('select 1 from writes where delivery_id = ? and system = ? limit 1', id, system)
  if (written === undefined) return null
  const name = nameOf({ system, entity, id: record_id })
  return `It wrote to ${name} what a person had chosen. Patchbay does not take that back: set it by hand if it is not wanted.`
}
