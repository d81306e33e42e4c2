import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { intakeTimes } from '#main/store/migrations/0015-intake-times.ts'

it('makes up no times for events from before', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, migrations.indexOf(intakeTimes)))
  db.exec(`insert into events (source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state)
    values ('s', 'webhook', 'salesforce', 'Account', '1', 'updated', 0, 'none', '', 1, 1, 'stored')`)
  migrate(db, null, migrations)
  expect(db.prepare('select verified_ms, written_ms from events').get()).toEqual({
    verified_ms: null,
    written_ms: null,
  })
  db.close()
})
