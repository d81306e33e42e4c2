import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { firstJson } from '#test/bench/child.ts'
import { percentiles } from '#test/bench/load.ts'
import { drained, effectOf, queueOf, type FloodEffect } from '#test/faults/effects.ts'
import { accountLetter, postLetter, residentMb } from '#test/faults/flood.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

export interface SoakOptions {
  readonly seconds: number
  readonly perSecond: number
  /** How long ConnectWise is down, beginning after a third of the time; 0: not at all. */
  readonly outageSeconds: number
  readonly say: (line: string) => void
  /** Ten seconds, unless the run is short. */
  readonly sampleEveryMs?: number
}

/** How the host stood at one moment. */
export interface Sample {
  /** Seconds since the start. */
  readonly at: number
  readonly memoryMb: number
  readonly handles: number
  readonly databaseBytes: number
  readonly events: number
  readonly waiting: number
  /** 99th percentile of the time to an answer since the sample before (ms). */
  readonly answerP99: number
}

export interface SoakReport {
  readonly samples: readonly Sample[]
  readonly sent: number
  readonly refused: number
  readonly dead: number
  readonly records: number
  readonly effect: FloodEffect
  readonly hasOutage: boolean
}

const sampleEveryMs = 10_000
/** Events of one record before a new one is begun. */
const versions = 2

/** Lets a host work under steady traffic, the simulated systems in a process of their own, and looks at it every ten seconds. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const folder = temporaryFolder()
  // A day's worth of API calls goes by in half an hour.
  const allowance = ['--calls-a-day', '10000000']
  const sandbox = await firstJson<SandboxAddresses>('../../main/sandbox/main.ts', [
    '--json',
    '--seed',
    '7',
    ...allowance,
  ])
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  try {
    await furnishHost(host, sandbox.value)
    const traffic = new SteadyTraffic(host, sandbox.value.signingSecret, options.perSecond)
    const samples: Sample[] = []
    const started = performance.now()
    const isOver = (): boolean => performance.now() - started > options.seconds * 1_000
    const sending = traffic.run(isOver)
    const outage = haveOutage(sandbox.value.connectwiseUrl, options)
    while (!isOver()) {
      await wait(options.sampleEveryMs ?? sampleEveryMs)
      const sample = await look(host, folder.path, traffic, (performance.now() - started) / 1_000)
      samples.push(sample)
      options.say(describe(sample))
    }
    await Promise.all([sending, outage])
    await drained(host, 3_600_000)
    options.say(`everything had ended ${Math.round((performance.now() - started) / 1_000 - options.seconds)} s later`)
    samples.push(await look(host, folder.path, traffic, (performance.now() - started) / 1_000))
    const effect = await effectOf(sandbox.value.connectwiseUrl, 'Soak')
    const { dead } = await queueOf(host)
    const { sent, refused } = traffic
    return {
      samples,
      sent,
      refused,
      dead,
      records: traffic.records.size,
      effect,
      hasOutage: options.outageSeconds > 0,
    }
  } finally {
    sandbox.child.kill()
    await host.stop()
    folder.remove()
  }
}

async function haveOutage(connectwiseUrl: string, { seconds, outageSeconds }: SoakOptions): Promise<void> {
  if (outageSeconds === 0) return
  const fault = (kind: string | null): Promise<Response> =>
    fetch(`${connectwiseUrl}/sandbox/faults`, { method: 'POST', body: JSON.stringify({ kind }) })
  await wait((seconds * 1_000) / 3)
  await fault('down')
  await wait(outageSeconds * 1_000)
  await fault(null)
}

/** Sends at a steady rate, whatever the answers take; notes how long they took. */
class SteadyTraffic {
  sent = 0
  refused = 0
  /** Numbers of the records that events were sent of. */
  readonly records = new Set<number>()
  readonly #pool: Pool
  readonly #secret: string
  readonly #perSecond: number
  #times: number[] = []

  constructor(host: Headless, secret: string, perSecond: number) {
    this.#pool = new Pool(host.receiverUrl, { connections: 64 })
    this.#secret = secret
    this.#perSecond = perSecond
  }

  async run(isOver: () => boolean): Promise<void> {
    const started = performance.now()
    const underWay = new Set<Promise<void>>()
    while (!isOver()) {
      const due = started + (this.sent / this.#perSecond) * 1_000
      if (due > performance.now()) await wait(due - performance.now())
      const one = this.#send(this.sent++).finally(() => underWay.delete(one))
      underWay.add(one)
    }
    await Promise.all(underWay)
    await this.#pool.close()
  }

  takeTimes(): number[] {
    const times = this.#times
    this.#times = []
    return times
  }

  /** The versions of a record are ten seconds of traffic apart, so that no sender overtakes itself. */
  async #send(count: number): Promise<void> {
    const block = this.#perSecond * 10
    const inBlock = count % (block * versions)
    const record = Math.floor(count / (block * versions)) * block + (inBlock % block)
    this.records.add(record)
    const letter = accountLetter('Soak', record, Math.floor(inBlock / block))
    const started = performance.now()
    const status = await postLetter(this.#pool, this.#secret, letter).catch(() => 0)
    this.#times.push(performance.now() - started)
    if (status !== 200) this.refused += 1
  }
}

async function look(host: Headless, folder: string, traffic: SteadyTraffic, at: number): Promise<Sample> {
  const { pending, waiting } = await queueOf(host)
  // As a console does, so that the thread that reads for it counts too.
  await host.api('/events?limit=100')
  const { pid } = host.child
  return {
    at,
    memoryMb: residentMb(pid),
    handles: readdirSync(`/proc/${pid}/fd`).length,
    databaseBytes: bytesBelow(folder),
    events: traffic.sent,
    waiting: pending + waiting,
    answerP99: percentiles(traffic.takeTimes()).p99,
  }
}

/** Bytes of the database and its log, wherever in the data folder they are. */
function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.db(-wal)?$/.test(name))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

function describe(sample: Sample): string {
  const { at, memoryMb, handles, databaseBytes, events, waiting, answerP99 } = sample
  const perEvent = Math.round(databaseBytes / Math.max(1, events))
  return [
    `${Math.round(at)} s`,
    `${memoryMb.toFixed(0)} MB`,
    `${handles} handles`,
    `${perEvent} bytes an event`,
    `${waiting} waiting`,
    `answered in ${answerP99.toFixed(1)} ms (p99)`,
  ].join('   ')
}
