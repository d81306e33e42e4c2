import { existsSync, renameSync } from 'node:fs'
import { keyFile, makeDataKey, readKeyFile, writeKeyFile } from '#main/base/data-key.ts'
import { PlainError } from '#main/base/errors.ts'
import { openCopy } from '#main/base/recovery-copy.ts'
import { readRecovery } from '#main/base/recovery-file.ts'
import { describeWrapper, readSealedKey } from '#main/base/sealed-key-file.ts'
import { hangsOnKey, keyFits } from './key-fit.ts'

/**
 * The data key of a folder by its recovery passphrase.
 *
 * @throws PlainError when no passphrase was ever set, it is another one, or the folder's secrets hang on another key. Nothing is changed.
 */
export async function recoverKey(dataFolder: string, passphrase: string): Promise<Buffer> {
  const copy = readRecovery(dataFolder)
  if (copy === null) {
    throw new PlainError(`No recovery passphrase was ever set for ${dataFolder}.`, {
      fix: 'Sign in as the user who used Patchbay before, or restore the folder with its key file from a backup.',
    })
  }
  const key = await openCopy(copy, passphrase)
  if (key === null) {
    throw new PlainError('This is not the recovery passphrase of this data folder, or its recovery file was changed.', {
      fix: 'Check capitals and the keyboard layout. There is no limit of tries, and nothing was changed.',
    })
  }
  if (keyFits(dataFolder, key)) return key
  throw new PlainError('The passphrase is right, but the recovery file belongs to another data folder.', {
    fix: 'Bring back the file recovery.json that stood beside this database.',
  })
}

/**
 * The data key of a relay without a desktop: from its key file, or by the recovery passphrase, which writes the file again. A new one is
 * made for a new folder only.
 *
 * @throws PlainError when the key can't be had.
 */
export async function openKeyFile(dataFolder: string, passphrase: string | null): Promise<Buffer> {
  const file = keyFile(dataFolder)
  if (passphrase !== null) {
    const key = await recoverKey(dataFolder, passphrase)
    if (!isSame(file, key)) {
      setAside(file)
      writeKeyFile(file, key)
    }
    return key
  }
  const known = readKeyFile(file)
  if (known !== null) return known
  if (hangsOnKey(dataFolder) || readSealedKey(dataFolder) !== null) throw lost(dataFolder)
  const key = makeDataKey()
  writeKeyFile(file, key)
  return key
}

function isSame(file: string, key: Buffer): boolean {
  try {
    return readKeyFile(file)?.equals(key) === true
  } catch {
    return false
  }
}

/** Keeps what can't be used under another name. */
export function setAside(file: string): void {
  if (!existsSync(file)) return
  for (let count = 1; ; count += 1) {
    const name = `${file}.set-aside-${count}`
    if (!existsSync(name)) return renameSync(file, name)
  }
}

function lost(dataFolder: string): PlainError {
  const sealed = readSealedKey(dataFolder)
  const where =
    sealed === null
      ? `The key to the stored passwords is not in ${dataFolder}.`
      : `The key to the stored passwords is locked for the desktop app (${describeWrapper(sealed.wrappedBy)}).`
  return new PlainError(where, {
    fix: 'Put the recovery passphrase into PATCHBAY_RECOVERY_PASSPHRASE and start again, or bring back the file data.key. No new key is made: the stored passwords could never be read again.',
  })
}
