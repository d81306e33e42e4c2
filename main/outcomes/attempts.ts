import type { Transaction } from '#main/store/transaction.ts'
import type { Attempt } from '#shared/domain/delivery.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'

/** An attempt before it has a number. */
export type AttemptRecord = Omit<Attempt, 'id' | 'deliveryId' | 'number'>

/** Adds an attempt to a delivery; numbers count up from 1. */
export function addAttempt(tx: Transaction, deliveryId: DeliveryId, attempt: AttemptRecord): void {
  const { sourceValues, mappedValues, beforeValues, changes, steps, exchanges } = attempt
  tx.run(
    `insert into attempts (delivery_id, number, started_at, duration_ms, result, failure, mapping_id, mapping_version, detail)
     values (?, (select coalesce(max(number), 0) + 1 from attempts where delivery_id = ?), ?, ?, ?, ?, ?, ?, ?)`,
    deliveryId,
    deliveryId,
    attempt.startedAt,
    attempt.durationMs,
    attempt.result,
    attempt.failure === null ? null : JSON.stringify(attempt.failure),
    attempt.mappingId,
    attempt.mappingVersion,
    JSON.stringify({ sourceValues, mappedValues, beforeValues, changes, steps, exchanges }),
  )
}
