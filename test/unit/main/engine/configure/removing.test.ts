import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { loadRoutes, loadSources } from '#main/store/configuration.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import { connectionsTo, temporaryEngine } from '#test/support/engine.ts'
import { until } from '#test/support/until.ts'
import { sendSalesforce } from '#test/support/webhooks.ts'

const cw = 'cw' as ConnectionId
const webhook = 'salesforce' as SourceId
const signingSecret = 'whsec-1'

let sandbox: Sandbox
let engine: Engine
let close: () => Promise<void>
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  ;({ engine, close } = await temporaryEngine())
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  await engine.saveConnection(salesforce, { clientSecret: sandbox.addresses.salesforce.clientSecret }, 'ada')
  await engine.saveConnection(connectwise, { privateKey: sandbox.addresses.connectwise.privateKey }, 'ada')
})
afterEach(() => close())

/** What the relay has stored, seen from outside. */
async function stored<T>(look: (tx: Transaction) => T): Promise<T> {
  const store = new Store(engine.databaseFile)
  try {
    return store.read(look)
  } finally {
    await store.close()
  }
}

const secretOwners = () => stored((tx) => tx.all<{ owner: string }>('select owner from secrets'))
const states = () => stored((tx) => tx.all<{ state: string }>('select state from deliveries'))

async function writes(): Promise<unknown[]> {
  const answer = await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/calls`)
  return (await answer.json()) as unknown[]
}

const account = (Name: string) =>
  sendSalesforce(engine.receiverUrl, signingSecret, {
    eventId: Name,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId: '001000000000001AAA',
    systemModstamp: '2026-01-02T03:04:05.000Z',
    record: { Id: '001000000000001AAA', Name },
  })

it('a source that is removed takes nothing in any more, and its secrets are gone', async () => {
  const source = (await stored(loadSources)).find(({ id }) => id === webhook)
  if (source === undefined) throw new Error('no source was made ready')
  await engine.saveSource({ ...source, enabled: true }, { signingSecret }, 'ada')
  expect((await account('Acme')).status).toBe(200)
  expect(await secretOwners()).toContainEqual({ owner: `source:${webhook}` })
  expect(await engine.removeSource(webhook, 'ada')).toEqual({ ok: true, value: webhook })
  expect((await account('Acme again')).status).toBe(404)
  expect(await secretOwners()).not.toContainEqual({ owner: `source:${webhook}` })
  expect(engine.health().sources.map(({ id }) => id)).toEqual(['connectwise'])
})

it('a connection that is removed sends nothing any more, and its secrets are gone', async () => {
  const routes = await stored(loadRoutes)
  const route = routes.find(({ from, match }) => from === 'salesforce' && match.entity === 'Account')
  const source = (await stored(loadSources)).find(({ id }) => id === webhook)
  if (route === undefined || source === undefined) throw new Error('nothing was made ready')
  await engine.saveSource({ ...source, enabled: true }, { signingSecret }, 'ada')
  await engine.saveRoute({ ...route, enabled: true }, 'ada')
  await engine.pause({ scope: 'connection', id: cw }, 'Works', 'ada')
  const before = (await writes()).length
  await account('Held back')
  await until('a delivery waits for the connection', async () => (await states()).length === 1)

  for (const { id } of routes) await engine.configuring.removeRoute(id, true, 'ada')
  await engine.removeSource('connectwise' as SourceId, 'ada')
  expect(await engine.removeConnection(cw, false, 'ada')).toMatchObject({ ok: false, code: 'CONFLICT' })
  expect(await engine.removeConnection(cw, true, 'ada')).toEqual({ ok: true, value: 1 })
  expect(await states()).toEqual([{ state: 'cancelled' }])
  expect((await secretOwners()).map(({ owner }) => owner)).not.toContain('connection:cw')
  expect(engine.health()).toMatchObject({ pauses: [], connections: [{ id: 'sf' }] })
  expect(await engine.testConnection(cw)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  expect(await writes()).toHaveLength(before)
})
