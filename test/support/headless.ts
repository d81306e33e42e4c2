import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { heapFlags } from '#main/base/heap-flags.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { endsWithUs } from './children.ts'

/** What the headless host prints with `--json` once it is ready. */
export interface Ready {
  readonly receiverUrl: string
  readonly hostUrl: string
  readonly consoleUrl: string
  readonly token: string
  readonly sandbox?: SandboxAddresses
}

/** A headless host in a process of its own, as a technician would run it. */
export interface Headless extends Ready {
  readonly child: ChildProcess
  /** Empty where nobody asks for it. */
  readonly dataFolder: string
  /** Everything it wrote to stderr. */
  log(): string
  /** Calls the REST API; rejects on any other answer than 2xx. */
  api<T>(path: string, init?: { method?: string; body?: unknown }): Promise<T>
  /** Asks it to stop and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, as a crash or the power would. */
  kill(): Promise<void>
}

/** Starts `node main/headless.ts`, as the scripts in package.json do, with `--json --no-open` and these arguments; resolves once it is ready. */
export async function startHeadless(args: readonly string[]): Promise<Headless> {
  const entry = new URL('../../main/headless.ts', import.meta.url).pathname
  return followHeadless(
    spawn(process.execPath, [...heapFlags, entry, '--json', '--no-open', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
    args[args.indexOf('--data-dir') + 1] ?? '',
  )
}

/** The headless host that a process is about to become; resolves once it is ready, rejects when it ends before. */
export async function followHeadless(child: ChildProcess, dataFolder = ''): Promise<Headless> {
  endsWithUs(child)
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text))
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  const ready = await firstLine(child, exited, () => log)
  return {
    ...ready,
    child,
    dataFolder,
    log: () => log,
    api: (path, init) => callApi(ready, path, init),
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function firstLine(child: ChildProcess, exited: Promise<unknown>, log: () => string): Promise<Ready> {
  if (child.stdout === null) throw new Error('no stdout')
  const lines = createInterface({ input: child.stdout })
  const line = once(lines, 'line') as Promise<[string]>
  const first = await Promise.race([line, exited.then(() => null)])
  if (first === null) throw new Error(`the host ended before it was ready:\n${log()}`)
  return JSON.parse(first[0]) as Ready
}

async function callApi<T>(ready: Ready, path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
  const answer = await fetch(`${ready.hostUrl}/api/v1${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${path} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}
