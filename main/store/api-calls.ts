import type { Transaction } from './transaction.ts'

/** ms in the hour that a row of counts stands for. */
export const hourMs = 3_600_000

/** The calls made to a connection since an hour (counted from 1970), by hour. */
export function loadCalls(tx: Transaction, connectionId: string, sinceHour: number): Map<number, number> {
  const rows = tx.all<{ hour: number; calls: number }>(
    'select hour, calls from api_calls where connection_id = ? and hour >= ? order by hour',
    connectionId,
    sinceHour,
  )
  return new Map(rows.map(({ hour, calls }) => [hour, calls]))
}

/** Adds calls to an hour's count, and forgets the hours before `sinceHour`. */
export function addCalls(
  tx: Transaction,
  connectionId: string,
  added: ReadonlyMap<number, number>,
  sinceHour: number,
): void {
  for (const [hour, calls] of added) {
    tx.run(
      `insert into api_calls (connection_id, hour, calls) values (?, ?, ?)
       on conflict do update set calls = calls + excluded.calls`,
      connectionId,
      hour,
      calls,
    )
  }
  tx.run('delete from api_calls where connection_id = ? and hour < ?', connectionId, sinceHour)
}
