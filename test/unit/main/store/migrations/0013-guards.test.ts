import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { guards } from '#main/store/migrations/0013-guards.ts'

it('has replays that an older Patchbay left in front of a live delivery go as urgently as it', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, migrations.indexOf(guards)))
  db.exec(`insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state)
    values (1, 's', 'webhook', 'salesforce', 'Account', '1', 'updated', 0, 'none', '', 1, 1, 'open')`)
  const add = db.prepare(
    `insert into deliveries (event_id, route_id, connection_id, lane, head, state, priority, available_at, idempotency_key, mode, created_at)
     values (1, 'r', 'c', ?, 0, ?, ?, 1, 'k', 'live', 1)`,
  )
  for (const [lane, state, priority] of [
    ['a', 'delivered', 2],
    ['a', 'waiting', 2],
    ['a', 'pending', 1],
    ['a', 'pending', 0],
    ['a', 'pending', 2],
    ['b', 'pending', 1],
    ['b', 'delivered', 0],
  ] as const)
    add.run(lane, state, priority)
  migrate(db, null, migrations)
  expect(db.prepare('select priority from deliveries order by id').pluck().all()).toEqual([2, 0, 0, 0, 2, 1, 0])
  db.close()
})
