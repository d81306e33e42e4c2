import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import type { Health } from '#shared/domain/health.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { noSmallDisk, smallDisk, type SmallDisk } from '#test/support/small-disk.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

const mebibyte = 1024 * 1024

let disk: SmallDisk | null
let sandbox: Sandbox
let host: Headless | null = null
beforeEach(async () => {
  disk = smallDisk(64 * mebibyte)
  sandbox = await startSandboxThread({ seed: 7 })
})
afterEach(async () => {
  await host?.stop()
  await sandbox.close()
  disk?.remove()
})

it('refuses while the disk is full, loses nothing that it took, and goes on by itself', async (context) => {
  if (disk === null) return context.skip(noSmallDisk)
  const args = ['--data-dir', disk.path, '--receiver-port', '0', '--host-port', '0', '--reserve-mb', '8']
  const running = (host = await startHeadless(args))
  await furnishHost(running, sandbox.addresses)
  const storage = (): Promise<{ state: string; reserveBytes: number }> => running.api('/storage')
  await until('the reserve is made', async () => (await storage()).reserveBytes === 8 * mebibyte)

  disk.fill(mebibyte)
  const taken: string[] = []
  const refused: number[] = []
  for (let index = 0; refused.length < 5; index += 1) {
    const answer = await send(running, `full-${index}`)
    if (answer.status === 200) taken.push(`full-${index}`)
    else refused.push(answer.status)
  }
  expect(refused).toEqual([503, 503, 503, 503, 503])
  expect(taken.length).toBeGreaterThan(3)
  const full = await running.api<Health>('/health')
  expect(full).toMatchObject({ state: 'down', sentence: expect.stringContaining('The disk is full') as string })
  expect((await storage()).reserveBytes).toBe(0)
  const writesBefore = await writes()

  disk.free()
  await until('there is room again', async () => (await running.api<Health>('/health')).storage?.state === 'ok')
  expect((await storage()).reserveBytes).toBe(8 * mebibyte)
  expect((await send(running, 'afterwards')).status).toBe(200)
  await until('everything has ended', async () => {
    const { queue } = await running.api<Health>('/health')
    return queue.pending + queue.waiting + queue.leased === 0
  })
  const { items } = await running.api<{ items: { state: string }[] }>('/events?limit=500')
  expect(items).toHaveLength(taken.length + 1)
  expect(items.map((one) => one.state)).not.toContain('dead')
  expect(await writes()).toBeGreaterThan(writesBefore)
  expect(await running.stop()).toBe(0)
  host = null
})

/** Writes that reached the simulated ConnectWise. */
async function writes(): Promise<number> {
  const answer = await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/calls`)
  return ((await answer.json()) as unknown[]).length
}

function send(running: Headless, key: string): Promise<{ status: number }> {
  const recordId = `001${key.replaceAll(/\W/g, '').padStart(12, '0')}`
  const record = { Id: recordId, Name: `Company ${key}`, Description: 'x'.repeat(50_000) }
  const event = { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId, record }
  return sendSalesforce(running.receiverUrl, sandbox.addresses.signingSecret, event)
}
