import { renameSync, rmSync } from 'node:fs'
import { PlainError } from '#main/base/errors.ts'
import { foundation } from './migrations/0001-foundation.ts'
import { replayItems } from './migrations/0002-replay.ts'
import { pauses } from './migrations/0003-pauses.ts'
import { conflicts } from './migrations/0004-conflicts.ts'
import { storage } from './migrations/0005-storage.ts'
import { indexes } from './migrations/0006-indexes.ts'
import { intake } from './migrations/0007-intake.ts'
import { search } from './migrations/0008-search.ts'
import { overview } from './migrations/0009-overview.ts'
import { samples } from './migrations/0010-samples.ts'
import { alerts } from './migrations/0011-alerts.ts'
import { begun } from './migrations/0012-begun.ts'
import { guards } from './migrations/0013-guards.ts'
import { replayWho } from './migrations/0014-replay-who.ts'
import { intakeTimes } from './migrations/0015-intake-times.ts'
import type { Connection } from './open.ts'

/** Every step from an empty file to today's shape, in order. Step n leads to `user_version` n; a landed step is never changed. */
export const migrations: readonly string[] = [
  foundation,
  replayItems,
  pauses,
  conflicts,
  storage,
  indexes,
  intake,
  search,
  overview,
  samples,
  alerts,
  begun,
  guards,
  replayWho,
  intakeTimes,
]

/**
 * Brings a database to today's shape, all steps in one transaction: whenever this is cut short, the shape is the old one or today's.
 *
 * Before that a file that holds data is copied to `backupFile`, in place of the copy that an earlier upgrade left there.
 *
 * @throws PlainError for a file that a newer Patchbay has written.
 */
export function migrate(db: Connection, backupFile: string | null, steps: readonly string[] = migrations): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > steps.length) {
    throw new PlainError(
      `This database was written by a newer Patchbay (its shape is ${version}, this version knows ${steps.length}).`,
      {
        fix: 'Install the newer version again, or restore the backup that was made before it was installed.',
      },
    )
  }
  if (version === steps.length) return
  if (version > 0 && backupFile !== null) backUp(db, backupFile)
  db.transaction(() => {
    for (const step of steps.slice(version)) db.exec(step)
    db.pragma(`user_version = ${steps.length}`)
  }).immediate()
}

/** Copies the database; under its name the copy is whole, or not there. */
function backUp(db: Connection, file: string): void {
  const unfinished = `${file}.part`
  // SQLite does not write over a file, and a start that was cut short may have left a part of one.
  rmSync(unfinished, { force: true })
  db.prepare('vacuum into ?').run(unfinished)
  renameSync(unfinished, file)
}
