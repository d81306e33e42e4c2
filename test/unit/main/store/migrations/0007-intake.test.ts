import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'

it('finds the events that an older Patchbay left to be routed, without looking at the others', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, 6))
  const add = db.prepare(
    `insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state, routed_at)
     values (?, 's', 'webhook', 'salesforce', 'Account', '1', 'updated', 0, 'none', '', 1, 1, ?, ?)`,
  )
  add.run(1, 'delivered', 1)
  add.run(2, 'stored', null)
  add.run(3, 'unmatched', 1)
  migrate(db, null, migrations.slice(0, 7))
  const unrouted = `select id from events where state = 'stored' order by id limit 200`
  expect(db.prepare(unrouted).all()).toEqual([{ id: 2 }])
  const plan = db.prepare<[], { detail: string }>(`explain query plan ${unrouted}`).all()
  expect(plan.map((step) => step.detail)).toEqual(['SEARCH events USING COVERING INDEX events_by_state (state=?)'])
  db.close()
})
