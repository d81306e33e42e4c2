import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { PlainError } from './errors.ts'
import { writeWhole } from './whole-file.ts'

/** The data key as the operating system has wrapped it, and whose sign-in opens it; without that, nobody could say what is missing. */
export const sealedKey = z.object({
  version: z.literal(1),
  /** In base64; only the operating system can read it. */
  sealed: z.base64(),
  wrappedBy: z.object({
    user: z.string(),
    machine: z.string(),
    platform: z.string(),
    /** The system's own name of what wrapped it: `dpapi`, `keychain`, `gnome_libsecret` and the like. */
    keeper: z.string(),
    /** ms since 1970 */
    at: z.number(),
  }),
})
export type SealedKey = z.infer<typeof sealedKey>

/** Where the desktop app keeps its data key. */
export function sealedKeyFile(dataFolder: string): string {
  return join(dataFolder, 'data.key.sealed')
}

/** The wrapped key of a data folder; null when there is none. @throws PlainError for a file that can't be used; it is never replaced. */
export function readSealedKey(dataFolder: string): SealedKey | null {
  const file = sealedKeyFile(dataFolder)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new PlainError(`The key file ${file} can't be read.`, { fix: 'Give this user the right to read it.', cause })
  }
  try {
    return sealedKey.parse(JSON.parse(text))
  } catch (cause) {
    throw new PlainError(`The key file ${file} is damaged; the stored passwords can't be opened without it.`, {
      fix: 'Give the recovery passphrase, or restore the file from a backup. Patchbay will not replace it by itself.',
      cause,
    })
  }
}

export function writeSealedKey(dataFolder: string, key: SealedKey): void {
  writeWhole(sealedKeyFile(dataFolder), JSON.stringify(key, null, 2))
}

/** Whose sign-in opens the key, for a person: "user anna on RECEPTION-PC, since 3 May 2026". */
export function describeWrapper({ user, machine, at }: SealedKey['wrappedBy']): string {
  const day = new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  return `user ${user} on ${machine}, since ${day}`
}
