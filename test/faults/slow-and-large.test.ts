import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'
import { drained, effectOf, queueOf } from './effects.ts'
import { accountLetter, flood, residentMb } from './flood.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

const target = (): { receiverUrl: string; signingSecret: string } => ({
  receiverUrl: bridge.host.receiverUrl,
  signingSecret: bridge.sandbox.signingSecret,
})

it('lets nobody wait behind a slow system: the other direction and the door go on as ever', async () => {
  await bridge.break('connectwise', { kind: 'slow', delayMs: 2_000, entity: 'company' })
  const letters = Array.from({ length: 64 }, (_, record) => accountLetter('Slow', record, 0))
  const answer = await flood(target(), letters)
  expect(answer.statuses).toEqual({ 200: 64 })
  expect(answer.slowestMs, 'the door waits for nobody').toBeLessThan(2_000)
  const ticket = (await bridge.records('connectwise', 'ticket')).find((one) => Boolean(one['externalXRef']))
  await bridge.change('connectwise', 'ticket', Number(ticket?.['id']), { summary: 'Not held up' }, 'callback')
  await until('the case has the new subject', async () => {
    const now = await bridge.record('salesforce', 'Case', String(ticket?.['externalXRef']))
    return now['Subject'] === 'Not held up'
  })
  const { pending, leased } = await queueOf(bridge.host)
  expect(pending + leased, 'deliveries still on their way to the slow side').toBeGreaterThan(16)
  await bridge.break('connectwise', null)
  await drained(bridge.host)
  const { created } = await effectOf(bridge.sandbox.connectwiseUrl, 'Slow')
  expect(created.size).toBe(64)
}, 120_000)

it('takes in a payload of 20 MB, shows it, and lets the small ones pass', async () => {
  const large = accountLetter('Large', 0, 0, { Description: 'x'.repeat(20 * 1024 * 1024) })
  const small = Array.from({ length: 50 }, (_, record) => accountLetter('Small', record, 0))
  const before = residentMb(bridge.host.child.pid)
  const [first, others] = await Promise.all([flood(target(), [large], 1), flood(target(), small, 4)])
  expect([first.statuses, others.statuses]).toEqual([{ 200: 1 }, { 200: 50 }])
  await drained(bridge.host)
  const [event] = await bridge.events(`&recordId=${large.recordId}`)
  expect(event?.size).toBeGreaterThan(20 * 1024 * 1024)
  const detail = await bridge.event(event?.id ?? 0)
  expect(['delivered', 'dead']).toContain(detail.state)
  expect(detail.note).toMatch(/\w/)
  expect(JSON.stringify(detail).length, 'size of what the window is given').toBeLessThan(2 * 1024 * 1024)
  expect((await effectOf(bridge.sandbox.connectwiseUrl, 'Small')).created.size).toBe(50)
  expect(residentMb(bridge.host.child.pid) - before, 'MB of memory').toBeLessThan(500)
}, 120_000)
