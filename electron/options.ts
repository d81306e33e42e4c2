import { parseArgs } from 'node:util'
import { defaultDataFolder } from '#main/base/default-folder.ts'
import { hashOfLink, hashOfScreen } from './links.ts'

/** What the command line of a start says. */
export interface StartOptions {
  readonly sandbox: boolean
  /** No window until somebody asks for one: the start with Windows. */
  readonly hidden: boolean
  readonly dataFolder: string
  readonly receiverPort: number
  /** Place in the console that the start leads to; null: wherever it was. */
  readonly hash: string | null
}

/** Starts without a window. */
export const hiddenSwitch = '--hidden'

/** Same as for `npm run serve`. */
const usualReceiverPort = 7420

/**
 * Reads a command line, this process's own or that of a second start. What is not known is left alone, as Chromium and Windows add
 * switches of their own; a port that is none counts as not given.
 */
export function readOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): StartOptions {
  const { values, positionals } = parseArgs({
    args: argv.slice(1),
    strict: false,
    allowPositionals: true,
    options: {
      sandbox: { type: 'boolean' },
      hidden: { type: 'boolean' },
      'data-dir': { type: 'string' },
      'receiver-port': { type: 'string' },
      screen: { type: 'string' },
    },
  })
  const folder = values['data-dir']
  const link = positionals.map(hashOfLink).find((hash) => hash !== null)
  return {
    sandbox: values.sandbox === true,
    hidden: values.hidden === true,
    dataFolder: typeof folder === 'string' && folder !== '' ? folder : defaultDataFolder(platform, env),
    receiverPort: portOf(values['receiver-port']) ?? usualReceiverPort,
    hash: link ?? hashOfScreen(values.screen),
  }
}

function portOf(text: string | boolean | undefined): number | null {
  const port = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : -1
  return port >= 0 && port <= 65_535 ? port : null
}
