import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { fillDatabase } from '#test/support/big-database.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { timedStart } from '#test/support/timed-start.ts'
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

/** Starts the host that the tests go on with; answers how long its receiver took (ms). */
async function start(dataFolder = folder.path): Promise<number> {
  const started = await timedStart(dataFolder, join(folder.path, 'compiled'))
  host = started.host
  return started.tookMs
}

it('receives within a second of a start with 1,000,000 events and 100,000 pending deliveries', async () => {
  // The first start only fills the cache of compiled sources.
  await start()
  await host?.stop()
  const tookMs = await start()
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
  await start()
  await host?.kill()
  const tookMs = await start()
  expect(tookMs).toBeLessThan(await barMs())
})

/** A second; on a machine that is busy with other things, what a start with nothing in the database takes and a little more. */
async function barMs(): Promise<number> {
  await host?.stop()
  const empty = temporaryFolder()
  try {
    const emptyMs = await start(empty.path)
    await host?.stop()
    await start()
    return Math.max(1_000, emptyMs * 1.3)
  } finally {
    empty.remove()
  }
}

function event(key: string): unknown {
  const record = { Id: '001BIG', Name: key }
  return { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId: '001BIG', record }
}
