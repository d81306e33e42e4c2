import { closeSync, fdatasyncSync, openSync, statfsSync, writeSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import packageJson from '../../package.json' with { type: 'json' }
import { temporaryFolder } from '#test/support/temporary.ts'
import { percentiles } from './load.ts'
import { nodeRedVersion } from './node-red.ts'

/** What the bench runs on: the machine, its disk, and the versions of what is compared. */
export function describeMachine(): string {
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`
  const { version, dependencies } = packageJson
  return [
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${memory}, ${type()} ${release()}`,
    describeDisk(),
    `Node ${process.version}, SQLite ${sqliteVersion()}, Express ${dependencies.express}, Node-RED ${nodeRedVersion}`,
    `Patchbay ${version}`,
  ].join('; ')
}

/** How long the disk of the temporary folder takes for one flush, as power-safe figures rest on it. */
function describeDisk(): string {
  const folder = temporaryFolder()
  const handle = openSync(join(folder.path, 'flush'), 'w')
  const times = Array.from({ length: 50 }, (_, page) => {
    writeSync(handle, Buffer.alloc(4_096, page), 0, 4_096, page * 4_096)
    const started = performance.now()
    fdatasyncSync(handle)
    return performance.now() - started
  })
  closeSync(handle)
  const inMemory = process.platform === 'linux' && statfsSync(folder.path).type === 0x01021994
  folder.remove()
  const flush = `a flush takes ${percentiles(times).p50.toFixed(2)} ms`
  return inMemory ? `${flush} (NO DISK: the temporary folder is in memory; set TMPDIR)` : flush
}

function sqliteVersion(): string {
  const database = new Database(':memory:')
  const version = String(database.prepare('select sqlite_version()').pluck().get())
  database.close()
  return version
}
