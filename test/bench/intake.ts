import { once } from 'node:events'
import { startHeadless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { firstJson } from './child.ts'
import type { Figure } from './figure.ts'
import type { LoadOptions, LoadResult } from './load.ts'

const secret = 'bench-secret'
const connections = 64

/** Intake with every event on disk before its answer, against bare Express that stores nothing: same work, same load, by turns. */
export async function measureIntake(requests: number, rounds: number): Promise<Figure[]> {
  const folder = temporaryFolder()
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  const bare = await firstJson<{ port: number }>('./bare-express.ts', [secret])
  await addSource(host)
  const ours: LoadResult[] = []
  const theirs: LoadResult[] = []
  let from = 0
  const run = async (url: string): Promise<LoadResult> => {
    const options: LoadOptions = { url, path: '/hooks/salesforce', requests, connections, secret, from }
    from += requests
    const { value, child } = await firstJson<LoadResult>('./load-process.ts', [JSON.stringify(options)])
    if (child.exitCode === null) await once(child, 'exit')
    return value
  }
  for (let round = 0; round <= rounds; round += 1) {
    const [bareResult, ourResult] = [await run(`http://127.0.0.1:${bare.value.port}`), await run(host.receiverUrl)]
    if (round === 0) continue // warms both up
    theirs.push(bareResult)
    ours.push(ourResult)
  }
  const stored = await host.api<{ sources: { id: string; events: number }[] }>('/health')
  const expected = requests * (rounds + 1)
  const kept = stored.sources.find((one) => one.id === 'salesforce')?.events ?? 0
  bare.child.kill()
  await host.stop()
  folder.remove()
  return [
    { name: 'intake, bare Express', value: median(theirs.map((one) => one.perSecond)), unit: '/s' },
    { name: 'intake, power-safe', value: median(ours.map((one) => one.perSecond)), unit: '/s' },
    {
      name: 'intake ratio to bare Express',
      value: median(ours.map((one, index) => one.perSecond / (theirs[index]?.perSecond ?? Number.NaN))),
      unit: 'x',
      bar: '>= 1.0',
      holds: median(ours.map((one, index) => one.perSecond / (theirs[index]?.perSecond ?? Number.NaN))) >= 1,
    },
    { name: 'intake p50, bare Express', value: median(theirs.map((one) => one.p50)), unit: 'ms' },
    { name: 'intake p99, bare Express', value: median(theirs.map((one) => one.p99)), unit: 'ms' },
    { name: 'intake p50, power-safe', value: median(ours.map((one) => one.p50)), unit: 'ms' },
    { name: 'intake p99, power-safe', value: median(ours.map((one) => one.p99)), unit: 'ms' },
    { name: 'events missing after intake', value: expected - kept, unit: '', bar: '= 0', holds: kept === expected },
    {
      name: 'refused during intake',
      value: sum(ours.map((one) => one.refused)),
      unit: '',
      bar: '= 0',
      holds: sum(ours.map((one) => one.refused)) === 0,
    },
  ]
}

async function addSource(host: Awaited<ReturnType<typeof startHeadless>>): Promise<void> {
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
