import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PlainError } from './errors.ts'
import { writeWhole } from './whole-file.ts'

/**
 * The data key of a headless relay: 32 random bytes in a file that only its owner may read.
 *
 * Made once, on the first start. A file that is there but can't be used is an error and is never replaced, since all stored
 * secrets hang on it.
 */
export function keyFromFile(file: string): Buffer {
  const existing = readKey(file)
  if (existing !== null) return existing
  const key = randomBytes(32)
  writeWhole(file, key.toString('base64'))
  return key
}

function readKey(file: string): Buffer | null {
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
      fix: 'Restore the file from a backup. Patchbay will not replace it by itself.',
    })
  }
  return key
}
