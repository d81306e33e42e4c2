import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { fillDatabase } from '#test/support/big-database.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { followHeadless, startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

const folder = temporaryFolder()
let sandbox: Sandbox
let host: Headless | null = null

beforeAll(async () => {
  sandbox = await startSandboxThread({ seed: 7 })
  await fillDatabase(join(folder.path, 'patchbay.db'), { events: 1_000_000, pending: 100_000, newestAt: Date.now() })
  const first = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  await sandbox.setFault('connectwise', { kind: 'down' })
  await furnishHost(first, sandbox.addresses)
  await first.stop()
})

afterAll(async () => {
  await host?.stop()
  await sandbox.close()
  folder.remove()
})

/** Starts the host and measures from before its process exists until its receiver answers. */
async function timedStart(dataFolder = folder.path): Promise<number> {
  const port = await freePort()
  const started = performance.now()
  const entry = new URL('../../main/headless.ts', import.meta.url).pathname
  const args = ['--data-dir', dataFolder, '--receiver-port', String(port), '--host-port', '0', '--reserve-mb', '0']
  // As `npm run serve` has it: what was compiled once is kept.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder.path, 'compiled') }
  const command = [entry, '--json', '--no-open', ...args]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const following = followHeadless(child)
  await until('the receiver answers', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok)
  const tookMs = performance.now() - started
  host = await following
  return tookMs
}

it('receives within a second of a start with 1,000,000 events and 100,000 pending deliveries', async () => {
  // The first start only fills the cache of compiled sources.
  await timedStart()
  await host?.stop()
  const tookMs = await timedStart()
  if (host === null) throw new Error('no host')
  const answer = await sendSalesforce(host.receiverUrl, sandbox.addresses.signingSecret, event('big-1'))
  expect(answer.status).toBe(200)
  expect(tookMs).toBeLessThan(await barMs())
})

it('answers health and lists quickly beside so much', async () => {
  if (host === null) throw new Error('no host')
  const { queue } = await host.api<{ queue: { pending: number; waiting: number; leased: number } }>('/health')
  expect(queue.pending + queue.waiting + queue.leased).toBeGreaterThan(99_000)
  for (const path of ['/health', '/events?limit=100', '/deliveries?state=pending&limit=100', '/storage']) {
    const started = performance.now()
    await host.api(path)
    const tookMs = performance.now() - started
    expect(tookMs).toBeLessThan(2_000)
  }
})

it('stops within its bound although the other side hangs, and starts after a kill as quickly', async () => {
  await sandbox.setFault('connectwise', { kind: 'slow', delayMs: 60_000 })
  await wait(1_000)
  const stopping = performance.now()
  expect(await host?.stop()).toBe(0)
  const stoppedMs = performance.now() - stopping
  expect(stoppedMs).toBeLessThan(20_000)
  await sandbox.setFault('connectwise', { kind: 'down' })
  await timedStart()
  await host?.kill()
  const tookMs = await timedStart()
  expect(tookMs).toBeLessThan(await barMs())
})

/** A second; on a machine that is busy with other things, what a start with nothing in the database takes and a little more. */
async function barMs(): Promise<number> {
  await host?.stop()
  const empty = temporaryFolder()
  try {
    const emptyMs = await timedStart(empty.path)
    await host?.stop()
    await timedStart()
    return Math.max(1_000, emptyMs * 1.3)
  } finally {
    empty.remove()
  }
}

function event(key: string): unknown {
  const record = { Id: '001BIG', Name: key }
  return { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId: '001BIG', record }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
