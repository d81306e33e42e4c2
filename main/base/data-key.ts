import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './errors.ts'
import { writeWhole } from './whole-file.ts'

/** Where a relay without a desktop keeps its data key. */
export function keyFile(dataFolder: string): string {
  return join(dataFolder, 'data.key')
}

/** 32 random bytes. */
export function makeDataKey(): Buffer {
  return randomBytes(32)
}

/** Stores the key in a file that only its owner may read. */
export function writeKeyFile(file: string, key: Buffer): void {
  writeWhole(file, key.toString('base64'))
}

/**
 * The key in a file; null when there is no such file.
 *
 * @throws PlainError for a file that is there but can't be used: it is never replaced, since all stored secrets hang on it.
 */
export function readKeyFile(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new PlainError(`The key file ${file} can't be read.`, { fix: 'Give this user the right to read it.', cause })
  }
  const key = Buffer.from(text, 'base64')
  if (key.byteLength !== 32) {
    throw new PlainError(`The key file ${file} is damaged; the stored passwords can't be opened without it.`, {
      fix: 'Restore the file from a backup, or start with the recovery passphrase. Patchbay will not replace it by itself.',
    })
  }
  return key
}
