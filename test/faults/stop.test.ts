import { afterEach, expect, it } from 'vitest'
import type { Fault } from '#main/sandbox/sandbox-types.ts'
import { until } from '#test/support/until.ts'
import { drained, effectOf, queueOf } from './effects.ts'
import { accountLetter, flood } from './flood.ts'
import { openSite, type Site } from './site.ts'

let site: Site
afterEach(() => site.close())

const records = 40

/** Ways to hang: already the question whether the record is there gets no answer, or the write takes effect and its answer never comes. */
const hanging: readonly Fault[] = [
  { kind: 'slow', delayMs: 15_000, entity: 'company' },
  { kind: 'timeout-after-write', entity: 'company' },
]

it.each(hanging)(
  'stops although ConnectWise hangs ($kind), and loses and doubles nothing',
  async (fault) => {
    site = await openSite({ timeoutMs: 120_000 })
    const { connectwiseUrl, signingSecret } = site.sandbox.addresses
    await site.sandbox.setFault('connectwise', fault)
    const letters = Array.from({ length: records }, (_, record) => accountLetter('Stop', record, 0))
    const target = { receiverUrl: site.host.receiverUrl, signingSecret }
    expect((await flood(target, letters)).statuses).toEqual({ 200: records })
    const { leased } = await until('calls are under way', async () => {
      const queue = await queueOf(site.host)
      return queue.leased >= 8 ? queue : null
    })
    const stopping = performance.now()
    // What takes longer than its bound ends with an exit code of 1.
    expect(await site.host.stop()).toBe(0)
    process.stdout.write(
      `${fault.kind}: stopped in ${Math.round(performance.now() - stopping)} ms, ${leased} under way\n`,
    )
    expect(site.host.log(), 'what it logged').toBe('')
    await site.sandbox.setFault('connectwise', null)
    site.host = await site.start()
    await drained(site.host)
    const { created } = await effectOf(connectwiseUrl, 'Stop')
    expect(created.size).toBe(records)
    expect([...created.values()].filter((times) => times !== 1)).toEqual([])
    expect((await queueOf(site.host)).dead).toBe(0)
  },
  120_000,
)
