import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PlainError } from '#main/base/errors.ts'
import { backupFolder, listBackups, makeBackup } from '#main/store/backups.ts'
import { restore } from '#main/store/restore.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const key = new Uint8Array(32).fill(7)
const now = Date.UTC(2026, 4, 1, 10, 30, 5)
const { signal } = new AbortController()

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(async () => {
  folder = temporaryFolder()
  store = new Store(join(folder.path, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, key))
})
afterEach(async () => {
  await store.close()
  folder.remove()
})

const put = (name: string, value = 'x'): Promise<unknown> =>
  store.write((tx) => tx.run('insert or replace into settings (key, value) values (?, ?)', name, value))

function keysIn(file: string): string[] {
  const db = new Database(file, { readonly: true })
  const keys = db.prepare(`select key from settings where key like 'row-%' order by key`).pluck().all() as string[]
  db.close()
  return keys
}

it('copies the database beside the work: one moment of it, in one file, while the writer goes on', async () => {
  for (let index = 0; index < 200; index += 1) await put(`row-a${index}`, 'x'.repeat(5_000))
  let isDone = false
  const made = makeBackup(store.file, now, signal).finally(() => (isDone = true))
  let later = 0
  while (!isDone) await put(`row-b${(later += 1)}`)
  const backup = await made
  expect(backup).toMatchObject({ ok: true, file: join(backupFolder(store.file), 'patchbay-20260501-103005Z.db') })
  expect(later).toBeGreaterThan(3)
  const keys = keysIn(backup.file)
  expect(keys.filter((one) => one.startsWith('row-a'))).toHaveLength(200)
  expect(keys.length).toBeLessThan(200 + later)
  expect(readdirSync(backupFolder(store.file))).toEqual(['patchbay-20260501-103005Z.db'])
  expect(listBackups(store.file)).toEqual([{ file: backup.file, bytes: statSync(backup.file).size, madeAt: now }])
})

it('keeps the newest three, and lets none go for one that failed', async () => {
  for (let day = 0; day < 5; day += 1) await makeBackup(store.file, now + day * 86_400_000, signal)
  const days = listBackups(store.file).map(({ madeAt }) => (madeAt - now) / 86_400_000)
  expect(days).toEqual([4, 3, 2])
  await store.close()
  rmSync(store.file)
  expect(await makeBackup(store.file, now + 9 * 86_400_000, signal)).toMatchObject({ ok: false })
  expect(listBackups(store.file)).toHaveLength(3)
  expect(readdirSync(backupFolder(store.file))).toHaveLength(3)
})

it('brings a backup back and keeps what was there, log included', async () => {
  await put('row-1')
  const { file: backup } = await makeBackup(store.file, now, signal)
  await put('row-2')
  // As after a crash: the newest row stands in the log alone.
  const wal = readFileSync(`${store.file}-wal`)
  const main = readFileSync(store.file)
  await store.close()
  writeFileSync(store.file, main)
  writeFileSync(`${store.file}-wal`, wal)
  const kept = restore(store.file, backup, key, now)
  expect(keysIn(store.file)).toEqual(['row-1'])
  expect(kept).toBe(`${store.file}.before-restore-2026-05-01T10-30-05`)
  expect(keysIn(kept ?? '')).toEqual(['row-1', 'row-2'])
  const again = new Store(store.file)
  expect(again.pragma('auto_vacuum')).toBe(2)
  await again.close()
  expect(restore(store.file, backup, key, now)).toBe(`${kept}-2`)
})

it('touches nothing when the backup is missing, damaged, of another key, of a newer version or no database', async () => {
  await put('row-1', 'x'.repeat(100_000))
  const { file: backup } = await makeBackup(store.file, now, signal)
  await store.close()
  const before = readFileSync(store.file)
  const attempt =
    (file: string, withKey = key) =>
    () =>
      restore(store.file, file, withKey, now)
  expect(attempt(join(folder.path, 'nowhere.db'))).toThrow(/There is no backup/)
  expect(attempt(backup, new Uint8Array(32))).toThrow(/another key/)
  const text = join(folder.path, 'text.db')
  writeFileSync(text, 'no database at all, but long enough to be looked at as one '.repeat(100))
  expect(attempt(text)).toThrow(PlainError)
  const future = new Database(backup)
  const version = future.pragma('user_version', { simple: true }) as number
  future.pragma('user_version = 999')
  expect(attempt(backup)).toThrow(/newer Patchbay/)
  future.pragma(`user_version = ${version}`)
  future.close()
  const handle = openSync(backup, 'r+')
  writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, 8 * 4_096)
  closeSync(handle)
  expect(attempt(backup)).toThrow(/damaged/)
  expect(readFileSync(store.file).equals(before)).toBe(true)
  expect(existsSync(`${store.file}.restoring`)).toBe(false)
})
