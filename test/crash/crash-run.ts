import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'
import { findBroken, type Sent } from './findings.ts'
import { randomFrom, type Random } from './random.ts'

export interface CrashOptions {
  readonly rounds: number
  readonly seed: number
  readonly say: (line: string) => void
}

/** What the run showed; `broken` holds a sentence for each promise that did not hold. */
export interface CrashReport {
  readonly kills: number
  readonly acknowledged: number
  readonly duplicatesSent: number
  readonly broken: readonly string[]
}

/**
 * Kills a working host at random moments and looks whether anything was lost or done twice.
 *
 * Senders go on all the while and note what was acknowledged; the simulated systems live outside the host and keep count of the
 * writes they received. Now and then a write takes effect without an answer, the hardest case for "exactly once".
 */
export async function crashRun({ rounds, seed, say }: CrashOptions): Promise<CrashReport> {
  const random = randomFrom(seed)
  const folder = temporaryFolder()
  const sandbox = await startSandboxThread({ seed: 7 })
  const ports = { receiver: await freePort(), host: await freePort() }
  const start = (): Promise<Headless> =>
    startHeadless([
      '--data-dir',
      folder.path,
      '--receiver-port',
      String(ports.receiver),
      '--host-port',
      String(ports.host),
    ])
  let host = await start()
  await furnishHost(host, sandbox.addresses, { timeoutMs: 1_000 })
  const traffic = new Senders(sandbox, host.receiverUrl, random)
  traffic.start()
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await breakSomething(sandbox, random)
      await wait(random.between(20, 900))
      await host.kill()
      host = await start()
      say(`round ${round}: killed and back, ${traffic.acknowledged.size} events acknowledged so far`)
    }
    await traffic.stop()
    await sandbox.setFault('connectwise', null)
    await until('everything has ended', () => hasEnded(host), 120_000)
    const broken = await findBroken(host, sandbox.addresses, traffic.acknowledged)
    return { kills: rounds, acknowledged: traffic.acknowledged.size, duplicatesSent: traffic.repeated, broken }
  } finally {
    await traffic.stop()
    await host.stop()
    await sandbox.close()
    folder.remove()
  }
}

async function breakSomething(sandbox: Sandbox, random: Random): Promise<void> {
  const dice = random.between(0, 5)
  if (dice === 0) await sandbox.setFault('connectwise', { kind: 'timeout-after-write', times: 2 })
  else if (dice === 1) await sandbox.setFault('connectwise', { kind: 'server-error', times: 5 })
  else if (dice === 2) await sandbox.setFault('connectwise', { kind: 'lock', times: 3 })
  else await sandbox.setFault('connectwise', null)
}

async function hasEnded(host: Headless): Promise<boolean> {
  const { queue } = await host.api<{ queue: Record<'pending' | 'leased' | 'waiting', number> }>('/health')
  const stored = await host.api<{ items: unknown[] }>('/events?state=stored&limit=1')
  return queue.pending + queue.leased + queue.waiting === 0 && stored.items.length === 0
}

/**
 * Several senders that never stop: new accounts, changes of them, and now and then the same event once more.
 *
 * Each sends the changes of its own accounts one after the other, as a system does, so that their order means something.
 */
class Senders {
  readonly acknowledged = new Map<string, Sent>()
  repeated = 0
  readonly #sandbox: Sandbox
  readonly #url: string
  readonly #random: Random
  #running = true
  #done: Promise<unknown> = Promise.resolve()
  #count = 0

  constructor(sandbox: Sandbox, url: string, random: Random) {
    this.#sandbox = sandbox
    this.#url = url
    this.#random = random
  }

  start(): void {
    this.#done = Promise.all(Array.from({ length: 4 }, () => this.#loop([])))
  }

  async stop(): Promise<void> {
    this.#running = false
    await this.#done
  }

  async #loop(own: Sent[]): Promise<void> {
    while (this.#running) {
      await this.#sendOne(own).catch(() => wait(30))
      await wait(this.#random.between(1, 12))
    }
  }

  async #sendOne(own: Sent[]): Promise<void> {
    const change = own.length > 0 && this.#random.between(0, 2) === 0
    const sent = change ? nextVersion(this.#random.pick(own), ++this.#count) : newAccount(++this.#count)
    const { signingSecret } = this.#sandbox.addresses
    const answer = await sendSalesforce(this.#url, signingSecret, sent.body, { eventId: sent.eventId })
    if (answer.status !== 200) return
    this.acknowledged.set(sent.eventId, sent)
    own.push(sent)
    if (this.#random.between(0, 9) > 0) return
    this.repeated += 1
    await sendSalesforce(this.#url, signingSecret, sent.body, { eventId: sent.eventId })
  }
}

function newAccount(count: number): Sent {
  return accountEvent(count, `001crash${String(count).padStart(7, '0')}`, `Crash Test ${count}`)
}

function nextVersion(before: Sent, count: number): Sent {
  return accountEvent(count, before.recordId, `${before.name.split(' v')[0] ?? ''} v${count}`)
}

/** A full payload, so that the event does not depend on what the simulated Salesforce holds. */
function accountEvent(count: number, recordId: string, name: string): Sent {
  const systemModstamp = new Date(Date.now() + count).toISOString()
  const record = { Id: recordId, Name: name, Phone: '+1 312 555 0100', SystemModstamp: systemModstamp }
  const body = {
    eventId: `crash-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record,
  }
  return { eventId: `evt_crash_${count}`, recordId, name, order: count, body }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
