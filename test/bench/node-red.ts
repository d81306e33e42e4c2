import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endsWithUs } from '#test/support/children.ts'
import { scratchPackage } from '#test/support/scratch-package.ts'
import { freePort } from '#test/support/timed-start.ts'
import { until } from '#test/support/until.ts'
import type { NotMeasured } from './figure.ts'
import type { Ground } from './ground.ts'

export const nodeRedVersion = '5.0.7'

/** The smallest flow that takes a webhook: it parses the body, answers 200 with it and stores nothing. */
const flows = [
  { id: 'flow', type: 'tab', label: 'bench' },
  { id: 'in', type: 'http in', z: 'flow', url: '/hooks/salesforce', method: 'post', upload: false, wires: [['out']] },
  { id: 'out', type: 'http response', z: 'flow', statusCode: '200', headers: {}, wires: [] },
]

/** Starts a Node-RED that takes the bench's webhooks, and answers where; or says why there is none. */
export async function startNodeRed(ground: Ground): Promise<{ readonly url: string } | NotMeasured> {
  const installed = await scratchPackage({ name: 'node-red', version: nodeRedVersion }, ground.say)
  if ('problem' in installed) return { reason: installed.problem }
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
  const entry = join(installed.path, 'red.js')
  const args = [entry, '--userDir', userDir, '--settings', join(userDir, 'settings.js')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  endsWithUs(child)
  ground.after(() => end(child))
  const url = `http://127.0.0.1:${port}`
  const headers = { 'content-type': 'application/json' }
  const ask = () => fetch(`${url}/hooks/salesforce`, { method: 'POST', headers, body: '{}' })
  await until('Node-RED answers', async () => (await ask()).status === 200, 60_000)
  return { url }
}

async function end(child: ChildProcess): Promise<void> {
  child.kill()
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('close', resolve))
}
