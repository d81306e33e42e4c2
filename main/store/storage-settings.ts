import { storageSettings, upkeepResult, type StorageSettings, type UpkeepResult } from '#shared/domain/storage.ts'
import type { RoomSample } from '#shared/logic/room-forecast.ts'
import { readSetting, writeSetting } from './settings.ts'
import type { Transaction } from './transaction.ts'

/** What is done from time to time. */
export type Upkeep = 'backup' | 'check' | 'retention' | 'restore'

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

const dayMs = 24 * 3_600_000
/** Days by which the growth of the database is judged: longer ago it may have been another site. */
const daysSampled = 30

/** What the database held on each of the last days, oldest first. */
export function loadRoomSamples(tx: Transaction): RoomSample[] {
  return (readSetting(tx, 'room') as RoomSample[] | undefined) ?? []
}

/** Notes what the database holds, once a day. */
export function noteRoom(tx: Transaction, sample: RoomSample): void {
  const known = loadRoomSamples(tx)
  const last = known.at(-1)
  if (last !== undefined && sample.at - last.at < dayMs) return
  writeSetting(tx, 'room', [...known, sample].slice(-daysSampled))
}
