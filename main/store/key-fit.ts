import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openForReading } from './open.ts'
import { fitsDataKey } from './secrets.ts'
import { emptyNotes, Transaction } from './transaction.ts'

/** The databases that a data folder's key opens: the real one, and the sandbox's. */
function databasesIn(dataFolder: string): readonly string[] {
  return [join(dataFolder, 'patchbay.db'), join(dataFolder, 'sandbox', 'patchbay.db')].filter((file) =>
    existsSync(file),
  )
}

/** Whether anything in the folder was written with a key: then none may be made anew. What can't be read counts as such. */
export function hangsOnKey(dataFolder: string): boolean {
  return databasesIn(dataFolder).some((file) => tryKey(file, new Uint8Array(32), false) !== null)
}

/** Whether the folder's secrets were locked with this key. A database that can't be read says nothing against it: its own start tells more. */
export function keyFits(dataFolder: string, key: Uint8Array): boolean {
  return databasesIn(dataFolder).every((file) => tryKey(file, key, true) ?? true)
}

/** null: the database was written with no key. */
function tryKey(file: string, key: Uint8Array, whenUnreadable: boolean): boolean | null {
  try {
    const db = openForReading(file)
    try {
      return fitsDataKey(new Transaction(db, new Map(), emptyNotes()), key)
    } finally {
      db.close()
    }
  } catch {
    return whenUnreadable
  }
}
