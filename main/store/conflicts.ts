import type { Choice, Choices } from '#shared/domain/conflict.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import type { Json } from '#shared/domain/record.ts'
import type { Transaction } from './transaction.ts'

/** Both values of a field that a person has to choose between. */
export interface OpenField {
  readonly field: string
  readonly salesforce: Json
  readonly connectwise: Json
}

/** Notes the fields that a parked delivery waits for; what was chosen before stays, what was open is replaced. */
export function saveOpenFields(tx: Transaction, deliveryId: DeliveryId, fields: readonly OpenField[]): void {
  tx.run('delete from conflicts where delivery_id = ? and choice is null', deliveryId)
  for (const { field, salesforce, connectwise } of fields) {
    tx.run(
      `insert into conflicts (delivery_id, field, salesforce, connectwise) values (?, ?, ?, ?)
       on conflict do update set salesforce = excluded.salesforce, connectwise = excluded.connectwise,
         choice = null, chosen_by = null, chosen_at = null`,
      deliveryId,
      field,
      JSON.stringify(salesforce),
      JSON.stringify(connectwise),
    )
  }
}

/** The fields of a delivery that still wait for a person. */
export function listOpenFields(tx: Transaction, deliveryId: DeliveryId): string[] {
  const sql = 'select field from conflicts where delivery_id = ? and choice is null order by field'
  return tx.all<{ field: string }>(sql, deliveryId).map((row) => row.field)
}

/** What a person has chosen for a delivery; undefined when nothing. */
export function loadChoices(tx: Transaction, deliveryId: DeliveryId): Choices | undefined {
  const sql = 'select field, choice from conflicts where delivery_id = ? and choice is not null'
  const rows = tx.all<{ field: string; choice: string }>(sql, deliveryId)
  if (rows.length === 0) return undefined
  return Object.fromEntries(rows.map((row) => [row.field, JSON.parse(row.choice) as Choice]))
}

/** Notes what a person chose; the rows stay as the record of it. */
export function saveChoices(
  tx: Transaction,
  deliveryId: DeliveryId,
  choices: Choices,
  by: { readonly who: string; readonly at: number },
): void {
  for (const [field, choice] of Object.entries(choices)) {
    tx.run(
      'update conflicts set choice = ?, chosen_by = ?, chosen_at = ? where delivery_id = ? and field = ?',
      JSON.stringify(choice),
      by.who,
      by.at,
      deliveryId,
      field,
    )
  }
}
