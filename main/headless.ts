import { parseArgs } from 'node:util'
import { join, resolve } from 'node:path'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { existsSync, readFileSync } from 'node:fs'
import { systemClock } from '#main/base/clock.ts'
import { keyFile, readKeyFile } from '#main/base/data-key.ts'
import { claimFolder } from '#main/base/data-folder.ts'
import { defaultDataFolder } from '#main/base/default-folder.ts'
import { PlainError, toError } from '#main/base/errors.ts'
import { announceHost } from '#main/base/host-address.ts'
import { createLogger } from '#main/base/logger.ts'
import { writeWhole } from '#main/base/whole-file.ts'
import { startHost } from '#main/host/loopback.ts'
import { openKeyFile } from '#main/store/recover-key.ts'
import { restore } from '#main/store/restore.ts'
import { openWorkspaces, type OpenWorkspaces } from './workspaces.ts'
import packageJson from '../package.json' with { type: 'json' }

/** Where things listen when nobody says otherwise. */
const defaultPorts = { receiver: 7420, host: 7421 } as const

/** After this long a stop no longer waits for what is under way (ms); the rows know what was left. */
const stopBoundMs = 20_000

async function main(): Promise<void> {
  const args = readArguments()
  const passphrase = takePassphrase()
  const release = claimFolder(args.dataFolder)
  if (args.restore !== null) {
    if (passphrase !== null) await openKeyFile(args.dataFolder, passphrase)
    restoreBackup(args.dataFolder, args.restore)
    return release()
  }
  const logger = createLogger(process.env['PATCHBAY_LOG'] ?? 'warn')
  let hostUrl: string | null = null
  const workspaces = await openWorkspaces({
    dataFolder: args.dataFolder,
    dataKey: await openKeyFile(args.dataFolder, passphrase),
    receiverPort: args.receiverPort,
    version: packageJson.version,
    logger,
    startInSandbox: args.sandbox,
    reserveBytes: args.reserveMegabytes * 1024 * 1024,
    linkTo: (hash) => (hostUrl === null ? null : `${hostUrl}/${hash}`),
  })
  const token = readToken(join(args.dataFolder, 'host.token'))
  const host = await startHost({
    port: args.hostPort,
    token,
    workspaces,
    rendererDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    logger,
  })
  hostUrl = host.url
  const withdraw = announceHost(args.dataFolder, { url: host.url, token })
  const stop = once(async () => {
    setTimeout(() => process.exit(1), stopBoundMs).unref()
    withdraw()
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
  /** A backup to be put in the place of the database, after which the process ends. */
  readonly restore: string | null
  readonly reserveMegabytes: number
}

function readArguments(): Arguments {
  const values = readOptions()
  return {
    dataFolder: values['data-dir'] ?? defaultDataFolder(process.platform, process.env),
    receiverPort: readPort('--receiver-port', values['receiver-port'], defaultPorts.receiver),
    hostPort: readPort('--host-port', values['host-port'], defaultPorts.host),
    sandbox: values.sandbox,
    open: !values['no-open'] && !values.json,
    json: values.json,
    restore: values.restore ?? null,
    reserveMegabytes: readNumber(
      '--reserve-mb',
      values['reserve-mb'],
      256,
      1_000_000,
      'megabytes kept aside on the disk',
    ),
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'data-dir': { type: 'string' },
        'receiver-port': { type: 'string' },
        'host-port': { type: 'string' },
        sandbox: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        restore: { type: 'string' },
        'reserve-mb': { type: 'string' },
      },
    })
    return values
  } catch (cause) {
    throw new PlainError(toError(cause).message, {
      fix: 'The README lists what can be said on the command line.',
      cause,
    })
  }
}

/** Puts a backup in the place of the database and tells where the old one is. */
function restoreBackup(dataFolder: string, backup: string): void {
  const key = readKeyFile(keyFile(dataFolder))
  if (key === null) {
    throw new PlainError(`The key to the stored passwords is not in ${dataFolder}.`, {
      fix: 'Copy the file data.key of the Patchbay that made the backup into this folder first, or its recovery.json, and put the passphrase into PATCHBAY_RECOVERY_PASSPHRASE.',
    })
  }
  const kept = restore(join(dataFolder, 'patchbay.db'), resolve(backup), key, systemClock.now())
  console.log(`The database is now the one of ${backup}.`)
  if (kept !== null) console.log(`The one from before is kept: ${kept}`)
  console.log('What was on its way when the backup was made is tried again at the start. Start Patchbay as usual.')
}

/** The recovery passphrase, when it was given; nothing that is started from here inherits it. */
function takePassphrase(): string | null {
  const passphrase = process.env['PATCHBAY_RECOVERY_PASSPHRASE'] ?? ''
  delete process.env['PATCHBAY_RECOVERY_PASSPHRASE']
  return passphrase === '' ? null : passphrase
}

function readPort(name: string, text: string | undefined, otherwise: number): number {
  return readNumber(name, text, otherwise, 65_535, '0: any free port')
}

function readNumber(name: string, text: string | undefined, otherwise: number, most: number, meaning: string): number {
  const number = text === undefined ? otherwise : Number(text)
  if (text !== '' && Number.isInteger(number) && number >= 0 && number <= most) return number
  throw new PlainError(`${name} has to be a number from 0 to ${most} (${meaning}), not "${text}".`)
}

/** The host's token lives as long as the data folder, so that an open tab survives a restart of the relay. */
function readToken(file: string): string {
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (known !== '') return known
  const token = randomBytes(32).toString('base64url')
  writeWhole(file, token)
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
    work().catch((thrown: unknown) => {
      console.error(thrown)
      process.exit(1)
    })
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
