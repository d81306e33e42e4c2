import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './ensure.mjs'

/** What is built, what it is built from (files or folders of the tree), and the command for it. */
export interface Build {
  readonly name: string
  readonly output: string
  readonly sources: readonly string[]
  /** Arguments for node: the tool's script first. */
  readonly command: readonly string[]
}

/** The console that the headless host serves. */
export const rendererBuild: Build = {
  name: 'the console',
  output: 'out/renderer/index.html',
  sources: ['renderer', 'shared', 'package-lock.json'],
  command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'renderer/vite.config.ts'],
}

/** The desktop app: shell, relay and console. */
export const desktopBuild: Build = {
  name: 'the desktop app',
  output: 'out/electron/entry.js',
  sources: ['electron', 'main', 'renderer', 'shared', 'package-lock.json'],
  command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--config', 'electron/vite.config.ts'],
}

/** The headless host as the desktop app brings it along, for machines without a log-on. */
export const serviceBuild: Build = {
  name: 'the service',
  output: 'out/service/headless.mjs',
  sources: desktopBuild.sources,
  command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'electron/service.vite.config.ts'],
}

/** When the file, or the newest thing inside the folder, was last changed, in ms since 1970; 0 when it is not there. */
export function changedAt(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  // A folder's own time counts too: it is all that a deleted file leaves behind.
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

/** Is the output missing, or a source newer than it? */
export function isOutdated(build: Build, tree: string): boolean {
  const builtAt = changedAt(join(tree, build.output))
  return build.sources.some((source) => changedAt(join(tree, source)) > builtAt)
}

/**
 * Builds when sources are newer than the output. Whatever the tool says goes to stderr, so that stdout stays free for
 * `--json`. Throws an Error meant for the person in front of it.
 */
export async function buildIfOutdated(one: Build): Promise<void> {
  if (isOutdated(one, root)) await build(one)
}

/** Builds, whatever is there already. */
export async function build({ command, name }: Build): Promise<void> {
  process.stderr.write(`Patchbay: building ${name}\n`)
  const code = await runNode(command)
  if (code !== 0) throw new Error(`Patchbay could not build ${name}; the reason stands above.`)
}

/** Runs a script with this Node, its stdout joined to our stderr, stopped with us; answers with its exit code. */
async function runNode(command: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', process.stderr, process.stderr] })
  const stop = () => {
    child.kill()
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => resolve(status ?? 1))
  })
  process.off('SIGINT', stop).off('SIGTERM', stop)
  return code
}
