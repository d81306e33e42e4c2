import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { randomFrom, type Random } from '#test/crash/random.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { followHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'
import { buildLibrary, cutPower, keepingCopies } from './power-cut.ts'

const secret = 'power-cut-signing-secret'
const scratch = temporaryFolder()
const library = buildLibrary(scratch.path)
afterAll(() => scratch.remove())

/** A data folder on a disk whose power can be cut. */
class Machine {
  readonly #folder: string
  readonly #entry: string
  readonly #library: string
  /** Records whose event was acknowledged. */
  readonly acknowledged: string[] = []
  /** Runs in which the log was folded into the file before the cut. */
  folded = 0

  constructor(name: string, entry: string, library: string) {
    this.#folder = join(scratch.path, name)
    this.#entry = new URL(entry, import.meta.url).pathname
    this.#library = library
    mkdirSync(this.#folder)
  }

  get file(): string {
    return join(this.#folder, 'patchbay.db')
  }

  get #copies(): string {
    return join(this.#folder, 'copies')
  }

  /** Sets the host up and stops it in good order, so that all of it is on the disk. */
  async setUp(configure: (host: Headless) => Promise<void>): Promise<void> {
    const host = await this.#start()
    await configure(host)
    await host.stop()
  }

  /** Starts the host, has it do something, and cuts the power right after. */
  async cutAfter<T>(work: (host: Headless) => Promise<T>): Promise<T> {
    const host = await this.#start()
    const done = await work(host)
    await host.kill()
    cutPower(this.file, this.#copies, null)
    return done
  }

  /** Starts the host, sends until `count` further events are acknowledged, ends it in the middle of the next, and cuts the power. */
  async runUntilCut(count: number, random: Random | null): Promise<void> {
    const host = await this.#start()
    const size = statSync(this.file).size
    const enough = this.acknowledged.length + count
    let number = this.acknowledged.length
    const send = async (): Promise<void> => {
      while (this.acknowledged.length < enough) {
        number += 1
        const recordId = `001power${String(number).padStart(10, '0')}`
        const answer = await sendSalesforce(host.receiverUrl, secret, eventOf(recordId), { eventId: `evt_${number}` })
        if (answer.status === 200) this.acknowledged.push(recordId)
      }
    }
    const senders = Promise.all(Array.from({ length: 4 }, () => send().catch(() => {})))
    while (this.acknowledged.length < enough - 2) await wait(1)
    await host.kill()
    await senders
    if (statSync(this.file).size > size) this.folded += 1
    cutPower(this.file, this.#copies, random)
  }

  /** Acknowledged events that are not in the database any more. */
  missing(): string[] {
    return this.read((db) => {
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      const there = new Set(db.prepare('select record_id from events').pluck().all())
      return this.acknowledged.filter((recordId) => !there.has(recordId))
    })
  }

  /** Looks at what the cut has left. */
  read<T>(look: (db: Database.Database) => T): T {
    const db = new Database(this.file)
    try {
      return look(db)
    } finally {
      db.close()
    }
  }

  #start(): Promise<Headless> {
    const args = [
      '--json',
      '--no-open',
      '--data-dir',
      this.#folder,
      '--receiver-port',
      '0',
      '--host-port',
      '0',
      '--reserve-mb',
      '0',
    ]
    const env = { ...process.env, ...keepingCopies(this.#library, this.file, this.#copies) }
    return followHeadless(spawn(process.execPath, [this.#entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env }))
  }
}

/** Events are taken in and stored; without a route that is all. */
async function addSource(host: Headless): Promise<void> {
  const settings = { loginUrl: 'http://127.0.0.1:9', clientId: 'nobody' }
  const connection = { id: 'salesforce', kind: 'salesforce', name: 'Salesforce', settings }
  await host.api('/connections', { method: 'PUT', body: { connection, secrets: { clientSecret: 'nothing' } } })
  const source = {
    id: 'salesforce',
    kind: 'salesforce-webhook',
    name: 'Salesforce',
    settings: { connectionId: 'salesforce' },
  }
  await host.api('/sources', { method: 'PUT', body: { source, secrets: { signingSecret: secret } } })
}

/** Large enough that the log is folded into the file now and then. */
function eventOf(recordId: string): unknown {
  const record = { Id: recordId, Name: recordId, Description: 'x'.repeat(250_000) }
  return { eventType: 'updated', objectApiName: 'Account', recordId, record }
}

describe('a power cut', () => {
  it('takes no acknowledged event, whatever part of the unsynced writes it leaves', async ({ skip }) => {
    if ('reason' in library) return skip(library.reason)
    const machine = new Machine('careful', '../../main/headless.ts', library.file)
    await machine.setUp(addSource)
    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = randomFrom(seed)
    for (let cut = 0; cut < 4; cut += 1) {
      await machine.runUntilCut(80, cut % 2 === 0 ? null : random)
      expect(machine.missing(), `seed ${seed}, cut ${cut}`).toEqual([])
    }
    expect(machine.folded, 'runs that folded the log into the file').toBeGreaterThan(0)
  }, 120_000)

  it('takes no outcome that was shown', async ({ skip }) => {
    if ('reason' in library) return skip(library.reason)
    const sandbox = await startSandboxThread({ seed: 7 })
    const machine = new Machine('outcomes', '../../main/headless.ts', library.file)
    await machine.setUp((host) => furnishHost(host, sandbox.addresses))
    const { signingSecret } = sandbox.addresses
    const delivered = await machine.cutAfter(async (host) => {
      for (const id of ['001outcome00001', '001outcome00002', '001outcome00003'])
        await sendSalesforce(host.receiverUrl, signingSecret, eventOf(id), { eventId: id })
      return until('all are delivered', async () => {
        const { items } = await host.api<{ items: { id: number }[] }>('/deliveries?state=delivered')
        return items.length === 3 && items.map(({ id }) => id)
      })
    })
    const left = machine.read((db) => db.prepare(`select id from deliveries where state = 'delivered'`).pluck().all())
    expect(left).toEqual(expect.arrayContaining(delivered))
    await sandbox.close()
  }, 60_000)

  it('takes acknowledged events where commits do not wait for the disk', async ({ skip }) => {
    if ('reason' in library) return skip(library.reason)
    const machine = new Machine('careless', './careless-host.ts', library.file)
    await machine.setUp(addSource)
    await machine.runUntilCut(40, null)
    expect(machine.missing().length).toBeGreaterThan(0)
  }, 60_000)
})
