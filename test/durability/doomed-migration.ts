/** `node doomed-migration.ts <database> <backup | step> <n>`: brings a database up to date, and dies on the way. */
import Database from 'better-sqlite3'
import { dieIn, dieInMigration } from '#test/crash/kill-points.ts'
import { migrate } from '#main/store/migrate.ts'
import { openForWriting } from '#main/store/open.ts'

const [file = '', where, n] = process.argv.slice(2)
const db = openForWriting(file)
if (where === 'step') dieInMigration(Number(n))
else dieInBackup(Number(n) / 10)
migrate(db, `${file}.before-upgrade`)

function dieInBackup(delayMs: number): void {
  const die = dieIn(null)
  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    if (sql.startsWith('vacuum into')) die(delayMs)
    return prepare.call(this, sql)
  } as typeof prepare
}
