import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explainFailure } from '#main/setup/ensure.mjs'
import { endsWithUs } from './children.ts'

/** A package that is no dependency of Patchbay's and only measured or tested with. */
export interface ScratchPackage {
  readonly name: string
  readonly version: string
}

/**
 * Installs a package with npm into a folder of its own under the system's temporary folder, unless the same version is there from
 * another time; answers the folder of the package, or in a sentence what was in the way.
 */
export async function scratchPackage(
  { name, version }: ScratchPackage,
  say: (line: string) => void,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  const scratch = join(tmpdir(), 'patchbay-packages', `${name}-${version}`)
  const path = join(scratch, 'node_modules', name)
  if (isInstalled(scratch, { name, version })) return { path }
  say(`installing ${name} ${version} into ${scratch}`)
  mkdirSync(scratch, { recursive: true })
  const { code, output } = await npm(['install', '--prefix', scratch, `${name}@${version}`], scratch)
  if (code === 0) return { path }
  if (output !== '') say(output.trimEnd())
  return { problem: `${name} ${version} could not be installed: ${explainFailure(output)}` }
}

/** npm writes its list when an installation is complete. */
function isInstalled(scratch: string, { name, version }: ScratchPackage): boolean {
  const list = join(scratch, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const { packages } = JSON.parse(readFileSync(list, 'utf8')) as { packages: Record<string, { version?: string }> }
  return packages[`node_modules/${name}`]?.version === version
}

async function npm(command: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const script = process.env['npm_execpath']
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', '--fetch-retries=1']
  const options = [...command, ...quiet]
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe']
  const child =
    script === undefined
      ? spawn('npm', options, { cwd, stdio, shell: process.platform === 'win32' })
      : spawn(process.execPath, [script, ...options], { cwd, stdio })
  endsWithUs(child)
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.on('error', (error) => (output += error.message))
  return { code: await closed(child), output }
}

async function closed(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('close', resolve))
  return child.exitCode
}
