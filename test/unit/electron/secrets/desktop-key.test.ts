import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesktopKey, unlockDesktopKey, type KeyOpening, type SignIn } from '#electron/secrets/desktop-key.ts'
import type { SystemBox } from '#electron/secrets/system-box.ts'
import { keyFile, readKeyFile, writeKeyFile } from '#main/base/data-key.ts'
import { closeCopy } from '#main/base/recovery-copy.ts'
import { writeRecovery } from '#main/base/recovery-file.ts'
import { sealedKeyFile } from '#main/base/sealed-key-file.ts'
import { openKeyFile } from '#main/store/recover-key.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { noBox, ProfileBox } from './boxes.ts'

const clock = { now: () => 1_777_800_000_000, monotonic: () => 0 }
const anna: SignIn = { user: 'anna', machine: 'RECEPTION-PC', platform: 'win32' }
const words = 'correct horse battery staple'
let folder: ReturnType<typeof temporaryFolder>
let annasBox: ProfileBox
beforeEach(() => {
  folder = temporaryFolder()
  annasBox = new ProfileBox(randomBytes(32))
})
afterEach(() => folder.remove())

const partsOf = (box: SystemBox, signIn: SignIn) => ({ dataFolder: folder.path, box, signIn, clock })
const open = (box: SystemBox = annasBox, signIn = anna) => openDesktopKey(partsOf(box, signIn))

function keyIn(opening: KeyOpening): Buffer {
  if (opening.state !== 'open') throw new Error(opening.sentence)
  return opening.key
}

/** A key that was wrapped for anna, and a database written with it; perhaps with a passphrase. */
async function furnish(hasPassphrase: boolean): Promise<Buffer> {
  const key = keyIn(await open())
  const store = new Store(join(folder.path, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, key))
  await store.close()
  if (hasPassphrase) writeRecovery(folder.path, await closeCopy(key, words, 1, { n: 2, r: 1, p: 1 }))
  return key
}

function contents(): Record<string, string> {
  const names = readdirSync(folder.path).filter((name) => !/-(wal|shm)$/.test(name))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder.path, name), 'base64')]))
}

describe('the same user', () => {
  it('gets the same key at each start, and no open copy lies about', async () => {
    const key = await furnish(false)
    expect(keyIn(await open())).toEqual(key)
    expect(existsSync(keyFile(folder.path))).toBe(false)
    expect(Object.values(contents()).join()).not.toContain(key.toString('base64'))
  })

  it('has the key wrapped again when the system asks for it', async () => {
    const key = await furnish(false)
    const before = readFileSync(sealedKeyFile(folder.path), 'utf8')
    annasBox.sealAgain = true
    await open()
    expect(readFileSync(sealedKeyFile(folder.path), 'utf8')).not.toBe(before)
    annasBox.sealAgain = false
    expect(keyIn(await open())).toEqual(key)
  })
})

describe('another sign-in', () => {
  it.each([
    ['another user', { ...anna, user: 'ben' }, 'You are signed in as ben.'],
    ['another machine', { ...anna, machine: 'NEW-PC' }, 'This machine is NEW-PC: such a lock does not travel.'],
    ['a profile made anew', anna, 'the profile was made anew'],
  ])('%s: stays locked, says whose it is and why, and changes nothing', async (_what, signIn, why) => {
    await furnish(false)
    const before = contents()
    const opening = await open(new ProfileBox(randomBytes(32)), signIn)
    expect(opening).toMatchObject({ state: 'locked', canRecover: false })
    expect(opening).toHaveProperty('sentence', expect.stringContaining('user anna on RECEPTION-PC, since 3 May 2026'))
    expect(opening).toHaveProperty('sentence', expect.stringContaining(why))
    expect(contents()).toEqual(before)
  })

  it('opens it by the passphrase, and from then on by itself; what anna had is kept', async () => {
    const key = await furnish(true)
    const [bensBox, ben] = [new ProfileBox(randomBytes(32)), { ...anna, user: 'ben' }]
    expect(await open(bensBox, ben)).toMatchObject({ state: 'locked', canRecover: true })
    const before = contents()
    await expect(unlockDesktopKey(partsOf(bensBox, ben), 'wrong horse')).rejects.toThrow('not the recovery passphrase')
    expect(contents()).toEqual(before)
    expect(keyIn(await unlockDesktopKey(partsOf(bensBox, ben), words))).toEqual(key)
    expect(keyIn(await open(bensBox, ben))).toEqual(key)
    expect(readFileSync(`${sealedKeyFile(folder.path)}.set-aside-1`, 'base64')).toBe(before['data.key.sealed'])
  })
})

describe('a key file from the time without a desktop', () => {
  it('is wrapped and stays, until there is a passphrase as a second way', async () => {
    const key = await openKeyFile(folder.path, null)
    expect(keyIn(await open())).toEqual(key)
    expect(readKeyFile(keyFile(folder.path))).toEqual(key)
    writeRecovery(folder.path, await closeCopy(key, words, 1, { n: 2, r: 1, p: 1 }))
    expect(keyIn(await open())).toEqual(key)
    expect(readKeyFile(keyFile(folder.path))).toBeNull()
    expect(keyIn(await open())).toEqual(key)
  })

  it('serves a user for whom the wrapped key does not open', async () => {
    const key = await furnish(true)
    await openKeyFile(folder.path, words)
    expect(keyIn(await open(new ProfileBox(randomBytes(32)), anna))).toEqual(key)
  })

  it('of another folder is refused', async () => {
    await furnish(false)
    writeKeyFile(keyFile(folder.path), randomBytes(32))
    expect(await open(new ProfileBox(randomBytes(32)))).toMatchObject({ state: 'locked' })
  })
})

describe('a desktop without a keyring', () => {
  it('keeps the key in a file and says that this is no protection', async () => {
    const opening = await open(noBox)
    expect(opening).toMatchObject({ state: 'open', keeping: { keptBy: 'file' } })
    expect(opening).toHaveProperty('keeping.sentence', expect.stringMatching(/No keyring.*every program/))
    expect(keyIn(await open(noBox))).toEqual(readKeyFile(keyFile(folder.path)))
  })

  it('does not open what was wrapped', async () => {
    await furnish(false)
    expect(await open(noBox)).toMatchObject({ state: 'locked' })
  })
})

it.each([
  ['a wrapped key that is no JSON', 'data.key.sealed', '{'],
  ['a key file that is cut short', 'data.key', 'AAAA'],
])('%s is named and never replaced', async (_what, name, text) => {
  writeFileSync(join(folder.path, name), text)
  const opening = await open()
  expect(opening).toMatchObject({ state: 'locked' })
  expect(opening).toHaveProperty('sentence', expect.stringContaining('is damaged'))
  expect(readFileSync(join(folder.path, name), 'utf8')).toBe(text)
})

it('makes no key beside a database that has lost its own', async () => {
  const store = new Store(join(folder.path, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, randomBytes(32)))
  await store.close()
  expect(await open()).toMatchObject({ state: 'locked' })
  expect(existsSync(sealedKeyFile(folder.path))).toBe(false)
})
