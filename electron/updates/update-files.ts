import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { PlainError } from '#main/base/errors.ts'
import { writeWhole } from '#main/base/whole-file.ts'
import { keep } from '#main/store/keeper.ts'

/**
 * Makes the backup that an update goes back to, beside those of every day so that these do not push it out; checked before it counts.
 * Answers null where only the sandbox was ever used: there is no database, and what the sandbox holds can be made up again.
 */
export async function backUpForUpdate(dataFolder: string, version: string): Promise<string | null> {
  const database = join(dataFolder, 'patchbay.db')
  if (!existsSync(database)) return null
  const folder = join(dataFolder, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `before-update-from-${version}.db`)
  const fresh = `${file}.new`
  rmSync(fresh, { force: true })
  const kept = await keep({ kind: 'backup', file: database, target: fresh }, new AbortController().signal)
  if (!kept.ok) throw new PlainError(kept.detail)
  // In the place of the one that an earlier update from this version left.
  renameSync(fresh, file)
  return file
}

/**
 * Moves the sandbox's folder aside, whose database an older version may not open any more; answers with where it is, null when there was
 * none. The next start of the sandbox makes it up again.
 */
export function setSandboxAside(dataFolder: string, version: string): string | null {
  const folder = join(dataFolder, 'sandbox')
  if (!existsSync(folder)) return null
  const aside = join(dataFolder, `sandbox-of-${version}`)
  rmSync(aside, { recursive: true, force: true })
  renameSync(folder, aside)
  return aside
}

/** Writes what electron-builder would have built in, for a feed that was named at the start; answers with the file. */
export function writeFeedFile(folder: string, url: string): string {
  const file = join(folder, 'update-feed.json')
  // Read as YAML, which JSON is.
  writeWhole(file, JSON.stringify({ provider: 'generic', url, updaterCacheDirName: 'patchbay-updater' }))
  return file
}

/**
 * Keeps a downloaded installer under its version, so that there is a way back to that version later; answers with the one of the version at
 * work, null when it came from elsewhere. Only these two stay.
 */
export function keepInstaller(dataFolder: string, file: string, versions: { from: string; to: string }): string | null {
  const folder = join(dataFolder, 'installers')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const nameOf = (version: string) => `patchbay-${version}${extname(file)}`
  const names = [nameOf(versions.from), nameOf(versions.to)]
  for (const name of readdirSync(folder))
    if (!names.includes(basename(name))) rmSync(join(folder, name), { force: true })
  copyFileSync(file, join(folder, nameOf(versions.to)))
  const old = join(folder, nameOf(versions.from))
  return existsSync(old) ? old : null
}
