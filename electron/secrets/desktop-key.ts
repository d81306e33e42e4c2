import { rmSync } from 'node:fs'
import type { Clock } from '#main/base/clock.ts'
import { keyFile, makeDataKey, readKeyFile, writeKeyFile } from '#main/base/data-key.ts'
import { PlainError } from '#main/base/errors.ts'
import { readRecovery } from '#main/base/recovery-file.ts'
import {
  describeWrapper,
  readSealedKey,
  sealedKeyFile,
  writeSealedKey,
  type SealedKey,
} from '#main/base/sealed-key-file.ts'
import { keptInFile, type KeyKeeping } from '#main/engine/upkeep/recovery-desk.ts'
import { hangsOnKey, keyFits } from '#main/store/key-fit.ts'
import { recoverKey, setAside } from '#main/store/recover-key.ts'
import type { BoxState, SystemBox } from './system-box.ts'

/** Whose sign-in wraps the key, and where. */
export interface SignIn {
  readonly user: string
  readonly machine: string
  readonly platform: string
}

export interface KeyParts {
  readonly dataFolder: string
  readonly box: SystemBox
  readonly signIn: SignIn
  readonly clock: Clock
}

/** The key, or why it can't be had and what a person can do. Locked changes nothing on the disk. */
export type KeyOpening =
  | { readonly state: 'open'; readonly key: Buffer; readonly keeping: KeyKeeping }
  | {
      readonly state: 'locked'
      readonly sentence: string
      readonly ways: readonly string[]
      readonly canRecover: boolean
    }

/**
 * Opens the data key of the desktop app: wrapped by the operating system beside the database, or in a key file where the system
 * offers no protection.
 *
 *     wrapped, opens ------------------------------> open
 *     wrapped by another user, profile or machine -> locked, until the passphrase or the old sign-in is there
 *     key file only (it ran without a desktop) ----> wrapped beside it, open
 *     nothing, no database ------------------------> made, wrapped, open
 *     nothing, but a database ---------------------> locked: a new key would lock the stored passwords out for good
 */
export async function openDesktopKey(parts: KeyParts): Promise<KeyOpening> {
  const { box, dataFolder } = parts
  const state = await box.state()
  try {
    const sealed = readSealedKey(dataFolder)
    const known = sealed === null ? null : await unwrap(parts, state, sealed)
    if (known !== null) return opened(parts, state, known)
    const file = readKeyFile(keyFile(dataFolder))
    if (file !== null && keyFits(dataFolder, file)) return opened(parts, state, await keep(parts, state, file))
    if (sealed !== null) return locked(parts, whyClosed(sealed, state, parts.signIn))
    if (file !== null) return locked(parts, 'The key file data.key belongs to another data folder than this one.')
    if (hangsOnKey(dataFolder)) return locked(parts, `The key to the stored passwords is not in ${dataFolder}.`)
    return opened(parts, state, await keep(parts, state, makeDataKey()))
  } catch (thrown) {
    if (thrown instanceof PlainError) return locked(parts, thrown.message)
    throw thrown
  }
}

/**
 * Opens the key by the recovery passphrase, and wraps it for the user who is signed in now. What could not be opened is kept under
 * another name.
 *
 * @throws PlainError when the passphrase does not open it; nothing is changed.
 */
export async function unlockDesktopKey(parts: KeyParts, passphrase: string): Promise<KeyOpening> {
  const state = await parts.box.state()
  const key = await recoverKey(parts.dataFolder, passphrase)
  return opened(parts, state, await keep(parts, state, key))
}

/** null: it was wrapped by somebody else, or belongs to another folder. */
async function unwrap(parts: KeyParts, state: BoxState, { sealed }: SealedKey): Promise<Buffer | null> {
  if (state.kind === 'none') return null
  try {
    const { text, sealAgain } = await parts.box.open(Buffer.from(sealed, 'base64'))
    const key = Buffer.from(text, 'base64')
    if (key.byteLength !== 32 || !keyFits(parts.dataFolder, key)) return null
    if (sealAgain) await wrap(parts, state.keeper, key)
    return key
  } catch {
    // The system gives no reason that a person could use; who wrapped it stands in the file.
    return null
  }
}

/** Stores the key as well as this system can. */
async function keep(parts: KeyParts, state: BoxState, key: Buffer): Promise<Buffer> {
  const file = keyFile(parts.dataFolder)
  if (state.kind === 'protected') {
    setAside(sealedKeyFile(parts.dataFolder))
    await wrap(parts, state.keeper, key)
  } else if (!readKeyFile(file)?.equals(key)) {
    setAside(file)
    writeKeyFile(file, key)
  }
  return key
}

/** Wraps the key; what the system would not open again is not written. */
async function wrap({ box, clock, dataFolder, signIn }: KeyParts, keeper: string, key: Buffer): Promise<void> {
  const sealed = await box.seal(key.toString('base64'))
  const { text } = await box.open(sealed)
  if (text !== key.toString('base64')) throw new PlainError('This system does not give back the key that it was given.')
  writeSealedKey(dataFolder, {
    version: 1,
    sealed: sealed.toString('base64'),
    wrappedBy: { ...signIn, keeper, at: clock.now() },
  })
}

function opened({ dataFolder }: KeyParts, state: BoxState, key: Buffer): KeyOpening {
  if (state.kind === 'none') {
    return { state: 'open', key, keeping: { ...keptInFile, sentence: `${state.sentence} ${keptInFile.sentence}` } }
  }
  const file = keyFile(dataFolder)
  if (readKeyFile(file) === null) return { state: 'open', key, keeping: wrapped }
  // With the passphrase there is a second way to the key, so that the open copy is needed no more.
  if (readRecovery(dataFolder) === null) return { state: 'open', key, keeping: alsoInFile }
  rmSync(file)
  return { state: 'open', key, keeping: wrapped }
}

const wrapped: KeyKeeping = {
  keptBy: 'system',
  sentence:
    'The key is locked by the operating system for your sign-in on this machine. With another user, after a reset of the profile or on a new machine only the recovery passphrase opens it.',
}

const alsoInFile: KeyKeeping = {
  keptBy: 'system',
  sentence: `${wrapped.sentence} A copy lies open in the file data.key, from the time without a desktop. Once a passphrase is set, the next start takes the copy away.`,
}

/** Who wrapped it, and what is different now. */
function whyClosed({ wrappedBy }: SealedKey, state: BoxState, { machine, user }: SignIn): string {
  const owner = `The key to the stored passwords is locked for ${describeWrapper(wrappedBy)}.`
  if (state.kind === 'none') return `${owner} ${state.sentence}`
  if (wrappedBy.machine !== machine) return `${owner} This machine is ${machine}: such a lock does not travel.`
  if (wrappedBy.user !== user) return `${owner} You are signed in as ${user}.`
  return `${owner} That is you, but the system does not open it any more: the profile was made anew, or the password was reset by somebody else.`
}

function locked({ dataFolder }: KeyParts, sentence: string): KeyOpening {
  const canRecover = hasRecovery(dataFolder)
  return {
    state: 'locked',
    sentence,
    canRecover,
    ways: [
      ...(canRecover ? ['Enter the recovery passphrase. The key is then locked for your sign-in.'] : []),
      'Or sign in as the user who used Patchbay before, on the machine it ran on, and start it there.',
      `Or bring back the files data.key or data.key.sealed of ${dataFolder} from a backup.`,
    ],
  }
}

/** One that is damaged counts: the attempt to use it tells what is wrong with it. */
function hasRecovery(dataFolder: string): boolean {
  try {
    return readRecovery(dataFolder) !== null
  } catch {
    return true
  }
}
