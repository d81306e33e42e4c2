import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrations } from '#main/store/migrate.ts'
import { replayWho } from '#main/store/migrations/0014-replay-who.ts'

it('says of a replay from before that nobody noted who ordered it', () => {
  const db = new Database(':memory:')
  migrate(db, null, migrations.slice(0, migrations.indexOf(replayWho)))
  db.exec(`insert into replays (created_at, mode, note, total) values (1, 'current', 'old', 3)`)
  migrate(db, null, migrations)
  expect(db.prepare('select note, who from replays').get()).toEqual({ note: 'old', who: null })
  db.close()
})
