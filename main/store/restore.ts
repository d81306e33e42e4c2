import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { PlainError, toError } from '#main/base/errors.ts'
import { writeWhole } from '#main/base/whole-file.ts'
import type { UpkeepResult } from '#shared/domain/storage.ts'
import { migrations } from './migrate.ts'
import { openForReading } from './open.ts'
import { checkDataKey } from './secrets.ts'
import { emptyNotes, Transaction } from './transaction.ts'
import { explainOpening } from './trouble.ts'

/** Where the restored database is prepared, beside the one it is to take the place of. */
function preparedName(databaseFile: string): string {
  return `${databaseFile}.restoring`
}

/**
 * Puts a backup in the place of the database, which is kept under another name; answers that name, null when there was none.
 *
 * Nobody may have the database open. The backup itself is only read.
 *
 * @throws PlainError when the backup can't be used; the database is untouched then.
 */
export function restore(databaseFile: string, backup: string, dataKey: Uint8Array, now: number): string | null {
  if (!existsSync(backup)) throw new PlainError(`There is no backup ${backup}.`, { fix: 'Check the path.' })
  const prepared = preparedName(databaseFile)
  removeWithLog(prepared)
  copyIfGood(backup, prepared, dataKey)
  syncFile(prepared)
  const kept = existsSync(databaseFile) ? freeName(databaseFile, now) : null
  if (kept !== null) {
    // The log belongs to the file: newest changes may stand in it alone.
    for (const end of ['', '-wal', '-shm']) {
      if (existsSync(databaseFile + end)) renameSync(databaseFile + end, kept + end)
    }
  }
  renameSync(prepared, databaseFile)
  syncFolder(dirname(databaseFile))
  return kept
}

/** @throws PlainError when a restore was cut off at the moment when no database stands in its place: an empty one must not be made. */
export function refuseHalfRestored(databaseFile: string): void {
  if (existsSync(databaseFile) || !existsSync(preparedName(databaseFile))) return
  throw new PlainError('Bringing back a backup was interrupted, and there is no database now.', {
    fix: 'Give the same command with --restore again. The database from before stands beside it, under a name with "before-restore".',
  })
}

/** Names the backup that a person ordered for the next start. */
function orderName(databaseFile: string): string {
  return `${databaseFile}.restore-next`
}

/** Has a backup put in the place of the database at the next start; null takes the order back. */
export function orderRestore(databaseFile: string, backup: string | null): void {
  if (backup === null) rmSync(orderName(databaseFile), { force: true })
  else writeWhole(orderName(databaseFile), backup)
}

/** The backup that the next start will put in the place of the database; null: none. */
export function orderedRestore(databaseFile: string): string | null {
  const file = orderName(databaseFile)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/**
 * Carries out an order to restore, before anybody opens the database; answers how it went, null when there was no order.
 *
 * A backup that can't be used leaves the database as it is, and the start goes on with it: the order was given hours ago, and nobody may
 * be there to be asked.
 */
export function restoreAsOrdered(databaseFile: string, dataKey: Uint8Array, now: number): UpkeepResult | null {
  const backup = orderedRestore(databaseFile)
  if (backup === null) return null
  try {
    const kept = restore(databaseFile, backup, dataKey, now)
    const before = kept === null ? '' : ` The one from before is kept: ${kept}.`
    return { at: now, ok: true, sentence: `The database is now the one of ${backup}.${before}` }
  } catch (thrown) {
    return { at: now, ok: false, sentence: `No backup was brought back. ${toError(thrown).message}` }
  } finally {
    orderRestore(databaseFile, null)
  }
}

function copyIfGood(backup: string, target: string, dataKey: Uint8Array): void {
  const db = openForReading(backup)
  try {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version === 0 || db.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
      throw new PlainError(`The backup ${backup} is damaged, or no database of Patchbay.`, { fix: 'Take another one.' })
    }
    if (version > migrations.length) {
      throw new PlainError(`The backup ${backup} was made by a newer Patchbay.`, { fix: 'Install that version first.' })
    }
    checkDataKey(new Transaction(db, new Map(), emptyNotes()), dataKey)
    db.pragma('query_only = OFF')
    db.prepare('vacuum into ?').run(target)
  } catch (thrown) {
    throw explainOpening(backup, thrown)
  } finally {
    db.close()
  }
}

/** A name for the database that gives way; never one that is taken. */
function freeName(databaseFile: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  for (let count = 1; ; count += 1) {
    const name = `${databaseFile}.before-restore-${time}${count === 1 ? '' : `-${count}`}`
    if (!existsSync(name)) return name
  }
}

function removeWithLog(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** Makes the new names last. Windows has no such thing for folders and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
