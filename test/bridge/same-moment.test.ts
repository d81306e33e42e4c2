import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterEach(async () => {
  for (const system of ['salesforce', 'connectwise'] as const) await bridge.break(system, null)
})
afterAll(() => bridge.close())

/** Each call takes long enough for the other event to come in and be tried meanwhile. */
const slow = { kind: 'slow', delayMs: 400, writesOnly: false }

const named = async (system: 'salesforce' | 'connectwise', entity: string, field: string, value: string) =>
  (await bridge.records(system, entity)).filter((one) => one[field] === value)

async function deliveriesOf(ids: readonly unknown[]): Promise<DeliverySummary[]> {
  const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?limit=500')
  return items.filter((one) => ids.includes(one.record.id))
}

async function posts(): Promise<number> {
  return (await bridge.calls('connectwise')).filter((call) => call['method'] === 'POST').length
}

describe('two new records with one natural key at the same moment', () => {
  it('make one record there: the second waits for the first, and its dead letter names both', async () => {
    const accounts = await bridge.records('salesforce', 'Account')
    const account = accounts.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
    const twin = { FirstName: 'Same', LastName: 'Moment', Email: 'same@moment.example.com', AccountId: account?.['Id'] }
    const before = await posts()
    await bridge.break('connectwise', slow)
    const made = await Promise.all([1, 2].map(() => bridge.create('salesforce', 'Contact', twin)))
    const ids = made.map((one) => one['Id'])
    const dead = await until('one of them is a dead letter', async () => {
      const rows = await deliveriesOf(ids)
      return rows.some((row) => row.state === 'delivered') ? rows.find((row) => row.state === 'dead') : undefined
    })
    expect((await posts()) - before).toBe(1)
    const contacts = (await bridge.records('connectwise', 'contact')).filter(
      (one) => one['firstName'] === 'Same' && one['lastName'] === 'Moment',
    )
    expect(contacts).toHaveLength(1)
    expect(dead.failure?.code).toBe('counterpart-taken')
    for (const name of [...ids, `${String(contacts[0]?.['id'])} "Same Moment"`])
      expect(dead.failure?.sentence).toContain(name)
    expect(dead.failure?.fix).toMatch(/replay/u)
  }, 60_000)

  it('one in each system, are joined, and nothing is made', async () => {
    const both = 'Both Sides At Once'
    const before = await posts()
    await Promise.all([bridge.break('connectwise', slow), bridge.break('salesforce', slow)])
    const made: Fields[] = await Promise.all([
      bridge.create('salesforce', 'Account', { Name: both }),
      bridge.create('connectwise', 'company', { identifier: 'BOTHSIDES', name: both, status: { id: 1 } }),
    ])
    const ids = made.map((one) => String(one['Id'] ?? one['id']))
    await until('both are carried over', async () => {
      const rows = await deliveriesOf(ids)
      const states = new Set(rows.filter((row) => row.state === 'delivered').map((row) => row.record.id))
      return states.size === 2
    })
    const [companies, accounts] = [
      await named('connectwise', 'company', 'name', both),
      await named('salesforce', 'Account', 'Name', both),
    ]
    expect([accounts.length, companies.length, (await posts()) - before]).toEqual([1, 1, 0])
    await bridge.change('salesforce', 'Account', ids[0] ?? '', { Website: 'https://joined.example.com' })
    await until('the two are in step', async () => {
      const company = await bridge.record('connectwise', 'company', ids[1] ?? '')
      return company['website'] === 'https://joined.example.com'
    })
  }, 60_000)
})
