import { storageSettings, upkeepResult, type StorageSettings, type UpkeepResult } from '#shared/domain/storage.ts'
import type { Transaction } from './transaction.ts'

/** What is done from time to time. */
export type Upkeep = 'backup' | 'check' | 'retention'

/** What a person has chosen about storage; the defaults where nobody has. */
export function loadStorageSettings(tx: Transaction): StorageSettings {
  return storageSettings.parse(readSetting(tx, 'storage') ?? {})
}

export function saveStorageSettings(tx: Transaction, settings: StorageSettings): void {
  writeSetting(tx, 'storage', settings)
  tx.notes.health = true
}

/** How it went the last time; null when it was never done. */
export function loadUpkeep(tx: Transaction, what: Upkeep): UpkeepResult | null {
  const stored = readSetting(tx, `last-${what}`)
  return stored === undefined ? null : upkeepResult.parse(stored)
}

export function saveUpkeep(tx: Transaction, what: Upkeep, result: UpkeepResult): void {
  writeSetting(tx, `last-${what}`, result)
  tx.notes.health = true
}

function readSetting(tx: Transaction, key: string): unknown {
  const row = tx.get<{ value: string }>('select value from settings where key = ?', key)
  return row === undefined ? undefined : JSON.parse(row.value)
}

function writeSetting(tx: Transaction, key: string, value: unknown): void {
  tx.run(
    'insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value',
    key,
    JSON.stringify(value),
  )
}
