import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'
import { drained, effectOf, queueOf } from './effects.ts'
import { accountLetter, flood, type Letter } from './flood.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

/** `records` accounts with `versions` states each. A record keeps to one connection of the flood if their number divides `records`. */
function versionsOf(name: string, records: number, versions: number): Letter[] {
  return Array.from({ length: versions }, (_, version) =>
    Array.from({ length: records }, (__, record) => accountLetter(name, record, version)),
  ).flat()
}

const target = (): { receiverUrl: string; signingSecret: string } => ({
  receiverUrl: bridge.host.receiverUrl,
  signingSecret: bridge.sandbox.signingSecret,
})

async function expectCarriedOver(name: string, records: number, versions: number): Promise<void> {
  const effect = await effectOf(bridge.sandbox.connectwiseUrl, name)
  expect(effect.disorder).toEqual([])
  expect([...effect.created.values()].filter((times) => times !== 1)).toEqual([])
  expect(effect.created.size).toBe(records)
  expect([...effect.newest.values()].filter((version) => version !== versions - 1)).toEqual([])
  expect((await queueOf(bridge.host)).dead).toBe(0)
}

it('takes in everything while the other side is down, and carries it over in order once it is back', async () => {
  await bridge.break('connectwise', { kind: 'down' })
  const answer = await flood(target(), versionsOf('Outage', 400, 5))
  expect(answer.statuses).toEqual({ 200: 2_000 })
  await until('the connection is held', async () => {
    const { connections } = await bridge.host.api<{ connections: { id: string; state: string; waiting: number }[] }>(
      '/health',
    )
    const held = connections.find((one) => one.id === 'connectwise')
    return held?.state === 'down' && held.waiting === 400
  })
  const tried = await bridge.host.api<{ items: { attemptCount: number }[] }>('/deliveries?state=waiting&limit=500')
  expect(Math.max(...tried.items.map((one) => one.attemptCount))).toBeLessThan(5)
  await bridge.break('connectwise', null)
  // A technician who doesn't want to wait for the next probe.
  await bridge.host.api('/connections/connectwise/test', { method: 'POST' })
  await drained(bridge.host)
  await expectCarriedOver('Outage', 400, 5)
}, 180_000)

it('uses up no tries while the other side answers questions but takes no writes', async () => {
  await bridge.break('connectwise', { kind: 'server-error', writesOnly: true })
  expect((await flood(target(), versionsOf('Unwritten', 50, 1))).statuses).toEqual({ 200: 50 })
  // Probes that read well and then fail to write leave one hold that grows: it would begin anew each time it was opened.
  await until(
    'several probes have failed',
    async () => {
      const { connections } = await bridge.host.api<{
        connections: { id: string; since: number; heldUntil: number }[]
      }>('/health')
      const held = connections.find((one) => one.id === 'connectwise')
      return held !== undefined && held.heldUntil - held.since > 15_000
    },
    60_000,
  )
  const { items } = await bridge.host.api<{ items: { attemptCount: number }[] }>('/deliveries?state=waiting&limit=500')
  expect(items.length).toBeGreaterThan(3)
  expect((await queueOf(bridge.host)).dead).toBe(0)
  // Those of the three that closed it.
  expect(items.reduce((sum, one) => sum + one.attemptCount, 0)).toBeLessThanOrEqual(3)
  await bridge.break('connectwise', null)
  await bridge.host.api('/connections/connectwise/test', { method: 'POST' })
  await drained(bridge.host)
  await expectCarriedOver('Unwritten', 50, 1)
}, 180_000)

it('survives a side that comes and goes under traffic', async () => {
  const sending = flood(target(), versionsOf('Flapping', 96, 5), 8)
  for (let turn = 0; turn < 8; turn += 1) {
    await bridge.break('connectwise', turn % 2 === 0 ? { kind: 'down' } : null)
    await wait(250)
  }
  await bridge.break('connectwise', null)
  expect((await sending).statuses).toEqual({ 200: 480 })
  await drained(bridge.host)
  await expectCarriedOver('Flapping', 96, 5)
}, 180_000)

it('holds what it has while both sides are down, and needs nobody when they are back', async () => {
  await bridge.break('salesforce', { kind: 'down' })
  await bridge.break('connectwise', { kind: 'down' })
  expect((await flood(target(), versionsOf('Both', 48, 3), 4)).statuses).toEqual({ 200: 144 })
  await until(
    'the connection is held',
    async () => (await bridge.host.api<{ state: string }>('/health')).state === 'down',
  )
  await bridge.break('connectwise', null)
  await wait(1_500)
  expect((await effectOf(bridge.sandbox.connectwiseUrl, 'Both')).writes).toBe(0)
  await bridge.break('salesforce', null)
  await drained(bridge.host)
  await expectCarriedOver('Both', 48, 3)
}, 180_000)
