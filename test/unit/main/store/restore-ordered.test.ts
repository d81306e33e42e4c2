import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeBackup } from '#main/store/backups.ts'
import { orderedRestore, orderRestore, restoreAsOrdered } from '#main/store/restore.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const key = new Uint8Array(32).fill(3)
let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'patchbay.db')
})
afterEach(() => folder.remove())

/** Makes a backup with one event; the database itself then holds two. */
async function makeBoth(): Promise<string> {
  const store = new Store(file)
  await store.write((tx) => {
    checkDataKey(tx, key)
    insertEvent(tx)
  })
  const made = await makeBackup(file, 1_700_000_000_000, AbortSignal.timeout(20_000))
  await store.write((tx) => insertEvent(tx))
  await store.close()
  return made.file
}

async function countEvents(): Promise<number> {
  const store = new Store(file)
  const row = store.read((tx) => tx.get<{ count: number }>('select count(*) as count from events'))
  await store.close()
  return row?.count ?? -1
}

it('brings back what was ordered, once', async () => {
  const backup = await makeBoth()
  orderRestore(file, backup)
  expect(orderedRestore(file)).toBe(backup)
  expect(restoreAsOrdered(file, key, 1)).toMatchObject({ ok: true })
  expect(await countEvents()).toBe(1)
  expect(restoreAsOrdered(file, key, 2)).toBeNull()
})

it('does nothing when the order was taken back', async () => {
  orderRestore(file, await makeBoth())
  orderRestore(file, null)
  expect(restoreAsOrdered(file, key, 1)).toBeNull()
  expect(await countEvents()).toBe(2)
})

it('goes on with the database as it is when the backup is no good, and says so', async () => {
  const backup = await makeBoth()
  writeFileSync(backup, 'no database')
  orderRestore(file, backup)
  expect(restoreAsOrdered(file, key, 1)).toMatchObject({ ok: false })
  expect(await countEvents()).toBe(2)
  expect(orderedRestore(file)).toBeNull()
})
