import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { hookdeckSignature } from '#test/support/webhooks.ts'
import { firstJson } from './child.ts'
import type { Figure } from './figure.ts'
import { percentiles } from './load.ts'

interface Call {
  readonly at: string | number
  readonly method: string
  readonly body: { name?: string } | null
}

/**
 * From the moment a webhook is sent to the moment the simulated ConnectWise has the new company, at a steady rate.
 *
 * The simulated systems run in a process of their own; both clocks are this machine's.
 */
export async function measureEndToEnd(perMinute: number, seconds: number): Promise<Figure[]> {
  const folder = temporaryFolder()
  const sandbox = await firstJson<SandboxAddresses>('../../main/sandbox/main.ts', ['--json', '--seed', '7'])
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  await furnishHost(host, sandbox.value)
  const total = Math.round((perMinute / 60) * seconds)
  const sentAt = await sendSteadily(host, sandbox.value.signingSecret, total, 60_000 / perMinute)
  await until('all deliveries have ended', () => isIdle(host), 300_000)
  const calls = (await (await fetch(`${sandbox.value.connectwiseUrl}/sandbox/calls`)).json()) as Call[]
  sandbox.child.kill()
  await host.stop()
  folder.remove()
  return describe(perMinute, sentAt, calls)
}

async function sendSteadily(
  host: Headless,
  secret: string,
  total: number,
  everyMs: number,
): Promise<Map<string, number>> {
  const pool = new Pool(host.receiverUrl, { connections: 32 })
  const sentAt = new Map<string, number>()
  const started = performance.now()
  const pending: Promise<void>[] = []
  for (let count = 0; count < total; count += 1) {
    const due = started + count * everyMs
    if (due > performance.now()) await wait(due - performance.now())
    pending.push(sendOne(pool, secret, count, sentAt))
  }
  await Promise.all(pending)
  await pool.close()
  return sentAt
}

async function sendOne(pool: Pool, secret: string, count: number, sentAt: Map<string, number>): Promise<void> {
  const name = `Bench Company ${count}`
  const recordId = `001bench${String(count).padStart(7, '0')}`
  const systemModstamp = new Date().toISOString()
  const record = { Id: recordId, Name: name, Phone: '+1 312 555 0100', SystemModstamp: systemModstamp }
  const body = JSON.stringify({
    eventId: `e-${count}`,
    eventType: 'created',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record,
  })
  sentAt.set(name, Date.now())
  const answer = await pool.request({
    path: '/hooks/salesforce',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hookdeck-signature': hookdeckSignature(secret, body) },
    body,
  })
  await answer.body.dump()
  if (answer.statusCode !== 200) throw new Error(`event ${count} was answered ${answer.statusCode}`)
}

async function isIdle(host: Headless): Promise<boolean> {
  const { queue } = await host.api<{ queue: Record<'pending' | 'leased' | 'waiting', number> }>('/health')
  const { items } = await host.api<{ items: unknown[] }>('/events?state=stored&limit=1')
  return queue.pending + queue.leased + queue.waiting === 0 && items.length === 0
}

function describe(perMinute: number, sentAt: ReadonlyMap<string, number>, calls: readonly Call[]): Figure[] {
  const creates = calls.filter((call) => call.method === 'POST' && sentAt.has(call.body?.name ?? ''))
  const arrived = new Set(creates.map((call) => call.body?.name))
  const times = creates.map((call) => new Date(call.at).getTime() - (sentAt.get(call.body?.name ?? '') ?? 0))
  const { p50, p99 } = percentiles(times)
  const label = `end to end at ${perMinute.toLocaleString('en')}/min`
  const bound = perMinute > 10_000 ? 500 : 100
  const lost = sentAt.size - arrived.size
  return [
    { name: `${label}, lost`, value: lost, unit: '', bar: '= 0', holds: lost === 0 },
    {
      name: `${label}, doubled`,
      value: creates.length - arrived.size,
      unit: '',
      bar: '= 0',
      holds: creates.length === arrived.size,
    },
    { name: `${label}, p50`, value: p50, unit: 'ms' },
    { name: `${label}, p99`, value: p99, unit: 'ms', bar: `< ${bound}`, holds: p99 < bound },
  ]
}
