/*
 * Runs a script of this project on Node 24, whatever Node the machine has: `node main/setup/run.mjs <script> [arguments]`.
 *
 * A chain of two commands in package.json would not do: a shell remembers where it found `node` the first time, so right
 * after an installation it would go on with the machine's own. And a single process gets its signals from npm directly.
 */
import { spawn } from 'child_process'
import { join } from 'path'
import { pathToFileURL } from 'url'
import { ensure, giveUp, isRightNode, packagedNode, root } from './ensure.mjs'

const script = join(root, process.argv[2] || '')
const rest = process.argv.slice(3)

ensure()
  .then(() => (isRightNode() ? inProcess() : onPackagedNode()))
  .catch(giveUp)

/** The script takes over this process, as if it had been called itself. A failure in it is a bug, and keeps its stack. */
function inProcess() {
  process.argv = [process.execPath, script].concat(rest)
  void import(pathToFileURL(script).href)
}

/** Only the first run after an installation comes here. */
function onPackagedNode() {
  const child = spawn(/** @type {string} */ (packagedNode()), [script].concat(rest), { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('error', giveUp)
  child.on('exit', (code, signal) => process.exit(code === null ? (signal === 'SIGINT' ? 130 : 143) : code))
}
