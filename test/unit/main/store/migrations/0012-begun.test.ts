import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { begun } from '#main/store/migrations/0012-begun.ts'

it('takes for begun what was sent or tried before', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, migrations.indexOf(begun)))
  const add = db.prepare(
    `insert into notifications (channel_id, reason, message, state, attempts, made_at, not_before) values ('toast', 'opened', '{}', ?, ?, 1, 1)`,
  )
  for (const [state, attempts] of [
    ['sent', 0],
    ['waiting', 1],
    ['waiting', 0],
    ['failed', 0],
  ] as const)
    add.run(state, attempts)
  migrate(db, null, migrations)
  expect(db.prepare('select begun from notifications order by id').pluck().all()).toEqual([1, 1, 0, 0])
  db.close()
})
