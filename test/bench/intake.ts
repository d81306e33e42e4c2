import { once } from 'node:events'
import type { Headless } from '#test/support/headless.ts'
import { atLeast, none, type Measured, type NotMeasured } from './figure.ts'
import type { Ground } from './ground.ts'
import type { LoadOptions, LoadResult } from './load.ts'
import { startNodeRed } from './node-red.ts'
import { definePart, type Part } from './part.ts'

const secret = 'bench-secret'
const connections = 64

/**
 * Intake with every event on disk before its answer, against bare Express that verifies, parses and stores nothing, and
 * Node-RED that parses and stores nothing: same load, by turns.
 */
export function intakePart(isQuick: boolean): Part {
  const requests = isQuick ? 5_000 : 20_000
  const rounds = isQuick ? 1 : 5
  return definePart({
    about: `intake, ${requests.toLocaleString('en')} webhooks in each of ${rounds + 1} rounds, the first to warm up`,
    aims: {
      bare: { name: 'intake, bare Express', unit: '/s' },
      nodeRed: { name: 'intake, Node-RED', unit: '/s' },
      ours: { name: 'intake, power-safe', unit: '/s' },
      ratio: { name: 'intake, ratio to bare Express', unit: 'x', bar: atLeast(1) },
      nodeRedRatio: { name: 'intake, ratio to Node-RED', unit: 'x', bar: atLeast(2) },
      bareP99: { name: 'intake, bare Express p99', unit: 'ms' },
      nodeRedP99: { name: 'intake, Node-RED p99', unit: 'ms' },
      p50: { name: 'intake, power-safe p50', unit: 'ms' },
      p99: { name: 'intake, power-safe p99', unit: 'ms' },
      missing: { name: 'intake, events missing afterwards', unit: '', bar: none },
      refused: { name: 'intake, refused', unit: '', bar: none },
    },
    measure: (ground) => measureIntake(ground, requests, rounds),
  })
}

async function measureIntake(ground: Ground, requests: number, rounds: number) {
  const host = await ground.host()
  await addSource(host)
  const bare = await ground.script<{ port: number }>('./bare-express.ts', [secret])
  const nodeRed = await startNodeRed(ground)
  const results: Record<'bare' | 'nodeRed' | 'ours', LoadResult[]> = { bare: [], nodeRed: [], ours: [] }
  let from = 0
  const run = async (url: string): Promise<LoadResult> => {
    const options: LoadOptions = { url, path: '/hooks/salesforce', requests, connections, secret, from }
    from += requests
    const { value, child } = await ground.script<LoadResult>('./load-process.ts', [JSON.stringify(options)])
    if (child.exitCode === null) await once(child, 'exit')
    return value
  }
  for (let round = 0; round <= rounds; round += 1) {
    ground.say(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    results.bare.push(await run(`http://127.0.0.1:${bare.value.port}`))
    if ('url' in nodeRed) results.nodeRed.push(await run(nodeRed.url))
    results.ours.push(await run(host.receiverUrl))
  }
  const expected = requests * (rounds + 1)
  const { sources } = await host.api<{ sources: { id: string; events: number }[] }>('/health')
  const kept = sources.find((one) => one.id === 'salesforce')?.events ?? 0
  return {
    ...compare(results, nodeRed),
    missing: expected - kept,
    refused: results.ours.reduce((sum, one) => sum + one.refused, 0),
  }
}

/** Medians over the rounds; ratios are those of each round, as what disturbs a machine disturbs neighbours alike. */
function compare(all: Record<'bare' | 'nodeRed' | 'ours', LoadResult[]>, nodeRed: { url: string } | NotMeasured) {
  const [bare, red, ours] = [all.bare.slice(1), all.nodeRed.slice(1), all.ours.slice(1)]
  if ([...bare, ...red].some((one) => one.refused > 0)) throw new Error('what intake is compared with refused requests')
  const ratioTo = (others: readonly LoadResult[]): number =>
    median(ours.map((one, round) => one.perSecond / (others[round]?.perSecond ?? Number.NaN)))
  const ofNodeRed = (value: () => number): Measured => ('reason' in nodeRed ? nodeRed : value())
  return {
    bare: median(bare.map((one) => one.perSecond)),
    nodeRed: ofNodeRed(() => median(red.map((one) => one.perSecond))),
    ours: median(ours.map((one) => one.perSecond)),
    ratio: ratioTo(bare),
    nodeRedRatio: ofNodeRed(() => ratioTo(red)),
    bareP99: median(bare.map((one) => one.p99)),
    nodeRedP99: ofNodeRed(() => median(red.map((one) => one.p99))),
    p50: median(ours.map((one) => one.p50)),
    p99: median(ours.map((one) => one.p99)),
  }
}

async function addSource(host: Headless): Promise<void> {
  const connection = {
    id: 'salesforce',
    kind: 'salesforce',
    name: 'Salesforce',
    settings: { loginUrl: 'http://127.0.0.1:9', clientId: 'none' },
  }
  await host.api('/connections', { method: 'PUT', body: { connection, secrets: { clientSecret: 'none' } } })
  const source = {
    id: 'salesforce',
    kind: 'salesforce-webhook',
    name: 'Salesforce',
    settings: { connectionId: 'salesforce', maxPerSecond: 100_000 },
  }
  await host.api('/sources', { method: 'PUT', body: { source, secrets: { signingSecret: secret } } })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
