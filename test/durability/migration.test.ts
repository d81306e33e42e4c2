import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { Store } from '#main/store/store.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'patchbay.db')
})
afterEach(() => folder.remove())

const eventCount = 400

/** A database as the Patchbay of that time left it, with events in it; null for none. */
function leaveDatabase(version: number): void {
  if (version === 0) return
  const db = new Database(file)
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  migrate(db, null, migrations.slice(0, version))
  const addEvent = db.prepare(
    `insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state)
     values (?, 'salesforce', 'webhook', 'salesforce', 'Account', ?, 'updated', 0, 'none', 'a test', 0, 4000, 'stored')`,
  )
  const addPayload = db.prepare(`insert into payloads (event_id, content_type, headers, body) values (?, '', '{}', ?)`)
  db.transaction(() => {
    for (let id = 1; id <= eventCount; id += 1) {
      addEvent.run(id, `record ${id}`)
      addPayload.run(id, Buffer.alloc(4_000, id))
    }
  })()
  db.close()
}

/** Name and text of all that a database is made of. */
function shapeOf(path: string): unknown[] {
  return reading(path, (db) => db.prepare('select name, sql from sqlite_schema order by name').all())
}

function freshShape(version: number): unknown[] {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, version))
  return db.prepare('select name, sql from sqlite_schema order by name').all()
}

function reading<T>(path: string, read: (db: Database.Database) => T): T {
  const db = new Database(path)
  try {
    return read(db)
  } finally {
    db.close()
  }
}

const countEvents = (db: Database.Database): unknown => db.prepare('select count(*) from events').pluck().get()
const versionOf = (db: Database.Database): unknown => db.pragma('user_version', { simple: true })

/** Kills a process that brings the database up to date, and answers the version it left. */
function killHalfWay(where: 'backup' | 'step', n: number): number {
  const script = new URL('./doomed-migration.ts', import.meta.url).pathname
  const { signal, status, stderr } = spawnSync(process.execPath, [script, file, where, String(n)], { encoding: 'utf8' })
  // A backup may be through before the blow falls; then the upgrade is, too.
  const isAsMeant = signal === 'SIGKILL' || (where === 'backup' && status === 0)
  if (!isAsMeant) throw new Error(`the upgrade was not killed: ${stderr}`)
  return reading(file, versionOf) as number
}

/** Starts anew, and expects today's shape with all that was there before. */
async function expectFinished(before: number): Promise<void> {
  await new Store(file).close()
  expect(reading(file, versionOf)).toBe(migrations.length)
  expect(shapeOf(file)).toEqual(freshShape(migrations.length))
  expect(reading(file, countEvents)).toBe(before === 0 ? 0 : eventCount)
}

/** Under the backup's name stands the whole of the old database, or nothing. */
function expectWholeBackup(version: number): void {
  const backup = `${file}.before-upgrade`
  if (!existsSync(backup)) return
  const found = reading(backup, (db) => [
    db.pragma('integrity_check', { simple: true }),
    versionOf(db),
    countEvents(db),
  ])
  expect(found).toEqual(['ok', version, eventCount])
}

describe.each(Array.from(migrations, (_, version) => version))('an upgrade from shape %i', (version) => {
  it.each([0, 7])('killed in the middle of a step (%i) leaves the old shape, and the next start ends it', async (n) => {
    leaveDatabase(version)
    expect(killHalfWay('step', n)).toBe(version)
    expect(shapeOf(file)).toEqual(freshShape(version))
    expectWholeBackup(version)
    await expectFinished(version)
  })
})

describe.each(Array.from(migrations.slice(1), (_, index) => index + 1))('the backup of shape %i', (version) => {
  it.each([0, 40])('killed while it is made (%i) does not stop the next start', async (n) => {
    leaveDatabase(version)
    expect([version, migrations.length]).toContain(killHalfWay('backup', n))
    expectWholeBackup(version)
    await expectFinished(version)
    expectWholeBackup(version)
  })
})

it('an upgrade is not stopped by what earlier ones left: a backup, and a part of one', async () => {
  leaveDatabase(1)
  writeFileSync(`${file}.before-upgrade`, 'an older backup')
  writeFileSync(`${file}.before-upgrade.part`, 'a part of one')
  await expectFinished(1)
  expect(reading(`${file}.before-upgrade`, versionOf)).toBe(1)
  expectWholeBackup(1)
})
