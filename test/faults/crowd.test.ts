import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from '#shared/contract/page.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { drained, effectOf, queueOf } from './effects.ts'
import { carryOverBusyRecord } from './busy-record.ts'
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

async function setCoalescing(coalesce: boolean): Promise<void> {
  const routes = await bridge.host.api<Route[]>('/routes')
  const route = routes.find((one) => one.id === 'account-to-company')
  await bridge.host.api('/routes', { method: 'PUT', body: { ...route, coalesce } })
}

/** All events of a record, newest first. */
async function eventsOf(recordId: string): Promise<EventSummary[]> {
  const found: EventSummary[] = []
  let after = ''
  do {
    const page: Page<EventSummary> = await bridge.host.api(`/events?limit=500&recordId=${recordId}${after}`)
    found.push(...page.items)
    after = page.next === null ? '' : `&after=${page.next}`
  } while (after !== '')
  return found
}

it('takes arrays of a hundred events from many senders at once, each event for itself', async () => {
  const arrays = Array.from({ length: 10 }, (_, body) =>
    Array.from({ length: 100 }, (__, item) => accountLetter('Burst', body * 100 + item, 0)),
  )
  const answer = await flood(target(), arrays, 10)
  expect(answer.statuses).toEqual({ 200: 10 })
  await drained(bridge.host)
  const { created } = await effectOf(bridge.sandbox.connectwiseUrl, 'Burst')
  expect(created.size).toBe(1_000)
  expect([...created.values()].every((times) => times === 1)).toBe(true)
}, 180_000)

it('stores a storm of redeliveries once, and counts every reception', async () => {
  const letters = Array.from({ length: 50 }, (_, record) => accountLetter('Storm', record, 0))
  const storm = Array.from({ length: 20 }, () => letters).flat()
  expect((await flood(target(), storm, 16)).statuses).toEqual({ 200: 1_000 })
  await drained(bridge.host)
  const { created, writes } = await effectOf(bridge.sandbox.connectwiseUrl, 'Storm')
  expect([created.size, writes]).toEqual([50, 50])
  const [first] = letters
  const events = await eventsOf(first?.recordId ?? '')
  expect(events.map((event) => [event.state, event.duplicates])).toEqual([['delivered', 19]])
}, 120_000)

it('carries hundreds of changes of one record over in order, and holds up nobody else meanwhile', async () => {
  const { left, ...done } = await carryOverBusyRecord(bridge, 400)
  expect(left, 'changes of the busy record that were still to come').toBeGreaterThan(0)
  expect(done).toEqual({ disorder: [], writes: 400, newest: 399, created: 1, dead: 0 })
}, 180_000)

it('lets the newest of ten thousand changes of one record stand for all, in flat memory', async () => {
  await setCoalescing(true)
  await flood(target(), [accountLetter('Newest', 0, 0)], 1)
  await drained(bridge.host)
  await bridge.break('connectwise', { kind: 'down' })
  const arrays = Array.from({ length: 100 }, (_, body) =>
    Array.from({ length: 100 }, (__, item) => accountLetter('Newest', 0, 1 + body * 100 + item)),
  )
  const before = residentMb(bridge.host.child.pid)
  expect((await flood(target(), arrays, 1)).statuses).toEqual({ 200: 100 })
  await bridge.break('connectwise', null)
  await drained(bridge.host)
  const grown = residentMb(bridge.host.child.pid) - before
  const { newest, writes, disorder } = await effectOf(bridge.sandbox.connectwiseUrl, 'Newest')
  expect(disorder).toEqual([])
  expect(newest.get(0)).toBe(10_000)
  expect(writes).toBeLessThan(10)
  expect(grown, 'MB of memory').toBeLessThan(200)
  const events = await eventsOf(accountLetter('Newest', 0, 0).recordId)
  expect(events).toHaveLength(10_001)
  expect(events.filter((event) => event.state === 'skipped' && event.note?.includes('newer') !== true)).toEqual([])
  expect((await queueOf(bridge.host)).dead).toBe(0)
  await setCoalescing(false)
}, 180_000)
