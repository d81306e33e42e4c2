import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { overview } from '#main/store/migrations/0009-overview.ts'

it('keeps what stands in the audit log, without a list of changes', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, migrations.indexOf(overview)))
  db.exec(`insert into audit (at, who, action, subject, detail) values (1, 'console', 'save', 'route a', '')`)
  migrate(db, null, migrations)
  expect(db.prepare('select who, changes from audit').get()).toEqual({ who: 'console', changes: null })
  db.close()
})
