import { PlainError } from '#main/base/errors.ts'
import { foundation } from './migrations/0001-foundation.ts'
import type { Connection } from './open.ts'

/** Every step from an empty file to today's shape, in order. Step n leads to `user_version` n; a landed step is never changed. */
export const migrations: readonly string[] = [foundation]

/**
 * Brings a database to today's shape, each step in a transaction of its own.
 *
 * Before the first step on a file that holds data, the file is copied to `backupFile`.
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
  if (version > 0 && backupFile !== null) db.prepare('vacuum into ?').run(backupFile)
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    db.transaction(() => {
      db.exec(step)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
