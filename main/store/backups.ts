import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BackupFile } from '#shared/domain/storage.ts'
import { keep, type Kept } from './keeper.ts'

/** Backups that are kept; an older one goes only after a newer one was made and checked. */
export const backupsKept = 3

const pattern = /^patchbay-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)Z\.db$/

/** Where the backups of a database stand: beside it, so that they share its rights. */
export function backupFolder(databaseFile: string): string {
  return join(dirname(databaseFile), 'backups')
}

/** The backups of a database, newest first. */
export function listBackups(databaseFile: string): readonly BackupFile[] {
  const folder = backupFolder(databaseFile)
  return namesIn(folder)
    .flatMap((name) => {
      const madeAt = instantIn(name)
      const stats = statSync(join(folder, name), { throwIfNoEntry: false })
      return madeAt === null || stats === undefined ? [] : [{ file: join(folder, name), bytes: stats.size, madeAt }]
    })
    .toSorted((one, other) => other.madeAt - one.madeAt)
}

/** Makes a backup and, once it is known to be good, takes away those that are too many. Never rejects. */
export async function makeBackup(
  databaseFile: string,
  now: number,
  signal: AbortSignal,
): Promise<Kept & { readonly file: string }> {
  const folder = backupFolder(databaseFile)
  const file = join(folder, nameAt(now))
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    removeUnfinished(folder)
  } catch (thrown) {
    return { ok: false, trouble: 'unwritable', detail: String(thrown), file }
  }
  const kept = await keep({ kind: 'backup', file: databaseFile, target: file }, signal)
  if (kept.ok) {
    const others = listBackups(databaseFile).filter((one) => one.file !== file)
    for (const old of others.slice(backupsKept - 1)) rmSync(old.file, { force: true })
  }
  removeUnfinished(folder)
  return { ...kept, file }
}

function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) if (/\.db\.part/.test(name)) rmSync(join(folder, name), { force: true })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function nameAt(now: number): string {
  const digits = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `patchbay-${digits}Z.db`
}

function instantIn(name: string): number | null {
  const found = pattern.exec(name)
  if (found === null) return null
  const [, year, month, day, hour, minute, second] = found.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}
