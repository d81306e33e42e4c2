import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

let folder: ReturnType<typeof temporaryFolder>
let receiver: Receiver
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = temporaryFolder()
  receiver = await startReceiver()
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  await receiver.close()
  folder.remove()
})

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function startProcess(more: readonly string[]): Promise<{ child: ChildProcess; addresses: SandboxAddresses }> {
  const program = join(import.meta.dirname, '../../../../main/sandbox/main.ts')
  const options = ['--json', '--file', join(folder.path, 'world.db'), ...more]
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, addresses: JSON.parse(line) as SandboxAddresses }
}

async function records(url: string): Promise<{ Name?: string }[]> {
  return (await (await fetch(url)).json()) as { Name?: string }[]
}

test('a killed sandbox comes back with its records, its ports and the events it still owes', async () => {
  const first = await startProcess([])
  const url = `${first.addresses.salesforceUrl}/sandbox/records/Account`
  await fetch(url, { method: 'POST', body: JSON.stringify({ Name: 'Survivor' }) })
  const before = await records(url)
  await kill(first.child)

  const second = await startProcess(['--receiver', receiver.url])
  expect(second.addresses).toEqual(first.addresses)
  expect(await records(url)).toEqual(before)
  const event = await receiver.next((webhook) => webhook.body['Name'] === 'Survivor')
  expect(event.path).toBe('/hooks/salesforce')

  const gone = once(second.child, 'exit')
  second.child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
})

test('the same seed makes the same world, another one another', async () => {
  const worlds: unknown[] = []
  for (const seed of [3, 3, 4]) {
    const sandbox = await startSandboxThread({ seed })
    worlds.push(await records(`${sandbox.addresses.salesforceUrl}/sandbox/records/Contact`))
    await sandbox.close()
  }
  expect(worlds[0]).toEqual(worlds[1])
  expect(worlds[0]).not.toEqual(worlds[2])
})

test('people at work change records at both sides, in a thread of its own', async () => {
  const sandbox = await startSandboxThread({ file: join(folder.path, 'thread.db') })
  await sandbox.announceTo(receiver.url)
  await sandbox.setTraffic(6_000)
  await receiver.next((webhook) => webhook.path === '/hooks/salesforce')
  await receiver.next((webhook) => webhook.path.startsWith('/hooks/connectwise'))
  await sandbox.setTraffic(0)
  await sandbox.close()
  await expect(sandbox.setTraffic(1)).rejects.toThrow('ended')
})
