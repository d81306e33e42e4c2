import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { PlainError } from './errors.ts'
import { forgetHost } from './host-address.ts'

/** Another Patchbay is at work in the data folder. */
export class FolderTaken extends PlainError {}

/**
 * Makes the data folder this process's own; answers with the way to give it back.
 *
 * The lock is one of the operating system's, taken through SQLite on a small file: it ends with the process however that ends, so
 * that nothing left behind can block a start or let two relays in. The process id beside it is for people only.
 *
 * @throws FolderTaken when another Patchbay is at work in the folder; PlainError when it can't be written to.
 */
export function claimFolder(folder: string): () => void {
  const lock = openLock(folder)
  const mark = join(folder, 'relay.pid')
  try {
    lock.exec('begin exclusive')
    // Whoever left an address here is gone.
    forgetHost(folder)
    writeFileSync(mark, String(process.pid), { mode: 0o600 })
  } catch (cause) {
    lock.close()
    // Who may only read the folder fails in one way or another; whether somebody works in it can be seen all the same.
    if (!isBusy(cause) && !isFolderHeld(folder)) throw unwritable(folder, cause)
    throw new FolderTaken(`Another Patchbay (process ${readMark(mark)}) is already working in ${folder}.`, {
      fix: 'Use the one that runs, or stop it first. Two relays on one database would do everything twice.',
      cause,
    })
  }
  return () => {
    rmSync(mark, { force: true })
    lock.close()
  }
}

function openLock(folder: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new Database(join(folder, 'relay.lock'), { timeout: 0 })
  } catch (cause) {
    throw unwritable(folder, cause)
  }
}

/** Is a Patchbay at work in the folder? Only looks, so that it keeps nobody from claiming it. */
export function isFolderHeld(folder: string): boolean {
  const file = join(folder, 'relay.lock')
  if (!existsSync(file)) return false
  try {
    const lock = new Database(file, { readonly: true, timeout: 0 })
    try {
      lock.prepare('select 1 from sqlite_schema').get()
      return false
    } finally {
      lock.close()
    }
  } catch (thrown) {
    return isBusy(thrown)
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && thrown.code === 'SQLITE_BUSY'
}

function unwritable(folder: string, cause: unknown): PlainError {
  return new PlainError(`The data folder ${folder} can't be written to.`, {
    fix: 'Choose another one with --data-dir.',
    cause,
  })
}

function readMark(mark: string): string {
  try {
    return readFileSync(mark, 'utf8')
  } catch {
    return 'unknown'
  }
}
