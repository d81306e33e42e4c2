import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { seal, unseal } from '#main/base/sealing.ts'
import { app } from './app.ts'

/** The profile of the user who is signed in: another file is another profile, which opens nothing of this one. */
function profile(): Buffer {
  const file = join(app.getPath('userData'), 'profile')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32))
  return readFileSync(file)
}

/** The system's safe, as on a desktop with a keyring. */
export const safeStorage: Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
> = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: (text) => Promise.resolve(seal(profile(), 'profile', text)),
  decryptStringAsync: (sealed) =>
    new Promise((resolve) => resolve({ result: unseal(profile(), 'profile', sealed), shouldReEncrypt: false })),
}
