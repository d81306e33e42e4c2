import { parseArgs } from 'node:util'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { keyFromFile } from '#main/base/data-key.ts'
import { claimFolder, defaultDataFolder } from '#main/base/data-folder.ts'
import { PlainError } from '#main/base/errors.ts'
import { createLogger } from '#main/base/logger.ts'
import { startHost } from '#main/host/loopback.ts'
import { openWorkspaces, type OpenWorkspaces } from './workspaces.ts'
import packageJson from '../package.json' with { type: 'json' }

/** Where things listen when nobody says otherwise. */
const defaultPorts = { receiver: 7420, host: 7421 } as const

/** After this long a stop no longer waits for what is under way (ms); the rows know what was left. */
const stopBoundMs = 20_000

async function main(): Promise<void> {
  const args = readArguments()
  const release = claimFolder(args.dataFolder)
  const logger = createLogger(process.env['PATCHBAY_LOG'] ?? 'warn')
  const workspaces = await openWorkspaces({
    dataFolder: args.dataFolder,
    dataKey: keyFromFile(join(args.dataFolder, 'data.key')),
    receiverPort: args.receiverPort,
    version: packageJson.version,
    logger,
    startInSandbox: args.sandbox,
  })
  const token = readToken(join(args.dataFolder, 'host.token'))
  const host = await startHost({
    port: args.hostPort,
    token,
    workspaces,
    rendererDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    logger,
  })
  const stop = once(async () => {
    setTimeout(() => process.exit(1), stopBoundMs).unref()
    await host.close()
    await workspaces.close()
    release()
    process.exit(0)
  })
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  announce(args, workspaces, host.url, token)
}

interface Arguments {
  readonly dataFolder: string
  readonly receiverPort: number
  readonly hostPort: number
  readonly sandbox: boolean
  readonly open: boolean
  readonly json: boolean
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      'receiver-port': { type: 'string' },
      'host-port': { type: 'string' },
      sandbox: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  return {
    dataFolder: values['data-dir'] ?? defaultDataFolder(process.platform, process.env),
    receiverPort: readPort('--receiver-port', values['receiver-port'], defaultPorts.receiver),
    hostPort: readPort('--host-port', values['host-port'], defaultPorts.host),
    sandbox: values.sandbox,
    open: !values['no-open'] && !values.json,
    json: values.json,
  }
}

function readPort(name: string, text: string | undefined, otherwise: number): number {
  const port = text === undefined ? otherwise : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new PlainError(`${name} has to be a number from 0 to 65535 (0: any free port), not "${text}".`)
}

/** The host's token lives as long as the data folder, so that an open tab survives a restart of the relay. */
function readToken(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const token = randomBytes(32).toString('base64url')
  writeFileSync(file, token, { mode: 0o600 })
  return token
}

function announce(args: Arguments, workspaces: OpenWorkspaces, hostUrl: string, token: string): void {
  const consoleUrl = `${hostUrl}/#token=${token}`
  if (args.json) {
    const { sandbox, receiverUrl } = workspaces
    console.log(JSON.stringify({ receiverUrl, hostUrl, token, consoleUrl, ...(sandbox === null ? {} : { sandbox }) }))
    return
  }
  console.log(`Patchbay ${packageJson.version} is running${workspaces.sandbox === null ? '' : ' in the sandbox'}.`)
  console.log(`Console:  ${consoleUrl}`)
  console.log(`Receiver: ${workspaces.receiverUrl}/hooks/{source}`)
  console.log(`Data:     ${args.dataFolder}`)
  console.log('Stop it with Ctrl+C.')
  if (args.open) void openBrowser(consoleUrl)
}

async function openBrowser(url: string): Promise<void> {
  const hasScreen =
    process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
  if (!hasScreen) return
  const { default: open } = await import('open')
  const child = await open(url)
  child.on('error', () => console.log('No browser could be opened; open the console address by hand.'))
}

function once(work: () => Promise<void>): () => void {
  let begun = false
  return () => {
    if (begun) return
    begun = true
    void work()
  }
}

main().catch((thrown: unknown) => {
  if (thrown instanceof PlainError) {
    console.error(thrown.message)
    if (thrown.fix !== null) console.error(thrown.fix)
  } else {
    console.error(thrown)
  }
  process.exit(1)
})
