import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './ensure.mjs'

const folder = join(root, 'node_modules/electron')
/** ms; long enough for about 120 MB on a slow line. */
const downloadLimitMs = 5 * 60_000
/** ms; a firewall that swallows packets must not hold up the start. */
const reachLimitMs = 5_000

/** Path of Electron's executable, or null while its runtime has not been downloaded. */
export function electronBinary(): string | null {
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const binary = join(dist, readFileSync(note, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

/** Downloads Electron's runtime the way its package does; null when that can't be done in a reasonable time. */
export async function fetchElectron(): Promise<string | null> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/'
  if (!(await isReachable(mirror))) return null
  process.stderr.write('Patchbay: downloading the desktop runtime (once, about 120 MB)\n')
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: downloadLimitMs,
  })
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  return electronBinary()
}

/** Does anything answer there? What it answers does not matter. */
async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachLimitMs) })
    return true
  } catch {
    return false
  }
}
