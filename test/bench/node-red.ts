import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explainFailure } from '#main/setup/ensure.mjs'
import { endsWithUs } from '#test/support/children.ts'
import { freePort } from '#test/support/timed-start.ts'
import { until } from '#test/support/until.ts'
import type { NotMeasured } from './figure.ts'
import type { Ground } from './ground.ts'

export const nodeRedVersion = '5.0.7'

/** Stays from one bench to the next. */
const scratch = join(tmpdir(), 'patchbay-bench', `node-red-${nodeRedVersion}`)

/** The smallest flow that takes a webhook: it parses the body, answers 200 with it and stores nothing. */
const flows = [
  { id: 'flow', type: 'tab', label: 'bench' },
  { id: 'in', type: 'http in', z: 'flow', url: '/hooks/salesforce', method: 'post', upload: false, wires: [['out']] },
  { id: 'out', type: 'http response', z: 'flow', statusCode: '200', headers: {}, wires: [] },
]

/** Starts a Node-RED that takes the bench's webhooks, and answers where; or says why there is none. */
export async function startNodeRed(ground: Ground): Promise<{ readonly url: string } | NotMeasured> {
  const problem = await install(ground)
  if (problem !== null) return { reason: `Node-RED could not be installed: ${problem}` }
  const port = await freePort()
  const userDir = ground.folder()
  const settings = {
    uiPort: port,
    uiHost: '127.0.0.1',
    httpAdminRoot: false,
    flowFile: 'flows.json',
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    diagnostics: { enabled: false, ui: false },
    externalModules: { autoInstall: false },
    logging: { console: { level: 'error', metrics: false, audit: false } },
  }
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows))
  writeFileSync(join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`)
  const entry = join(scratch, 'node_modules', 'node-red', 'red.js')
  const args = [entry, '--userDir', userDir, '--settings', join(userDir, 'settings.js')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  endsWithUs(child)
  ground.after(() => ended(child, true))
  const url = `http://127.0.0.1:${port}`
  const headers = { 'content-type': 'application/json' }
  const ask = () => fetch(`${url}/hooks/salesforce`, { method: 'POST', headers, body: '{}' })
  await until('Node-RED answers', async () => (await ask()).status === 200, 60_000)
  return { url }
}

/** Installs it unless the same version is there; answers what was in the way, or null. */
async function install(ground: Ground): Promise<string | null> {
  // npm writes this list when an installation is complete.
  const list = join(scratch, 'node_modules', '.package-lock.json')
  if (existsSync(list) && readFileSync(list, 'utf8').includes(`node-red-${nodeRedVersion}.tgz`)) return null
  ground.say(`installing Node-RED ${nodeRedVersion} into ${scratch}`)
  mkdirSync(scratch, { recursive: true })
  const npm = process.env['npm_execpath']
  const options = ['install', '--prefix', scratch, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const command = [...options, '--fetch-retries=1', `node-red@${nodeRedVersion}`]
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe']
  const child =
    npm === undefined
      ? spawn('npm', command, { cwd: scratch, stdio, shell: process.platform === 'win32' })
      : spawn(process.execPath, [npm, ...command], { cwd: scratch, stdio })
  endsWithUs(child)
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.on('error', (error) => (output += error.message))
  if ((await ended(child)) === 0) return null
  if (output !== '') ground.say(output.trimEnd())
  return explainFailure(output)
}

/** Waits for the end of a process, or brings it about. */
async function ended(child: ChildProcess, isAsked = false): Promise<number | null> {
  if (isAsked) child.kill()
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('close', resolve))
  return child.exitCode
}
