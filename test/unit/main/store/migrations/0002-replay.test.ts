import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'

it('takes replays that were made before for what they were: all in the queue, without a rate', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, 1))
  db.exec(`insert into replays (created_at, mode, note, total) values (1, 'current', 'old', 3)`)
  migrate(db, null, migrations.slice(0, 2))
  expect(db.prepare('select mode, note, total, state, rate, up_to, collected_to from replays').get()).toEqual({
    mode: 'current',
    note: 'old',
    total: 3,
    state: 'fed',
    rate: null,
    up_to: 0,
    collected_to: 0,
  })
  db.close()
})

it('lets go of the items of a delivery with the delivery', () => {
  const db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
  migrate(db, null, migrations.slice(0, 2))
  db.exec(`
    insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state)
      values (1, 's', 'webhook', 'salesforce', 'Account', '1', 'updated', 0, 'none', '', 1, 1, 'dead');
    insert into deliveries (id, event_id, route_id, connection_id, lane, head, state, priority, available_at, idempotency_key, mode, created_at)
      values (1, 1, 'r', 'c', 'l', 1, 'dead', 0, 1, 'k', 'live', 1);
    insert into replays (id, created_at, mode, note, total) values (1, 1, 'current', '', 1);
    insert into replay_items (replay_id, delivery_id, state) values (1, 1, 'waiting');
    delete from events;
  `)
  expect(db.prepare('select count(*) from replay_items').pluck().get()).toBe(0)
  db.close()
})
