import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Transaction } from './transaction.ts'

/**
 * Holds keys for a delivery: all of them, or none when somebody else has one, which is then the answer. That nobody holds one while
 * waiting for another is what keeps two deliveries from waiting for each other.
 *
 * Only a leased delivery holds its keys: what a crash has left behind stands in nobody's way.
 */
export function holdKeys(tx: Transaction, deliveryId: DeliveryId, keys: readonly string[]): string | null {
  const taken = keys.find((key) => isHeld(tx, key, deliveryId))
  if (taken !== undefined) return taken
  for (const key of keys) {
    tx.run(
      'insert into held_keys (key, delivery_id) values (?, ?) on conflict do update set delivery_id = excluded.delivery_id',
      key,
      deliveryId,
    )
  }
  return null
}

/** Whether a delivery at work, other than this one, holds the key. */
export function isHeld(tx: Transaction, key: string, otherThan: DeliveryId): boolean {
  const sql = `select 1 from held_keys k join deliveries d on d.id = k.delivery_id
    where k.key = ? and k.delivery_id <> ? and d.state = 'leased'`
  return tx.get(sql, key, otherThan) !== undefined
}

/** Lets go of all keys of a delivery; answers which they were. */
export function releaseKeys(tx: Transaction, deliveryId: DeliveryId): string[] {
  return tx
    .all<{ key: string }>('delete from held_keys where delivery_id = ? returning key', deliveryId)
    .map((row) => row.key)
}
