import type { Rows } from './find-records.ts'
import type { Transaction } from './transaction.ts'

/** What is kept under a key; undefined when nothing is. */
export function readSetting(rows: Rows, key: string): unknown {
  const row = rows.get<{ value: string }>('select value from settings where key = ?', key)
  return row === undefined ? undefined : JSON.parse(row.value)
}

export function writeSetting(tx: Transaction, key: string, value: unknown): void {
  tx.run(
    'insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value',
    key,
    JSON.stringify(value),
  )
}
