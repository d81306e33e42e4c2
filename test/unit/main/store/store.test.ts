import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { PlainError } from '#main/base/errors.ts'
import { migrate } from '#main/store/migrate.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { temporaryFolder, temporaryStore } from '#test/support/temporary.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function openStore(): Store {
  const { store, close } = temporaryStore()
  closers.push(close)
  return store
}

describe('the writer', () => {
  it('flushes every commit: WAL with synchronous=FULL, also after writing and after opening again', async () => {
    const folder = temporaryFolder()
    closers.push(() => folder.remove())
    const file = join(folder.path, 'patchbay.db')
    for (let round = 0; round < 2; round += 1) {
      const store = new Store(file)
      await store.write((tx) =>
        tx.run('insert or replace into settings (key, value) values (?, ?)', 'round', String(round)),
      )
      expect(store.pragma('journal_mode')).toBe('wal')
      expect(store.pragma('synchronous')).toBe(2)
      expect(store.pragma('auto_vacuum')).toBe(2)
      await store.close()
    }
  })

  it('takes light work without waiting for the disk, and is back at FULL for all other work', async () => {
    const store = openStore()
    const during = await store.writeLight(() => store.pragma('synchronous'))
    expect(during).toBe(1)
    const insert = (key: string) => (tx: Transaction) => {
      tx.run('insert into settings (key, value) values (?, ?)', key, 'x')
      return store.pragma('synchronous')
    }
    const mixed = await Promise.all([store.writeLight(insert('light')), store.write(insert('safe'))])
    expect(mixed).toEqual([2, 2])
    expect(store.pragma('synchronous')).toBe(2)
  })

  it('does what a person orders before the bulk that came first, in the order of the orders', async () => {
    const store = openStore()
    const done: string[] = []
    const note = (name: string) => () => void done.push(name)
    await Promise.all([
      store.write(note('bulk 1')),
      store.writeLight(note('bulk 2')),
      store.writeUrgent(note('order 1')),
      store.writeUrgent(note('order 2')),
      store.write(note('bulk 3')),
    ])
    expect(done).toEqual(['order 1', 'order 2', 'bulk 1', 'bulk 2', 'bulk 3'])
  })

  it('shares one commit among those who come in the same turn', async () => {
    const store = openStore()
    let commits = 0
    store.onCommit(() => (commits += 1))
    const writes = Array.from({ length: 50 }, (_, index) =>
      store.write((tx) => tx.run('insert into settings (key, value) values (?, ?)', `key-${index}`, 'x')),
    )
    await Promise.all(writes)
    expect(commits).toBe(1)
  })

  it('undoes alone what throws, and keeps its neighbours', async () => {
    const store = openStore()
    const good = store.write((tx) => tx.run(`insert into settings (key, value) values ('good', 'x')`))
    const bad = store.write((tx) => {
      tx.run(`insert into settings (key, value) values ('bad', 'x')`)
      throw new Error('on purpose')
    })
    const later = store.write((tx) => tx.run(`insert into settings (key, value) values ('later', 'x')`))
    await expect(bad).rejects.toThrow('on purpose')
    await Promise.all([good, later])
    expect(
      store.read((tx) =>
        tx.all<{ key: string }>(`select key from settings where key in ('good', 'bad', 'later') order by key`),
      ),
    ).toEqual([{ key: 'good' }, { key: 'later' }])
  })

  it('resolves only after the commit: another connection sees the row at that moment', async () => {
    const store = openStore()
    const other = new Database(store.file, { readonly: true })
    await store.write((tx) => tx.run(`insert into settings (key, value) values ('seen', 'x')`))
    expect(other.prepare('select count(*) from settings where key = ?').pluck().get('seen')).toBe(1)
    other.close()
  })
})

describe('migrations', () => {
  it('refuse a database from the future and leave it alone', () => {
    const db = new Database(':memory:')
    db.pragma('user_version = 99')
    expect(() => migrate(db, null)).toThrow(PlainError)
    expect(db.prepare('select count(*) from sqlite_schema').pluck().get()).toBe(0)
    db.close()
  })

  it('undo a step that fails half-way', () => {
    const db = new Database(':memory:')
    expect(() => migrate(db, null, ['create table a (x) strict; create table b (y) strict;'])).toThrow()
    expect(db.prepare('select count(*) from sqlite_schema').pluck().get()).toBe(0)
    expect(db.pragma('user_version', { simple: true })).toBe(0)
    db.close()
  })

  it('keep a copy of the file before they change it', () => {
    const folder = temporaryFolder()
    closers.push(() => folder.remove())
    const db = new Database(join(folder.path, 'old.db'))
    const steps = ['create table a (x text) strict', 'create table b (y text) strict']
    migrate(db, null, steps.slice(0, 1))
    db.exec(`insert into a values ('kept')`)
    const backup = join(folder.path, 'copy.db')
    migrate(db, backup, steps)
    const copy = new Database(backup, { readonly: true })
    expect(copy.prepare('select x from a').pluck().get()).toBe('kept')
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    copy.close()
    db.close()
  })

  it('make every table STRICT, so that an id never turns into another type', () => {
    const store = openStore()
    const loose = store.read((tx) =>
      tx.all(
        `select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite%'`,
      ),
    )
    expect(loose).toEqual([])
  })
})

it('says in a sentence that a file can not be opened', () => {
  const folder = temporaryFolder()
  closers.push(() => folder.remove())
  const file = join(folder.path, 'not-a-database.db')
  writeFileSync(file, 'this is text and no database, long enough to be noticed as such'.repeat(20))
  expect(() => new Store(file)).toThrow()
})
