import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { PlainError } from '#main/base/errors.ts'

/**
 * What can be wrong with the file as a whole, in contrast to one statement:
 *
 * - `full`: the disk has no room
 * - `damaged`: what is read back is not what was written
 * - `unwritable`: read-only, held by another program, or the disk fails
 */
export type Trouble = 'full' | 'damaged' | 'unwritable'

/** The trouble that an error of SQLite tells of (https://www.sqlite.org/rescode.html); null when it is about a statement. */
export function troubleOf(thrown: unknown): Trouble | null {
  const code = (thrown as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return null
  // The index of the log can't be made larger: on a full disk this is what is met first.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC') return 'full'
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged'
  const unwritable = ['SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_BUSY', 'SQLITE_CANTOPEN', 'SQLITE_PERM']
  return unwritable.some((start) => code.startsWith(start)) ? 'unwritable' : null
}

/** Whether what is there may not be written to; SQLite tells of that only after it has made its files beside it. */
function isReadOnly(file: string): boolean {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK)
    return false
  } catch (thrown) {
    return ['EROFS', 'EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '')
  }
}

/** What to do about a damaged database. */
export const restoreFix =
  'Stop Patchbay, then bring back the newest backup: npm run serve -- --restore <file from the folder "backups">. The damaged file is kept beside it.'

/** Why a database could not be opened, for the person who tried to start Patchbay. Nothing was changed. */
export function explainOpening(file: string, cause: unknown): PlainError {
  if (cause instanceof PlainError) return cause
  const code = String((cause as { code?: unknown } | null)?.code)
  const explain = (sentence: string, fix: string): PlainError => new PlainError(sentence, { fix, cause })
  switch (troubleOf(cause)) {
    case 'full':
      return explain(`There is no room on the disk to open the database ${file}.`, 'Free some space and start again.')
    case 'damaged':
      return explain(`The database ${file} is damaged or is no database at all. It was left as it is.`, restoreFix)
    case 'unwritable':
    case null:
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return explain(
      `Another program is holding the database ${file}.`,
      'Close the program that has it open (a database viewer, a backup, a virus scanner) and start again.',
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || isReadOnly(file)) {
    return explain(
      `The database ${file} can't be written to: the file, its folder or its disk is read-only.`,
      'Give this user the right to write to it, or choose another folder with --data-dir.',
    )
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return explain(`The disk reports an error for the database ${file} (${code}).`, 'Check the disk, then start again.')
  }
  return explain(
    `The database ${file} can't be opened.`,
    'Check that the folder exists, that this user may write to it, and that no other Patchbay is using it.',
  )
}
