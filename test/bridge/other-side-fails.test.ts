import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'
import { salesforceIdOf } from '#test/crash/systems.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

let count = 0
function renamed(recordId: string, name: string): unknown {
  count += 1
  const systemModstamp = new Date(Date.now() + count * 1_000).toISOString()
  return {
    eventId: `fail-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record: { Id: recordId, Name: name, SystemModstamp: systemModstamp },
  }
}

async function nameWrites(): Promise<unknown[]> {
  const calls = await bridge.calls('connectwise')
  return calls.filter((one) => JSON.stringify(one['body']).includes('Order '))
}

it('lets events wait while the other side is down and sends them in order when it is back', async () => {
  const account = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  const id = String(account?.['Id'])
  await bridge.break('connectwise', { kind: 'down' })
  for (let n = 1; n <= 5; n += 1) expect((await bridge.send(renamed(id, `Order ${n}`))).status).toBe(200)
  await until('the connection is held', async () => {
    const { connections } = await bridge.host.api<{ connections: { id: string; state: string }[] }>('/health')
    return connections.find((one) => one.id === 'connectwise')?.state === 'down'
  })
  expect(await nameWrites()).toEqual([])
  await bridge.break('connectwise', null)
  await bridge.settled()
  const names = (await nameWrites()).map((one) => /Order \d/.exec(JSON.stringify(one))?.[0])
  expect(names).toEqual(['Order 1', 'Order 2', 'Order 3', 'Order 4', 'Order 5'])
}, 60_000)

it('makes a permanent error a dead letter in plain words, and a replay succeeds once the cause is gone', async () => {
  const account = (await bridge.records('salesforce', 'Account')).findLast(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  const id = String(account?.['Id'])
  await bridge.break('connectwise', { kind: 'validation', field: 'name' })
  await bridge.send(renamed(id, 'Refused Name'))
  const dead = await until('the delivery is dead', async () => {
    const { items } = await bridge.host.api<{
      items: { id: number; eventId: number; failure: { sentence: string; field?: string; fix?: string } }[]
    }>('/deliveries?state=dead')
    return items[0]
  })
  expect(dead.failure.sentence).toMatch(/ConnectWise/)
  expect(dead.failure.field).toBe('name')
  expect(dead.failure.fix).toMatch(/\w/)
  await bridge.break('connectwise', null)
  const receipt = await bridge.host.api<{ deliveryIds: number[] }>('/replays', {
    method: 'POST',
    body: { deliveryIds: [dead.id] },
  })
  expect(receipt.deliveryIds).toHaveLength(1)
  await until('the replay is delivered', async () => (await bridge.event(dead.eventId)).state === 'delivered')
  const company = await bridge.record('connectwise', 'company', String(account?.['ConnectWise_Id__c']))
  expect(company['name']).toBe('Refused Name')
})

it('looks before it tries again when an answer never came: the company is made once', async () => {
  await bridge.break('connectwise', { kind: 'timeout-after-write', times: 1 })
  const created = await bridge.create('salesforce', 'Account', { Name: 'Made Only Once' })
  await until(
    'the event has ended',
    async () => {
      const events = await bridge.events(`&recordId=${String(created['Id'])}`)
      return events.some((one) => one.state === 'delivered')
    },
    60_000,
  )
  const twins = (await bridge.records('connectwise', 'company')).filter((one) => one['name'] === 'Made Only Once')
  expect(twins).toHaveLength(1)
}, 90_000)

it('takes what it wrote without an answer for its own, also when the next try was refused: no change of a person is taken back', async () => {
  const [ticket] = (await bridge.records('connectwise', 'ticket')).filter((one) => salesforceIdOf(one) !== null)
  const id = String(ticket?.['id'])
  const summaries = async () => {
    const { summary } = await bridge.record('connectwise', 'ticket', id)
    const { Subject } = await bridge.record('salesforce', 'Case', salesforceIdOf(ticket ?? {}) ?? '')
    return [summary, Subject]
  }
  await bridge.change('connectwise', 'ticket', id, { summary: 'Printer smokes' })
  await until('it is carried over', async () => (await summaries())[1] === 'Printer smokes')
  await bridge.settled()

  await bridge.break('salesforce', { kind: 'timeout-after-write', times: 1, writesOnly: true })
  await bridge.change('connectwise', 'ticket', id, { summary: 'Printer burns' })
  await until('it is written, and nobody knows', async () => (await summaries())[1] === 'Printer burns')
  await bridge.change('connectwise', 'ticket', id, { summary: 'Office burns' })
  await bridge.break('salesforce', { kind: 'server-error', times: 1, writesOnly: true })
  await until('it is carried over', async () => (await summaries())[1] === 'Office burns', 90_000)
  await bridge.settled()
  expect(await summaries()).toEqual(['Office burns', 'Office burns'])
}, 180_000)
