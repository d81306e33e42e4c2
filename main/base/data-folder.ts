import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { PlainError } from './errors.ts'

/** Where Patchbay keeps its data when nobody says otherwise: the usual place of each operating system. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Patchbay')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Patchbay')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'patchbay')
}

/**
 * Makes the data folder this process's own; answers with the way to give it back.
 *
 * The mark names the process. One left behind by a process that is gone is taken over.
 *
 * @throws PlainError when another Patchbay is at work in the folder.
 */
export function claimFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const mark = join(folder, 'relay.pid')
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const handle = openSync(mark, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(mark, { force: true })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new PlainError(`The data folder ${folder} can't be written to.`, {
          fix: 'Choose another one with --data-dir.',
          cause,
        })
      }
    }
    const owner = Number(readFileSync(mark, 'utf8'))
    if (isAlive(owner) && owner !== process.pid) {
      throw new PlainError(`Another Patchbay (process ${owner}) is already working in ${folder}.`, {
        fix: 'Use the one that runs, or stop it first. Two relays on one database would do everything twice.',
      })
    }
    rmSync(mark, { force: true })
  }
  throw new PlainError(`The data folder ${folder} is being claimed by another process.`)
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
