import type { ConnectionId } from '#shared/domain/ids.ts'
import type { Transaction } from './transaction.ts'

/** What a system said of its entities, kept as text with the time it was read. It can be read anew at any time, so it is kept lightly. */
export interface KeptSchema {
  readonly describedAt: number
  readonly description: unknown
}

/** The description of an entity, or of the list of entities under ''; null when none was kept, or it is not readable any more. */
export function loadSchema(tx: Transaction, connectionId: ConnectionId, entity: string): KeptSchema | null {
  const row = tx.get<{ value: string }>('select value from settings where key = ?', keyOf(connectionId, entity))
  return row === undefined ? null : (JSON.parse(row.value) as KeptSchema)
}

export function saveSchema(tx: Transaction, connectionId: ConnectionId, entity: string, kept: KeptSchema): void {
  tx.run(
    'insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value',
    keyOf(connectionId, entity),
    JSON.stringify(kept),
  )
}

/** Forgets all that a system said. */
export function forgetSchemas(tx: Transaction, connectionId: ConnectionId): void {
  const from = keyOf(connectionId, '')
  tx.run('delete from settings where substr(key, 1, ?) = ?', from.length, from)
}

function keyOf(connectionId: ConnectionId, entity: string): string {
  return `schema:${connectionId}:${entity}`
}
