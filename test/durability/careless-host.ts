/** A host whose database does not wait for the disk, as better-sqlite3's would by itself: to see that the power cut shows it. */
import Database from 'better-sqlite3'

const { pragma, exec } = Database.prototype
const careless = (sql: string): string => sql.replace('synchronous = FULL', 'synchronous = NORMAL')
Database.prototype.pragma = function (this: Database.Database, source: string, options?: Database.PragmaOptions) {
  return pragma.call(this, careless(source), options) as unknown
}
Database.prototype.exec = function (this: Database.Database, source: string) {
  return exec.call(this, careless(source))
}
await import('#main/headless.ts')
