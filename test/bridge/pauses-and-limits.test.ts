import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryDetail, DeliverySummary } from '#shared/domain/delivery.ts'
import type { Health } from '#shared/domain/health.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let account: Fields
beforeAll(async () => {
  bridge = await openBridge()
  const paired = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  if (paired === undefined) throw new Error('the sandbox has no paired account')
  account = paired
})
afterAll(() => bridge.close())
afterEach(() => bridge.settled(), 60_000)

let count = 0
/** A new name for an account, as Salesforce would send it. */
function renamed(name: string, recordId = String(account['Id'])): Promise<{ status: number }> {
  count += 1
  const systemModstamp = new Date(Date.now() + count * 1_000).toISOString()
  return bridge.send({
    eventId: `pause-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record: { Id: recordId, Name: name, SystemModstamp: systemModstamp },
  })
}

const pause = (target: { scope: string; id?: string }) =>
  bridge.host.api<{ underWay: number }>('/pauses', { method: 'PUT', body: { ...target, reason: 'Works in the rack' } })
const resume = (target: { scope: string; id?: string }) =>
  bridge.host.api('/pauses/clear', { method: 'POST', body: target })
const health = () => bridge.host.api<Health>('/health')
const connectwise = async () => (await health()).connections.find(({ id }) => id === 'connectwise')
const open = async (state: string) =>
  (await bridge.host.api<{ items: DeliverySummary[] }>(`/deliveries?limit=500&state=${state}`)).items
const writes = async () => (await bridge.calls('connectwise')).length
const companyName = async () => {
  const company = await bridge.record('connectwise', 'company', String(account['ConnectWise_Id__c']))
  return String(company['name'])
}

describe('a pause under load', () => {
  it.each([
    { target: { scope: 'everything' }, words: 'Everything is paused' },
    { target: { scope: 'connection', id: 'connectwise' }, words: 'The connection ConnectWise (sandbox) is paused' },
    {
      target: { scope: 'route', id: 'account-to-company' },
      words: 'The route Salesforce Account → ConnectWise company is paused',
    },
  ])(
    'lets no write arrive after its answer: $target.scope $target.id',
    async ({ target, words }) => {
      const accounts = (await bridge.records('salesforce', 'Account')).filter((one) => one['ConnectWise_Id__c'])
      const before = await writes()
      const sending = accounts.flatMap((one) =>
        ['A', 'B', 'C'].map((mark) =>
          renamed(`${target.scope} ${mark} ${String(one['Id']).slice(-5)}`, String(one['Id'])),
        ),
      )
      await until('writes arrive', async () => (await writes()) > before)
      const { underWay } = await pause(target)
      const atAnswer = await writes()
      expect((await Promise.all(sending)).every(({ status }) => status === 200)).toBe(true)
      expect(underWay).toBe(0)
      await until(
        'the rest waits',
        async () => (await open('leased')).length === 0 && (await bridge.events('&state=stored')).length === 0,
      )
      expect(await writes()).toBe(atAnswer)
      const waiting = [...(await open('pending')), ...(await open('waiting'))]
      expect(waiting.length).toBeGreaterThan(0)
      // Those that the pause met on their way; the others have not begun.
      for (const { note } of await open('waiting')) expect(note).toBe(`${words}: Works in the rack`)
      expect(waiting.every((one) => one.attemptCount === 0)).toBe(true)
      expect((await health()).pauses).toMatchObject([{ ...target, reason: 'Works in the rack', who: 'api' }])
      await resume(target)
      await bridge.settled()
      expect(await companyName()).toMatch(` C `)
      expect((await health()).pauses).toEqual([])
    },
    60_000,
  )

  it('of a source lets nothing go that it brought before, and all of it afterwards', async () => {
    const target = { scope: 'source', id: 'salesforce' }
    const accounts = (await bridge.records('salesforce', 'Account')).filter((one) => one['ConnectWise_Id__c'])
    const before = await writes()
    const sending = accounts.map((one) => renamed(`From the source ${String(one['Id']).slice(-5)}`, String(one['Id'])))
    await until('writes arrive', async () => (await writes()) > before)
    expect((await pause(target)).underWay).toBe(0)
    const atAnswer = await writes()
    await Promise.all(sending)
    await until(
      'the rest waits',
      async () => (await open('leased')).length === 0 && (await bridge.events('&state=stored')).length === 0,
    )
    expect(await writes()).toBe(atAnswer)
    const waiting = [...(await open('waiting')), ...(await open('pending'))]
    expect(waiting.length).toBeGreaterThan(0)
    expect(new Set(waiting.map((one) => one.note))).toEqual(
      new Set(['The source Salesforce events is paused: Works in the rack']),
    )
    expect(waiting.every((one) => one.attemptCount === 0)).toBe(true)
    await resume(target)
    await bridge.settled()
    expect(await writes()).toBeGreaterThanOrEqual(atAnswer + waiting.length)
  }, 60_000)

  it('says of the connection and of the whole that they are paused', async () => {
    await pause({ scope: 'connection', id: 'connectwise' })
    expect(await connectwise()).toMatchObject({ state: 'paused', reason: expect.stringContaining('rack') as unknown })
    await pause({ scope: 'everything' })
    expect(await health()).toMatchObject({ state: 'paused', sentence: expect.stringContaining('rack') as unknown })
    await resume({ scope: 'everything' })
    await resume({ scope: 'connection', id: 'connectwise' })
    expect((await connectwise())?.state).toBe('ok')
  })

  it('of a source asks its sender to come back, visibly', async () => {
    await pause({ scope: 'source', id: 'salesforce' })
    expect((await renamed('At a closed door')).status).toBe(503)
    const { items } = await bridge.host.api<{ items: { code: string; sentence: string }[] }>('/rejections')
    expect(items[0]).toMatchObject({ code: 'paused', sentence: expect.stringContaining('rack') as unknown })
    expect((await health()).sources.find(({ id }) => id === 'salesforce')?.state).toBe('paused')
    await resume({ scope: 'source', id: 'salesforce' })
    expect((await renamed('At an open door')).status).toBe(200)
  })
})

describe('a polled source', () => {
  it('rests while it is paused, and then reads what was queued meanwhile', async () => {
    const source = { scope: 'source', id: 'connectwise-sql' }
    const [ticket] = await bridge.records('connectwise', 'ticket')
    const id = Number(ticket?.['id'])
    const byQueue = async () => (await bridge.events(`&recordId=${id}`)).filter(({ via }) => via === 'queue').length
    await pause(source)
    const before = await byQueue()
    await bridge.change('connectwise', 'ticket', id, { summary: 'Queued meanwhile' }, 'queue')
    await renamed('While the poller rests')
    await until('the other way goes on', async () => (await companyName()) === 'While the poller rests')
    expect(await byQueue()).toBe(before)
    await resume(source)
    await until('the queue is read again', async () => (await byQueue()) === before + 1)
  }, 60_000)
})

describe('a connection that holds', () => {
  it('burns no attempt while the sign-in is refused, and goes on after a good test', async () => {
    await bridge.break('connectwise', { kind: 'unauthorized' })
    await renamed('Behind a refused sign-in')
    await until('the connection is held', async () => (await connectwise())?.reason?.includes('sign-in'))
    await renamed('Second behind it')
    await bridge.break('connectwise', null)
    expect((await open('waiting')).map(({ attemptCount }) => attemptCount)).toEqual([0])
    expect((await connectwise())?.heldUntil).toBeGreaterThan(Date.now())
    const { checks } = await bridge.host.api<{ checks: { ok: boolean }[] }>('/connections/connectwise/test', {
      method: 'POST',
    })
    expect(checks.every(({ ok }) => ok)).toBe(true)
    await bridge.settled()
    expect(await companyName()).toBe('Second behind it')
    expect((await connectwise())?.state).toBe('ok')
  }, 60_000)

  it('waits as long as it was asked to, then goes on by itself', async () => {
    await bridge.break('connectwise', { kind: 'rate-limit', retryAfter: 3, times: 1 })
    const before = Date.now()
    await renamed('After the limit')
    const held = await until('the connection is held', async () => {
      const one = await connectwise()
      return one?.heldUntil === null ? null : one
    })
    expect(held).toMatchObject({ state: 'degraded', reason: expect.stringContaining('limit') as unknown })
    expect(held.heldUntil).toBeGreaterThanOrEqual(before + 3_000)
    await bridge.settled()
    expect(Date.now()).toBeGreaterThanOrEqual(before + 3_000)
    expect(await companyName()).toBe('After the limit')
  }, 60_000)

  it('holds only what has to be read from it, and lets that go on by itself', async () => {
    const salesforce = async () => (await health()).connections.find(({ id }) => id === 'salesforce')
    const others = (await bridge.records('salesforce', 'Account')).filter((one) => one['Id'] !== account['Id'])
    await bridge.break('salesforce', { kind: 'unauthorized' })
    const thin = others.slice(0, 3).map(({ Id: recordId }, n) => {
      const change = { eventType: 'updated', objectApiName: 'Account', recordId, eventId: `thin-${n}` }
      return bridge.send(change)
    })
    expect((await Promise.all(thin)).map(({ status }) => status)).toEqual([200, 200, 200])
    await until('the connection is held', async () => (await salesforce())?.heldUntil)
    const waiting = await until('what is to be read waits', async () => {
      const found = await open('waiting')
      return found.length === 3 && found
    })
    expect(waiting.map(({ attemptCount }) => attemptCount)).toEqual([0, 0, 0])
    const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=delivered&limit=500')
    const carried = items.find(({ record }) => record.id === account['Id'])
    const { deliveryIds } = await bridge.host.api<{ deliveryIds: number[] }>('/replays', {
      method: 'POST',
      body: { deliveryIds: [carried?.id], mode: 'as-received' },
    })
    await until('a replay of values as they came has ended', async () => {
      const { state } = await bridge.host.api<DeliveryDetail>(`/deliveries/${deliveryIds[0]}`)
      return state === 'delivered'
    })
    await bridge.break('salesforce', null)
    await bridge.host.api('/connections/salesforce/test', { method: 'POST' })
    await bridge.settled()
  }, 60_000)

  it('parks what a spent quota stops and uses up no try', async () => {
    await bridge.break('connectwise', { kind: 'quota' })
    await renamed('Behind a spent quota')
    const waiting = await until('it waits', async () => (await open('waiting'))[0])
    expect(waiting).toMatchObject({ attemptCount: 0, failure: { class: 'limited' } })
    expect(waiting.availableAt).toBeGreaterThan(Date.now() + 30_000)
    await bridge.break('connectwise', null)
    await bridge.host.api('/connections/connectwise/test', { method: 'POST' })
    await bridge.settled()
    expect(await companyName()).toBe('Behind a spent quota')
  }, 60_000)
})

describe('a contact whose company is not there', () => {
  it('waits for it, and is carried over after a sweep has fetched the company that nobody saved', async () => {
    await bridge.break('connectwise', { kind: 'validation', entity: 'company', message: 'Not yet.', times: 1 })
    const parent = await bridge.create('salesforce', 'Account', { Name: 'Nobody Saved Me' })
    const parentId = String(parent['Id'])
    await until('the first try at the company has failed', async () => {
      const [event] = await bridge.events(`&recordId=${parentId}`)
      return event?.state === 'dead'
    })
    const child = await bridge.create('salesforce', 'Contact', {
      FirstName: 'Ada',
      LastName: 'Orphan',
      AccountId: parentId,
    })
    const waiting = await until('the contact waits', async () => (await open('waiting'))[0])
    expect(waiting).toMatchObject({
      attemptCount: 0,
      record: { id: child['Id'] },
      failure: { class: 'dependency' },
      note: expect.stringContaining(parentId) as unknown,
    })
    const swept = await until(
      'the company is asked for',
      async () => (await bridge.events(`&recordId=${parentId}`)).find((one) => one.via === 'sweep'),
      40_000,
    )
    expect(swept).toMatchObject({ action: 'touched', entity: 'Account' })
    await until('the contact is there', async () => {
      const detail = await bridge.host.api<DeliveryDetail>(`/deliveries/${waiting.id}`)
      return detail.state === 'delivered' && detail.result === 'created'
    })
    const sweeps = (await bridge.events(`&recordId=${parentId}`)).filter((one) => one.via === 'sweep')
    expect(sweeps).toHaveLength(1)
  }, 90_000)
})
