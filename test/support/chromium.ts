import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright'

/** Names under which a browser of that family is called. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge']

/** Where browsers stand that are not on the PATH. */
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/snap/bin/chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    if (folder === undefined) return []
    return [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]
  }),
]

/** Path of a Chromium, Chrome or Edge on this machine, or null. PATCHBAY_CHROMIUM names one outright. */
export function findChromium(): string | null {
  const named = process.env['PATCHBAY_CHROMIUM']
  if (named !== undefined && named !== '') return named
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...usualPlaces, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** What Chromium has to be started with here: its own sandbox does not work for root, who runs tests in a container. */
export const chromiumArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/**
 * Finds a browser or installs one: from Debian when root, else Playwright's own. Throws an Error that says what to do
 * when there is none to be had.
 */
export function ensureChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const installed = isDebianRoot ? installFromDebian() || installFromPlaywright() : installFromPlaywright()
  const path = installed ? findChromium() : null
  if (path !== null) return path
  throw new Error(
    'No Chromium, Chrome or Edge could be found or installed. Install one, or name it in PATCHBAY_CHROMIUM.',
  )
}

/** A browser without a window, found or installed. */
export function launchChromium(switches: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs, ...switches] })
}

function installFromDebian(): boolean {
  process.stderr.write('Patchbay: installing Chromium from Debian for the tests\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return run('apt-get', ['update', '-q'], env) && run('apt-get', ['install', '-q', '-y', 'chromium'], env)
}

function installFromPlaywright(): boolean {
  process.stderr.write("Patchbay: downloading Playwright's Chromium for the tests\n")
  return run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], process.env)
}

/** Runs to the end with all output on stderr; true when it went well. */
function run(command: string, options: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return spawnSync(command, options, { env, stdio: ['ignore', process.stderr, process.stderr] }).status === 0
}
