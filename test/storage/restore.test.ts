import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import type { Health } from '#shared/domain/health.ts'
import type { BackupFile, UpkeepResult } from '#shared/domain/storage.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

let folder: ReturnType<typeof temporaryFolder>
let sandbox: Sandbox
let host: Headless | null = null
beforeEach(async () => {
  folder = temporaryFolder()
  sandbox = await startSandboxThread({ seed: 7 })
})
afterEach(async () => {
  await host?.stop()
  await sandbox.close()
  folder.remove()
})

const start = async (): Promise<Headless> =>
  (host = await startHeadless([
    '--data-dir',
    folder.path,
    '--receiver-port',
    '0',
    '--host-port',
    '0',
    '--reserve-mb',
    '0',
  ]))

function runRestore(backup: string): { status: number | null; text: string } {
  const entry = new URL('../../main/headless.ts', import.meta.url).pathname
  const done = spawnSync(process.execPath, [entry, '--data-dir', folder.path, '--restore', backup], {
    encoding: 'utf8',
  })
  return { status: done.status, text: done.stdout + done.stderr }
}

async function send(running: Headless, key: string): Promise<number> {
  const record = { Id: `001${key}`, Name: `Company ${key}`, Description: 'x'.repeat(20_000) }
  const event = { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId: `001${key}`, record }
  return (await sendSalesforce(running.receiverUrl, sandbox.addresses.signingSecret, event)).status
}

const count = async (running: Headless): Promise<number> =>
  (await running.api<{ items: unknown[] }>('/events?limit=500')).items.length

it('brings a backup back by command, keeps what was there, and refuses while Patchbay runs', async () => {
  let running = await start()
  await furnishHost(running, sandbox.addresses)
  for (let index = 0; index < 5; index += 1) expect(await send(running, `a${index}`)).toBe(200)
  const backup = await running.api<BackupFile>('/storage/backups', { method: 'POST' })
  expect(existsSync(backup.file)).toBe(true)
  expect(await running.api<UpkeepResult>('/storage/check', { method: 'POST' })).toMatchObject({ ok: true })
  for (let index = 0; index < 3; index += 1) await send(running, `b${index}`)
  expect(runRestore(backup.file)).toMatchObject({
    status: 1,
    text: expect.stringContaining('already working') as string,
  })
  await running.stop()

  const restored = runRestore(backup.file)
  expect(restored).toMatchObject({ status: 0, text: expect.stringContaining('is kept') as string })
  expect(readdirSync(folder.path).some((name) => name.startsWith('patchbay.db.before-restore-'))).toBe(true)
  running = await start()
  expect(await count(running)).toBe(5)
  expect(await send(running, 'c')).toBe(200)
})

it('after a crash looks the file through beside the work, and stops taking in when it is damaged', async () => {
  let running = await start()
  await furnishHost(running, sandbox.addresses)
  for (let index = 0; index < 40; index += 1) await send(running, `a${index}`)
  await until('all is done', async () => (await running.api<Health>('/health')).queue.pending === 0)
  // A stop folds everything into the file; the crash comes after the next start.
  await running.stop()
  running = await start()
  await running.kill()
  const file = join(folder.path, 'patchbay.db')
  const handle = openSync(file, 'r+')
  const pages = Math.floor(statSync(file).size / 4_096)
  for (let page = Math.floor(pages / 2); page < pages - 10; page += 7)
    writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, page * 4_096)
  closeSync(handle)

  running = await start()
  const health = await until('the damage is found', async () => {
    const seen = await running.api<Health>('/health')
    return seen.state === 'down' ? seen : null
  })
  expect(health.sentence).toContain('damaged')
  expect(health.storage?.nextStep).toContain('--restore')
  expect(await send(running, 'z')).toBe(503)
})
