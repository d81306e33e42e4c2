import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { PlainError } from '#main/base/errors.ts'
import { Guard } from '#main/store/guard.ts'
import { keep } from '#main/store/keeper.ts'
import { Reserve } from '#main/store/reserve.ts'
import { Store } from '#main/store/store.ts'
import { noSmallDisk, smallDisk } from '#test/support/small-disk.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'patchbay.db')
})
afterEach(() => folder.remove())

const { signal } = new AbortController()

function refusalOf(path: string): PlainError {
  try {
    new Store(path)
  } catch (thrown) {
    if (thrown instanceof PlainError) return thrown
    throw thrown
  }
  throw new Error('it was opened')
}

/** Fills a few hundred pages and closes. */
async function filled(): Promise<void> {
  const store = new Store(file)
  await store.write((tx) => {
    for (let index = 0; index < 2_000; index += 1)
      tx.run('insert into settings (key, value) values (?, ?)', `key-${index}`, 'x'.repeat(500))
  })
  await store.close()
}

/** Overwrites a page in the middle of the file. */
function damage(): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, Math.floor(statSync(file).size / 8_192) * 4_096)
  closeSync(handle)
}

it('knows whether the one before closed the file', async () => {
  const first = new Store(file)
  expect(first.endedCleanly).toBe(true)
  await first.close()
  const second = new Store(file)
  expect(second.endedCleanly).toBe(true)
  // A copy of an open database is what a crash leaves behind.
  const crashed = join(folder.path, 'crashed.db')
  for (const end of ['', '-wal']) writeFileSync(crashed + end, readFileSync(file + end))
  await second.close()
  const third = new Store(crashed)
  expect(third.endedCleanly).toBe(false)
  await third.close()
})

it('refuses work after it was closed', async () => {
  const store = new Store(file)
  await store.close()
  await expect(store.write(() => 1)).rejects.toThrow('closed')
})

it('says that a file is no database, and leaves it alone', () => {
  const text = 'this is text and no database, long enough to be noticed as such'.repeat(20)
  writeFileSync(file, text)
  const refusal = refusalOf(file)
  expect(refusal.message).toMatch(/damaged or is no database/)
  expect(refusal.fix).toContain('--restore')
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it('says that another program holds the file, at the start and at work, and goes on when it lets go', async () => {
  await filled()
  const other = new Database(file)
  other.exec('begin immediate')
  expect(refusalOf(file).message).toMatch(/Another program is holding/)
  other.exec('rollback')
  const store = new Store(file)
  const guard = new Guard({ store, reserve: new Reserve(file, 0), clock: systemClock, onChange: () => undefined })
  other.exec('begin immediate')
  await expect(store.write((tx) => tx.run('delete from settings'))).rejects.toThrow('locked')
  expect(guard.health()).toMatchObject({
    state: 'down',
    reason: expect.stringContaining('can not be written') as string,
  })
  other.exec('rollback')
  other.close()
  await guard.look()
  expect(guard.isOpen).toBe(true)
  await store.close()
})

it('says that the disk is read-only, and changes nothing', async (context) => {
  const disk = smallDisk(8 * 1024 * 1024)
  if (disk === null) return context.skip(noSmallDisk)
  try {
    const onDisk = join(disk.path, 'patchbay.db')
    await new Store(onDisk).close()
    const before = readFileSync(onDisk)
    disk.setReadOnly(true)
    expect(refusalOf(onDisk).message).toMatch(/read-only/)
    expect(readFileSync(onDisk).equals(before)).toBe(true)
    disk.setReadOnly(false)
    await new Store(onDisk).close()
  } finally {
    disk.remove()
  }
})

it('finds a damaged page, and nothing in a sound file', async () => {
  await filled()
  expect(await keep({ kind: 'check', file, thorough: false }, signal)).toEqual({ ok: true })
  damage()
  for (const thorough of [false, true]) {
    const found = await keep({ kind: 'check', file, thorough }, signal)
    expect(found).toMatchObject({ ok: false, trouble: 'damaged' })
  }
})

it('makes no new database in the place of one whose restore was cut off', () => {
  writeFileSync(`${file}.restoring`, '')
  expect(refusalOf(file).message).toMatch(/interrupted/)
  expect(readdirSync(folder.path)).toEqual(['patchbay.db.restoring'])
})

it('says that the file can not be opened when there is a folder in its place', () => {
  mkdirSync(file)
  expect(refusalOf(file).message).toMatch(/can't be opened/)
})
