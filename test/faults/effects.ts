import type { Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

/** The deliveries by where they stand; `open` are those that have not ended. */
export interface QueueCounts {
  readonly pending: number
  readonly leased: number
  readonly waiting: number
  readonly parked: number
  readonly dead: number
}

export async function queueOf(host: Pick<Bridge['host'], 'api'>): Promise<QueueCounts> {
  return (await host.api<{ queue: QueueCounts }>('/health')).queue
}

/** Resolves once every stored event was routed and nothing is on its way. */
export async function drained(host: Pick<Bridge['host'], 'api'>, withinMs = 120_000): Promise<void> {
  await until(
    'nothing is on its way',
    async () => {
      const { pending, leased, waiting } = await queueOf(host)
      const stored = await host.api<{ items: unknown[] }>('/events?state=stored&limit=1')
      return pending + leased + waiting + stored.items.length === 0
    },
    withinMs,
  )
}

/** One write that the simulated ConnectWise carried out, as far as it set a company's name. */
interface NameWrite {
  readonly method: string
  readonly id: string
  readonly name: string
}

/** What a flood did at the other side. */
export interface FloodEffect {
  /** Companies created for the flood, by the record's number. */
  readonly created: ReadonlyMap<number, number>
  /** Sentences about records whose versions were written out of order. */
  readonly disorder: readonly string[]
  /** The newest version that was written, by the record's number. */
  readonly newest: ReadonlyMap<number, number>
  /** Writes that were carried out. */
  readonly writes: number
}

/** Reads from the calls that the simulated ConnectWise received what a flood of `accountLetter`s led to. */
export async function effectOf(connectwiseUrl: string, flood: string): Promise<FloodEffect> {
  const calls = (await (await fetch(`${connectwiseUrl}/sandbox/calls`)).json()) as Record<string, unknown>[]
  const created = new Map<number, number>()
  const newest = new Map<number, number>()
  const disorder: string[] = []
  let writes = 0
  for (const { method, name } of calls.flatMap(nameWrite)) {
    const found = new RegExp(`^${flood} (\\d+) v(\\d+)$`).exec(name)
    if (found === null) continue
    const [record, version] = [Number(found[1]), Number(found[2])]
    writes += 1
    if (method === 'POST') created.set(record, (created.get(record) ?? 0) + 1)
    const before = newest.get(record) ?? -1
    if (version <= before) disorder.push(`${flood} ${record}: v${version} was written after v${before}`)
    newest.set(record, Math.max(before, version))
  }
  return { created, disorder, newest, writes }
}

/** A call that took effect: answered with success, or carried out although its answer was held back. */
function nameWrite(call: Record<string, unknown>): NameWrite[] {
  const { method, body, status, fault, id } = call
  const tookEffect = fault === 'timeout-after-write' || (typeof status === 'number' && status < 300)
  const name = method === 'POST' ? nameIn(body) : Array.isArray(body) ? nameOperation(body) : null
  return tookEffect && name !== null ? [{ method: String(method), id: String(id), name }] : []
}

function nameIn(body: unknown): string | null {
  const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : null
  return typeof name === 'string' ? name : null
}

function nameOperation(operations: readonly unknown[]): string | null {
  for (const one of operations as Record<string, unknown>[]) {
    if (one['path'] === '/name' || one['path'] === 'name') return typeof one['value'] === 'string' ? one['value'] : null
  }
  return null
}
