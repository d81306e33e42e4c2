import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './errors.ts'
import { recoveryCopy, type RecoveryCopy } from './recovery-copy.ts'
import { writeWhole } from './whole-file.ts'

/** Where the copy of the data key stands that a passphrase opens: in the data folder, so that it is backed up with it. */
export function recoveryFile(dataFolder: string): string {
  return join(dataFolder, 'recovery.json')
}

/** The copy that a person has set; null when there is none. @throws PlainError when there is one that can't be used. */
export function readRecovery(dataFolder: string): RecoveryCopy | null {
  const file = recoveryFile(dataFolder)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new PlainError(`The recovery file ${file} can't be read.`, {
      fix: 'Give this user the right to read it.',
      cause,
    })
  }
  const copy = recoveryCopy.safeParse(parsed(text)).data
  if (copy !== undefined) return copy
  throw new PlainError(`The recovery file ${file} is damaged.`, {
    fix: 'Bring it back from a backup of the data folder, or set a new passphrase while Patchbay still opens its key.',
  })
}

/** Stores a copy in the place of the one before. */
export function writeRecovery(dataFolder: string, copy: RecoveryCopy): void {
  writeWhole(recoveryFile(dataFolder), JSON.stringify(copy, null, 2))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
