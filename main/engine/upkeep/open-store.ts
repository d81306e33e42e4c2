import { restoreAsOrdered } from '#main/store/restore.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { saveUpkeep } from '#main/store/storage-settings.ts'
import { Store } from '#main/store/store.ts'
import type { EngineOptions } from '../options.ts'

/**
 * Opens the database, after an ordered restore has put another one in its place.
 *
 * @throws PlainError when it can't be had.
 */
export async function openStore({ databaseFile, dataKey, clock }: EngineOptions): Promise<Store> {
  const restored = restoreAsOrdered(databaseFile, dataKey, clock.now())
  const store = new Store(databaseFile)
  try {
    await store.write((tx) => {
      checkDataKey(tx, dataKey)
      if (restored !== null) saveUpkeep(tx, 'restore', restored)
    })
    return store
  } catch (thrown) {
    await store.close()
    throw thrown
  }
}
