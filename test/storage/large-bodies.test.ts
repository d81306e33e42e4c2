import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandboxThread } from '#main/sandbox/sandbox-thread.ts'
import type { Health } from '#shared/domain/health.ts'
import { furnishHost } from '#test/support/furnish.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

const mebibyte = 1024 * 1024
const bodyBytes = 20 * mebibyte

const folder = temporaryFolder()
let sandbox: Sandbox
let host: Headless
beforeAll(async () => {
  sandbox = await startSandboxThread({ seed: 7 })
  host = await startHeadless([
    '--data-dir',
    folder.path,
    '--receiver-port',
    '0',
    '--host-port',
    '0',
    '--reserve-mb',
    '0',
  ])
  await furnishHost(host, sandbox.addresses)
})
afterAll(async () => {
  await host.stop()
  await sandbox.close()
  folder.remove()
})

/** A figure of the host's memory as Linux keeps it, in MiB: `VmRSS` now, `VmHWM` the highest so far. */
function memory(figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${host.child.pid}/status`, 'utf8')
  return Number(new RegExp(`${figure}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024
}

function large(key: string): unknown {
  const record = { Id: `001${key}`, Name: `Large ${key}`, Description: 'x'.repeat(bodyBytes) }
  return { eventId: key, eventType: 'updated', objectApiName: 'Account', recordId: `001${key}`, record }
}

it('takes ten bodies of 20 MB at once, and keeps none of them in memory', async (context) => {
  if (process.platform !== 'linux') return context.skip('memory is read from /proc')
  const send = (key: string, event: unknown) =>
    sendSalesforce(host.receiverUrl, sandbox.addresses.signingSecret, event).then(({ status }) => ({ key, status }))
  await send('warm', {
    eventId: 'w',
    eventType: 'updated',
    objectApiName: 'Account',
    recordId: '001W',
    record: { Id: '001W', Name: 'W' },
  })
  const before = memory('VmRSS')
  const highs: number[] = []
  for (const round of [1, 2, 3]) {
    const keys = Array.from({ length: 10 }, (_, index) => `large${round}0${index}`)
    const answers = await Promise.all(keys.map((key) => send(key, large(key))))
    expect(answers.map((one) => one.status)).toEqual(keys.map(() => 200))
    await settled()
    highs.push(Math.round(memory('VmHWM') - before))
  }
  const { items } = await host.api<{ items: { size: number; state: string }[] }>('/events?limit=50')
  expect(items.filter((one) => one.size > bodyBytes)).toHaveLength(30)
  const [first = 0, , last = 0] = highs
  expect(first).toBeLessThan(850)
  // What one round left behind would add up.
  expect(last - first).toBeLessThan(200)
})

function settled(): Promise<unknown> {
  return until(
    'all has ended',
    async () => {
      const { queue } = await host.api<Health>('/health')
      return queue.pending + queue.waiting + queue.leased === 0
    },
    120_000,
  )
}
