import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keyFile, readKeyFile, writeKeyFile } from '#main/base/data-key.ts'
import { closeCopy } from '#main/base/recovery-copy.ts'
import { recoveryFile, writeRecovery } from '#main/base/recovery-file.ts'
import { writeSealedKey } from '#main/base/sealed-key-file.ts'
import { openKeyFile } from '#main/store/recover-key.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const key = randomBytes(32)
const words = 'correct horse battery staple'
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** A folder with a database that was written with `used`, and a recovery copy of `closed`. */
async function furnish(used: Buffer, closed: Buffer | null): Promise<void> {
  const store = new Store(join(folder.path, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, used))
  await store.close()
  if (closed !== null) writeRecovery(folder.path, await closeCopy(closed, words, 1, { n: 2, r: 1, p: 1 }))
}

/** The names and contents of all files, but for SQLite's own beside the database. */
function contents(): Record<string, string> {
  const names = readdirSync(folder.path).filter((name) => !/-(wal|shm)$/.test(name))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder.path, name), 'base64')]))
}

it('makes a key for a new folder, once', async () => {
  const made = await openKeyFile(folder.path, null)
  expect(made.byteLength).toBe(32)
  expect(await openKeyFile(folder.path, null)).toEqual(made)
})

it('makes no key where a database is, and changes nothing', async () => {
  await furnish(key, null)
  const before = contents()
  await expect(openKeyFile(folder.path, null)).rejects.toThrow(`The key to the stored passwords is not in`)
  expect(contents()).toEqual(before)
})

it('says whose sign-in would open a key that the desktop app has wrapped', async () => {
  const wrappedBy = { user: 'anna', machine: 'RECEPTION-PC', platform: 'win32', keeper: 'dpapi', at: 1_777_800_000_000 }
  writeSealedKey(folder.path, { version: 1, sealed: 'AAAA', wrappedBy })
  await expect(openKeyFile(folder.path, null)).rejects.toThrow('user anna on RECEPTION-PC, since 3 May 2026')
})

it('writes the key file again by the passphrase', async () => {
  await furnish(key, key)
  expect(await openKeyFile(folder.path, words)).toEqual(key)
  expect(readKeyFile(keyFile(folder.path))).toEqual(key)
  expect(await openKeyFile(folder.path, null)).toEqual(key)
})

it('keeps a damaged or foreign key file under another name', async () => {
  await furnish(key, key)
  writeFileSync(keyFile(folder.path), 'nonsense')
  await openKeyFile(folder.path, words)
  writeKeyFile(keyFile(folder.path), randomBytes(32))
  await openKeyFile(folder.path, words)
  expect(readFileSync(`${keyFile(folder.path)}.set-aside-1`, 'utf8')).toBe('nonsense')
  expect(readdirSync(folder.path)).toContain('data.key.set-aside-2')
  expect(readKeyFile(keyFile(folder.path))).toEqual(key)
})

it.each([
  ['another passphrase', () => furnish(key, key), 'wrong horse', 'This is not the recovery passphrase'],
  ['no passphrase ever set', () => furnish(key, null), words, 'No recovery passphrase was ever set'],
  ['the recovery file of another folder', () => furnish(key, randomBytes(32)), words, 'belongs to another data folder'],
])('refuses %s, and changes nothing', async (_what, prepare, given, sentence) => {
  await prepare()
  const before = contents()
  await expect(openKeyFile(folder.path, given)).rejects.toThrow(sentence)
  expect(contents()).toEqual(before)
})

it('explains a damaged recovery file', async () => {
  await furnish(key, key)
  writeFileSync(recoveryFile(folder.path), '{"version":1')
  await expect(openKeyFile(folder.path, words)).rejects.toThrow('is damaged')
})
