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

/** Whether anything in the folder may hang on a key: then none may be made anew. */
export function hasDatabase(dataFolder: string): boolean {
  return databasesIn(dataFolder).length > 0
}

/** Whether the folder's secrets were locked with this key. A database that can't be read says nothing against it: its own start tells more. */
export function keyFits(dataFolder: string, key: Uint8Array): boolean {
  return databasesIn(dataFolder).every((file) => {
    try {
      return saysNothingAgainst(file, key)
    } catch {
      return true
    }
  })
}

function saysNothingAgainst(file: string, key: Uint8Array): boolean {
  const db = openForReading(file)
  try {
    return fitsDataKey(new Transaction(db, new Map(), emptyNotes()), key) ?? true
  } finally {
    db.close()
  }
}
