/*
 * Runs a script of this project on Node 24, whatever Node the machine has: `node main/setup/run.mjs <script> [arguments]`.
 *
 * Two traps make the entries in package.json look as they do. A shell remembers where it found `node` the first time, so in
 * a chain of two commands the second would run on the machine's own Node right after an installation. And Debian's shell
 * stays between npm and its command: a SIGTERM for npm would end the shell and leave the relay running without anyone to
 * stop it. `exec` makes the shell step aside; on Windows, where there are no such signals, exec.cmd stands in for it.
 */
import { spawn } from 'child_process'
import module from 'module'
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
  // Half of the time of a start goes into reading sources; what was read once is kept in the system's folder for such things.
  if (typeof module.enableCompileCache === 'function') module.enableCompileCache()
  process.argv = [process.execPath, script].concat(rest)
  void import(pathToFileURL(script).href)
}

/** Only the first run after an installation comes here. */
function onPackagedNode() {
  const args = process.execArgv.concat(script, rest)
  const child = spawn(/** @type {string} */ (packagedNode()), args, { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('error', giveUp)
  child.on('exit', (code, signal) => process.exit(code === null ? (signal === 'SIGINT' ? 130 : 143) : code))
}
