import type { Transaction } from '#main/store/transaction.ts'
import type { Attempt } from '#shared/domain/delivery.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Values } from '#shared/domain/record.ts'

/** An attempt before it has a number. */
export type AttemptRecord = Omit<Attempt, 'id' | 'deliveryId' | 'number'>

/** Characters of one field of the source that an attempt keeps. */
const longestKept = 20_000

/** Adds an attempt to a delivery; numbers count up from 1. */
export function addAttempt(tx: Transaction, deliveryId: DeliveryId, attempt: AttemptRecord): void {
  const { mappedValues, beforeValues, changes, steps, exchanges } = attempt
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
    JSON.stringify({
      sourceValues: shorten(attempt.sourceValues),
      mappedValues,
      beforeValues,
      changes,
      steps,
      exchanges,
    }),
  )
}

/** Cuts what is too long to read anyway: the event keeps its body once, and a copy with each try would fill disk and window. */
function shorten(values: Values | null): Values | null {
  if (values === null) return null
  const cut = Object.entries(values).map(([field, value]) => {
    // Lists and objects are as long as their text, and are kept as its beginning like any other text that is too long.
    const text = typeof value === 'object' ? JSON.stringify(value) : value
    if (typeof text !== 'string' || text.length <= longestKept) return [field, value]
    return [field, `${text.slice(0, longestKept)}… (${text.length.toLocaleString('en')} characters in all)`]
  })
  return Object.fromEntries(cut) as Values
}
