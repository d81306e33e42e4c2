import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { heapFlags } from '#main/base/heap-flags.ts'
import { followHeadless, type Headless } from './headless.ts'
import { until } from './until.ts'

/**
 * Starts a host and measures from before its process exists until its receiver answers.
 *
 * As `npm run serve` has it, what was compiled once is kept, in `compileCache`; so the first start with it takes longer.
 */
export async function timedStart(
  dataFolder: string,
  compileCache: string,
): Promise<{ readonly host: Headless; readonly tookMs: number }> {
  const port = await freePort()
  const started = performance.now()
  const entry = new URL('../../main/headless.ts', import.meta.url).pathname
  const args = ['--data-dir', dataFolder, '--receiver-port', String(port), '--host-port', '0', '--reserve-mb', '0']
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache }
  const child = spawn(process.execPath, [...heapFlags, entry, '--json', '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  const answered = until('the receiver answers', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok)
  const [tookMs, host] = await Promise.all([answered.then(() => performance.now() - started), followHeadless(child)])
  return { host, tookMs }
}

/** A port of loopback that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
