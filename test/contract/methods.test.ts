import { ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunningHost } from '#main/host/loopback.ts'
import { saveRoute } from '#main/store/configuration.ts'
import type { Contract } from '#shared/contract/contract.ts'
import type { ConnectionId, DeliveryId, EventId, SourceId } from '#shared/domain/ids.ts'
import { accountRoute, accounts, connectwise, sqlQueue, webhook } from './documents.ts'
import { insertAttempt, insertDelivery, insertEvent, refusal } from './rows.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, transports, type LogLine } from './transports.ts'

const nowhere = 999_999

/** The refusal that a call ended with. */
async function refused(
  call: Promise<unknown>,
): Promise<{ code: string; status: number; message: string; data: unknown }> {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof ORPCError)) throw new Error(`not refused in the contract's way: ${String(thrown)}`)
  return { code: String(thrown.code), status: thrown.status, message: thrown.message, data: thrown.data as unknown }
}

describe.each(transports)('the contract over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let host: RunningHost
  let log: LogLine[]
  let call: ContractRouterClient<Contract>
  let hangUp: () => void

  beforeEach(async () => {
    workspaces = new TestWorkspaces()
    log = []
    host = await openHost(workspaces, log)
    const { call: opened, client } = connect(host)
    call = opened
    hangUp = () => client?.close()
  })

  afterEach(async () => {
    hangUp()
    await host.close()
    await workspaces.close()
  })

  const add = (count: number) =>
    workspaces.live.store.write((tx) => Array.from({ length: count }, () => insertEvent(tx)))
  const addDead = () =>
    workspaces.live.store.write((tx) => {
      const eventId = insertEvent(tx, { state: 'dead', title: 'Acme' })
      const deliveryId = insertDelivery(tx, eventId, { failure: refusal })
      insertAttempt(tx, deliveryId)
      return { eventId, deliveryId }
    })

  it('tells of the database, saves its limits, makes a backup and checks it', async () => {
    const { settings, ...report } = await call.storage.get()
    expect(report).toMatchObject({ state: 'ok', backups: [], databaseFile: workspaces.live.databaseFile })
    const changed = { ...settings, retentionDays: 90 }
    expect(await call.storage.save(changed)).toEqual(changed)
    expect(await refused(call.storage.save({ ...settings, retentionDays: 1 }))).toMatchObject({ code: 'INVALID' })
    const backup = await call.storage.backup()
    expect(await call.storage.check()).toMatchObject({ ok: true })
    expect(await call.storage.get()).toMatchObject({ settings: changed, backups: [backup], lastCheck: { ok: true } })
    expect(workspaces.live.auditLog()).toEqual([
      { who, action: 'save' },
      { who, action: 'backup' },
    ])
  })

  it('lists events page by page, newest first', async () => {
    const ids = await add(5)
    const first = await call.events.list({ limit: 3 })
    expect(first.items.map((event) => event.id)).toEqual(ids.toReversed().slice(0, 3))
    const second = await call.events.list({ limit: 3, after: first.next ?? '' })
    expect(second.items.map((event) => event.id)).toEqual(ids.toReversed().slice(3))
    expect(second.next).toBeNull()
  })

  it('says of a delivered event what was done at the other side', async () => {
    const id = await workspaces.live.store.write((tx) => {
      const eventId = insertEvent(tx, { state: 'delivered' })
      insertDelivery(tx, eventId, { state: 'delivered', result: 'unchanged' })
      return eventId
    })
    expect((await call.events.list({})).items).toMatchObject([{ id, result: 'unchanged' }])
    expect(await call.events.get({ id })).toMatchObject({ result: 'unchanged', deliveries: [{ result: 'unchanged' }] })
  })

  it('gives an event with its deliveries and their attempts', async () => {
    const { eventId, deliveryId } = await addDead()
    const event = await call.events.get({ id: eventId })
    expect(event).toMatchObject({
      id: eventId,
      body: '{"Name":"Acme"}',
      bodyTruncated: false,
      headers: { 'user-agent': 'Flow' },
    })
    expect(event.dedupeKeys).toEqual([`delivery:${eventId}`])
    expect(event.deliveries).toHaveLength(1)
    expect(event.deliveries[0]).toMatchObject({
      id: deliveryId,
      record: { system: 'salesforce', entity: 'Account', id: '001A' },
      destination: { system: 'connectwise', entity: 'company', id: '42' },
      failure: refusal,
      attempts: [{ number: 1, mappedValues: { name: 'Acme' }, failure: refusal }],
    })
    expect(await call.events.body({ id: eventId })).toEqual({
      contentType: 'application/json',
      body: '{"Name":"Acme"}',
    })
  })

  it('says which event is not there', async () => {
    const answer = await refused(call.events.get({ id: nowhere }))
    expect(answer).toEqual({
      code: 'NOT_FOUND',
      status: 404,
      message: 'There is no event 999999.',
      data: { what: 'event 999999' },
    })
  })

  it('names the field of input that does not fit', async () => {
    const answer = await refused(call.events.list({ limit: 100_000 }))
    expect(answer).toMatchObject({ code: 'INVALID', status: 422, data: { field: 'limit' } })
    expect(answer.message).toMatch(/^limit: .*500/)
    expect(await refused(call.events.list({ after: 'rubbish' }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'after' },
    })
    expect(log).toEqual([])
  })

  it('replays what can be replayed and says what can not', async () => {
    const { deliveryId } = await addDead()
    await workspaces.live.store.write((tx) => saveRoute(tx, accountRoute))
    const receipt = await call.replays.create({ deliveryIds: [deliveryId, nowhere as DeliveryId], note: 'mended' })
    expect(receipt.deliveryIds).toHaveLength(1)
    expect(receipt.refused).toEqual([{ deliveryId: nowhere, reason: `There is no delivery ${nowhere}.` }])
    expect((await call.replays.list({})).items).toMatchObject([
      { note: 'mended', total: 1, open: 1, delivered: 0, failed: 0 },
    ])
    expect(workspaces.live.auditLog()).toEqual([{ who, action: 'replay' }])
    expect(await refused(call.replays.create({}))).toMatchObject({
      code: 'INVALID',
      message: 'Say what to replay: deliveries, events, a route or a filter.',
    })
  })

  it('cancels a delivery once', async () => {
    const id = await workspaces.live.store.write((tx) => insertDelivery(tx, insertEvent(tx), { state: 'waiting' }))
    expect(await call.deliveries.cancel({ id, reason: 'Not wanted' })).toMatchObject({
      id,
      state: 'cancelled',
      note: 'Not wanted',
    })
    expect((await call.deliveries.list({ state: 'cancelled' })).items).toHaveLength(1)
    expect(await call.deliveries.get({ id })).toMatchObject({ state: 'cancelled', attempts: [] })
    expect(workspaces.live.auditLog()).toEqual([{ who, action: 'cancel' }])
  })

  it('passes on a refusal with its reason', async () => {
    const { deliveryId } = await addDead()
    const reason = 'This delivery has ended already.'
    const answer = await refused(call.deliveries.cancel({ id: deliveryId, reason: 'x' }))
    expect(answer).toEqual({ code: 'CONFLICT', status: 409, message: reason, data: { reason } })
    expect(await refused(call.deliveries.cancel({ id: nowhere as DeliveryId, reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('pauses and resumes with a reason and a name, and refuses what is not there', async () => {
    const route = { scope: 'route', id: 'accounts' } as const
    const paused = { ...route, reason: 'Works', who, pausedAt: 7_000 }
    expect(await call.pauses.set({ ...route, reason: ' Works ' })).toEqual({ pause: paused, underWay: 0 })
    await call.pauses.set({ scope: 'everything', reason: 'Storm' })
    expect(await call.pauses.list()).toMatchObject([{ scope: 'everything', id: '' }, paused])
    expect(await call.pauses.clear({ scope: 'everything' })).toEqual([paused])
    expect(await refused(call.pauses.clear({ scope: 'everything' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(call.pauses.set({ scope: 'source', id: 'nowhere', reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refused(call.pauses.set({ ...route, reason: ' ' }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'reason' },
    })
  })

  it('stores configuration and never reads a secret back', async () => {
    const answers = [
      await call.connections.save({ connection: connectwise, secrets: { privateKey: 'hunter2-key' } }),
      await call.sources.save({ source: sqlQueue, secrets: { password: 'hunter2-pass' } }),
      await call.sources.save({ source: webhook, secrets: {} }),
      await call.routes.save(accountRoute),
      await call.mappings.save({ document: accounts, note: 'first' }),
    ]
    const connections = await call.connections.list()
    const sources = await call.sources.list()
    expect(connections).toMatchObject([
      { connection: connectwise, secrets: { privateKey: { set: true } }, health: { state: 'unknown' } },
    ])
    expect(sources.map((one) => one.secrets)).toEqual([
      { password: { set: true } },
      {
        signingSecret: { set: false },
        signingSecret2: { set: false },
        hmacSecret: { set: false },
        pathToken: { set: false },
      },
    ])
    expect(await call.routes.list()).toEqual([accountRoute])
    expect(await call.mappings.list()).toMatchObject([
      { mappingId: 'accounts', version: 1, author: who, document: accounts },
    ])
    await call.mappings.save({ document: { ...accounts, name: 'Renamed' }, note: 'second' })
    expect((await call.mappings.versions({ id: accounts.id })).map((version) => version.version)).toEqual([2, 1])
    expect(JSON.stringify([answers, connections, sources, log])).not.toContain('hunter2')
  })

  it('does not repeat a secret in a refusal', async () => {
    const wrong = {
      connection: { ...connectwise, id: 'Not A Slug' as ConnectionId },
      secrets: { privateKey: 'hunter2' },
    }
    const answer = await refused(call.connections.save(wrong))
    expect(answer).toMatchObject({ code: 'INVALID', data: { field: 'connection.id' } })
    const unfit = { connection: connectwise, secrets: { privateKey: { hunter2: 'hunter2' } as unknown as string } }
    expect(JSON.stringify([answer, await refused(call.connections.save(unfit)), log])).not.toContain('hunter2')
  })

  it('keeps the details of an unexpected failure to the log', async () => {
    const answer = await refused(call.connections.test({ id: 'explodes' as ConnectionId }))
    expect(answer).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(log).toMatchObject([{ fields: { path: 'connections.test' }, sentence: 'A call failed unexpectedly.' }])
  })

  it('tests a connection and a source, and passes on what is to be mended', async () => {
    await call.sources.save({ source: webhook })
    expect(await call.connections.test({ id: connectwise.id })).toMatchObject({
      checks: [{ name: 'Sign-in', ok: true }],
    })
    expect(await call.sources.test({ id: webhook.id })).toEqual({
      checks: [{ name: 'Signing secret', ok: false, sentence: 'No signing secret is set.', fix: 'Enter it.' }],
    })
    expect(await refused(call.sources.test({ id: 'none' as SourceId }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('gives the listener scripts of a SQL source, and only of such a one', async () => {
    await call.sources.save({ source: sqlQueue })
    await call.sources.save({ source: webhook })
    expect(await refused(call.sources.scripts({ id: sqlQueue.id }))).toMatchObject({ code: 'INVALID' })
    await call.connections.save({ connection: connectwise })
    const scripts = await call.sources.scripts({ id: sqlQueue.id })
    expect(scripts.length).toBeGreaterThan(1)
    expect(scripts.map((script) => script.text).join()).toContain('patchbay_reader')
    expect(await refused(call.sources.scripts({ id: webhook.id }))).toMatchObject({ code: 'INVALID' })
    expect(await refused(call.sources.scripts({ id: 'none' as SourceId }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('switches to the sandbox and shows its events', async () => {
    await add(2)
    expect(await refused(call.sandbox.traffic({ perMinute: 10 }))).toMatchObject({ code: 'CONFLICT' })
    await call.sandbox.start({})
    expect((await call.events.list({})).items).toEqual([])
    expect(await call.sandbox.traffic({ perMinute: 10 })).toEqual({ perMinute: 10 })
    expect(await call.sandbox.faults({ system: 'connectwise', fault: null })).toEqual({ ok: true })
    await call.sandbox.leave({})
    expect((await call.events.list({})).items).toHaveLength(2)
    expect(await refused(call.sandbox.leave({}))).toMatchObject({
      code: 'UNAVAILABLE',
      status: 503,
      message: 'The sandbox is not running. Start it first.',
    })
  })

  it('tells the health', async () => {
    expect(await call.health.get()).toEqual(workspaces.live.health())
  })

  it('lists rejections and links', async () => {
    await workspaces.live.store.write((tx) => {
      tx.run(`insert into rejections (source_id, received_at, minute, status, code, sentence, remote_address, headers, excerpt, size, count)
              values ('salesforce', 1, 0, 401, 'bad-signature', 'The signature does not fit.', '', '{"a":"b"}', '{', 1, 3)`)
      tx.run(`insert into links (salesforce_entity, salesforce_id, salesforce_synced, connectwise_entity, connectwise_id, connectwise_synced, created_at, updated_at)
              values ('Account', '001A', '{"Name":"Acme"}', 'company', '42', '{"name":"Acme"}', 1, 2)`)
    })
    expect((await call.rejections.list({})).items).toMatchObject([
      { code: 'bad-signature', remoteAddress: null, headers: { a: 'b' }, count: 3 },
    ])
    expect((await call.links.list({ salesforceId: '001A' })).items).toMatchObject([
      { connectwise: { id: '42', synced: { name: 'Acme' } } },
    ])
    expect((await call.links.list({ connectwiseId: '43' })).items).toEqual([])
  })

  it('answers calls made at the same time each with its own answer', async () => {
    const ids = await add(30)
    const events = await Promise.all(ids.map((id: EventId) => call.events.get({ id })))
    expect(events.map((event) => event.id)).toEqual(ids)
  })
})
