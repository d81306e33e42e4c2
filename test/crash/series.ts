import Database from 'better-sqlite3'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault, Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import { migrate, migrations } from '#main/store/migrate.ts'
import { furnishHost } from '#test/support/furnish.ts'
import type { Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { doubledRecords, lostOrDoubledEvents, notArrived, wrongOrder } from './findings.ts'
import { killPoints, type KillPlan, type KillPoint } from './kill-points.ts'
import { People } from './people.ts'
import { randomFrom, type Random } from './random.ts'
import { Senders } from './senders.ts'
import type { SpareHosts } from './spare.ts'
import { reach, type Systems } from './systems.ts'

export interface SeriesOptions {
  readonly rounds: number
  /** Decides on where each round dies and what is broken meanwhile. Traffic comes from seeds too, but its timing can't be repeated. */
  readonly seed: number
  readonly spares: SpareHosts
}

/** One kill: where it was meant to strike, whether it did, and what was found to be broken afterwards. */
export interface Round {
  readonly point: KillPoint
  readonly struck: boolean
  readonly broken: string[]
}

export interface SeriesReport {
  readonly rounds: readonly Round[]
  readonly acknowledged: number
  readonly repeated: number
}

/** For this long after its start a host may work before it is killed even if it did not come to its point (ms). */
const patienceMs = 1_500
/** For some of what is open to end once the systems are whole again (ms). */
const settleMs = 45_000

/**
 * Kills a host round after round in one world of its own, under traffic in both directions and with faults in both systems.
 *
 * After each kill: is every acknowledged event in the journal, once, and no record there twice? At the end, with the systems whole
 * again: has everything ended and arrived, and was no record ever taken back to an older state?
 */
export async function crashSeries({ rounds, seed, spares }: SeriesOptions): Promise<SeriesReport> {
  const folder = temporaryFolder()
  const random = randomFrom(seed)
  const sandbox = await startSandboxThread({ seed: 7 })
  const world = new World(folder.path, sandbox, spares, await freePorts(), seed)
  try {
    const done: Round[] = []
    const plans = makePlans(random)
    if (rounds > 0) done.push(await world.killInMigration(random))
    await world.furnish()
    await world.startTraffic()
    while (done.length < rounds) {
      await breakSomething(sandbox, random)
      done.push(await world.kill(plans.next().value))
    }
    const broken = await world.finish()
    done.at(-1)?.broken.push(...broken)
    return { rounds: done, acknowledged: world.senders.acknowledged, repeated: world.senders.repeated }
  } finally {
    await world.close()
    await sandbox.close()
    folder.remove()
  }
}

/** A data folder, the systems around it, and whoever works in them. */
class World {
  readonly senders: Senders
  readonly #people: People
  readonly #systems: Systems
  readonly #file: string
  readonly #args: readonly string[]
  readonly #sandbox: Sandbox
  readonly #spares: SpareHosts
  readonly #receiverUrl: string
  #whole: Headless | null = null

  constructor(folder: string, sandbox: Sandbox, spares: SpareHosts, ports: Ports, seed: number) {
    this.#file = join(folder, 'patchbay.db')
    this.#args = [
      ...['--data-dir', folder],
      ...['--receiver-port', String(ports.receiver)],
      ...['--host-port', String(ports.host)],
      ...['--reserve-mb', '0'],
    ]
    this.#sandbox = sandbox
    this.#spares = spares
    this.#systems = reach(sandbox.addresses)
    this.#receiverUrl = `http://127.0.0.1:${ports.receiver}`
    const { signingSecret } = sandbox.addresses
    this.senders = new Senders({ receiverUrl: this.#receiverUrl, signingSecret, seed: seed + 1 })
    this.#people = new People(this.#systems, seed + 2)
    mkdirSync(folder, { recursive: true })
  }

  /** Leaves a database of an earlier shape, or none, and kills the host that is bringing it up to date. */
  async killInMigration(random: Random): Promise<Round> {
    const from = random.between(0, migrations.length - 1)
    if (from > 0) {
      const db = new Database(this.#file)
      migrate(db, null, migrations.slice(0, from))
      db.close()
    }
    const host = this.#spares.start(this.#args, { point: 'migrate', count: 1, delayMs: random.between(0, 40) })
    const ready = await host.ready
    host.kill()
    await host.gone
    return { point: 'migrate', struck: ready === null, broken: [] }
  }

  /** Connects both systems, as a technician would, with retries that fit into a test. */
  async furnish(): Promise<void> {
    const host = await this.#startWhole()
    await furnishHost(host, this.#sandbox.addresses, { timeoutMs: 1_000, sql: true })
    for (const route of await host.api<Record<string, unknown>[]>('/routes')) {
      const retry = { maxAttempts: 100, maxAgeMs: 3_600_000, baseMs: 50, capMs: 400 }
      await host.api('/routes', { method: 'PUT', body: { ...route, retry } })
    }
    await host.kill()
  }

  async startTraffic(): Promise<void> {
    await this.#sandbox.announceTo(this.#receiverUrl)
    this.senders.start()
    await this.#people.start()
  }

  async kill(plan: KillPlan): Promise<Round> {
    const host = this.#spares.start(this.#args, plan)
    const ready = await host.ready
    // What the last kill left behind, and what this host has taken in since.
    const broken = ready === null ? [] : lostOrDoubledEvents(this.#file, [...this.senders.accounts.values()])
    let struck = ready === null
    if (ready !== null) {
      // A connection that is held would keep the host from getting anywhere; that it dies in the middle of this is to be expected.
      release(ready).catch(() => {})
      const late = wait(plan.point === 'any moment' ? plan.delayMs : patienceMs).then(() => false)
      struck = await Promise.race([host.gone.then(() => true), late])
    }
    host.kill()
    await host.gone
    if (plan.point === 'any moment') struck = true
    if (plan.point === 'checkpoint') struck &&= isInsideCheckpoint(`${this.#file}-shm`)
    return { point: plan.point, struck, broken: [...broken, ...(await doubledRecords(this.#systems))] }
  }

  /** Heals everything, waits until it has come to rest, and looks for broken promises. */
  async finish(): Promise<string[]> {
    for (const system of ['salesforce', 'connectwise'] as const) await this.#sandbox.setFault(system, null)
    const host = await this.#startWhole()
    await release(host)
    await Promise.all([this.senders.stop(), this.#people.stop()])
    const accounts = [...this.senders.accounts.values()]
    const look = (): Promise<string[]> => notArrived(this.#systems, accounts, this.#people.expected)
    const unsettled = await this.#settled(host, look).catch(async (thrown: unknown) => [
      String(thrown),
      ...(await whatStands(host)),
      ...(await explain(host, await look())),
    ])
    return [
      ...unsettled,
      ...lostOrDoubledEvents(this.#file, accounts),
      ...(await doubledRecords(this.#systems)),
      ...(await wrongOrder(this.#systems)),
    ]
  }

  /** Waits for the end of everything, as long as it comes nearer: a slow machine is no broken promise. */
  async #settled(host: Headless, look: () => Promise<string[]>): Promise<string[]> {
    const isDone = async () => (await countOpen(host)) === 0 && (await look()).length === 0 && []
    for (let left = Infinity; ;) {
      try {
        return await until('everything has ended and arrived', isDone, settleMs)
      } catch (thrown) {
        const now = await countOpen(host)
        if (now >= left || now === 0) throw thrown
        left = now
      }
    }
  }

  async close(): Promise<void> {
    await this.#whole?.kill()
  }

  async #startWhole(): Promise<Headless> {
    const host = await this.#spares.start(this.#args, null).ready
    if (host === null) throw new Error('a host died that nobody killed')
    this.#whole = host
    return host
  }
}

/** All points in a random order, then again in another; so that none is left out by chance. Migration has its own round. */
function* makePlans(random: Random): Generator<KillPlan, never> {
  for (;;) {
    const points: KillPoint[] = killPoints.filter((point) => point !== 'migrate')
    while (points.length > 0) {
      const [point] = points.splice(random.between(0, points.length - 1), 1)
      if (point !== undefined) yield makePlan(point, random)
    }
  }
}

function makePlan(point: KillPoint, random: Random): KillPlan {
  const isStart = point === 'start'
  const delayMs = point === 'checkpoint' ? random.between(0, 150) / 100 : random.between(0, isStart ? 60 : 500)
  return { point, count: point === 'checkpoint' ? random.between(20, 40) : random.between(1, 4), delayMs }
}

/** Faults that pass. None delays a write: one that hangs in the net across a restart would overtake the next, and no sender can help it. */
const faults: readonly Fault[] = [
  { kind: 'timeout-after-write', times: 2 },
  { kind: 'server-error', times: 2 },
  { kind: 'lock', times: 2 },
  { kind: 'down', times: 2 },
  { kind: 'rate-limit', times: 1, retryAfter: 1 },
]

async function breakSomething(sandbox: Sandbox, random: Random): Promise<void> {
  for (const system of ['salesforce', 'connectwise'] as const) {
    await sandbox.setFault(system, random.between(0, 2) > 0 ? null : random.pick(faults))
  }
}

/**
 * Was a checkpoint under way? SQLite keeps in the shared index how many frames are about to be copied back, and how many were
 * (https://www.sqlite.org/walformat.html, "nBackfill" at 96 and "nBackfillAttempted" at 128).
 */
function isInsideCheckpoint(sharedIndex: string): boolean {
  const index = readFileSync(sharedIndex)
  return index.readUInt32LE(128) > index.readUInt32LE(96)
}

/** Lets connections that are held probe at once, as a technician would who knows that the other side is back. */
async function release(host: Headless): Promise<void> {
  const { connections } = await host.api<{ connections: { id: string; heldUntil: number | null }[] }>('/health')
  for (const { id, heldUntil } of connections)
    if (heldUntil !== null) await host.api(`/connections/${id}/test`, { method: 'POST' })
}

/** Deliveries that have not ended, and one more while an event is not routed. */
async function countOpen(host: Headless): Promise<number> {
  const { queue } = await host.api<{ queue: Record<'pending' | 'leased' | 'waiting', number> }>('/health')
  const stored = await host.api<{ items: unknown[] }>('/events?state=stored&limit=1')
  return queue.pending + queue.leased + queue.waiting + stored.items.length
}

/** Adds to each finding the newest events of the record it names. */
function explain(host: Headless, findings: readonly string[]): Promise<string[]> {
  return Promise.all(
    findings.map(async (text) => {
      const id = / of (?:ticket )?(\w+) /.exec(text)?.[1] ?? ''
      const { items } = await host.api<{ items: Record<string, unknown>[] }>(`/events?recordId=${id}&limit=4`)
      const told = items.map(
        (one) => `${String(one['id'])} by ${String(one['via'])} ${String(one['state'])}: ${String(one['note'])}`,
      )
      return `${text} (newest events: ${told.join('; ')})`
    }),
  )
}

/** What did not end, or not well, in the host's own words. */
async function whatStands(host: Headless): Promise<string[]> {
  const states = ['pending', 'leased', 'waiting', 'parked', 'dead']
  const lists = await Promise.all(
    states.map((state) => host.api<{ items: Record<string, unknown>[] }>(`/deliveries?state=${state}&limit=5`)),
  )
  return lists.flatMap(({ items }) =>
    items.map(
      (item) =>
        `delivery ${String(item['id'])} ${JSON.stringify(item['record'])} is ${String(item['state'])}: ${String(item['note'])}`,
    ),
  )
}

interface Ports {
  readonly receiver: number
  readonly host: number
}

async function freePorts(): Promise<Ports> {
  return { receiver: await freePort(), host: await freePort() }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
