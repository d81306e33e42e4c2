import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createLogger } from '#main/base/logger.ts'
import { createConnectwiseClient } from '#main/connectors/connectwise/client.ts'
import type { Check } from '#main/connectors/connector.ts'
import type { Engine } from '#main/engine.ts'
import { Callbacks } from '#main/engine/configure/callbacks.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { saveSource } from '#main/store/configuration.ts'
import { connection, connectwiseSettings } from '#shared/domain/connection.ts'
import type { SourceHealth } from '#shared/domain/health.ts'
import type { SourceId } from '#shared/domain/ids.ts'
import { source, type Source } from '#shared/domain/source.ts'
import { connectionsTo, temporaryEngine } from '#test/support/engine.ts'
import { temporaryStore } from '#test/support/temporary.ts'
import { createContext } from '#test/unit/main/connectors/loopback.ts'

const id = 'connectwise' as SourceId
const publicUrl = 'https://relay.example.com/hooks/connectwise'
const types = ['company', 'contact', 'opportunity', 'ticket']
let sandbox: Sandbox
let engine: Engine
let close: () => Promise<void>

beforeEach(async () => {
  sandbox = await startSandbox()
  ;({ engine, close } = await temporaryEngine())
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  const { privateKey } = sandbox.addresses.connectwise
  await engine.saveConnection(connectwise, { privateKey }, 'ada')
  await engine.saveConnection(salesforce, {}, 'ada')
})
afterEach(async () => {
  await close()
  await sandbox.close()
})

function callbackSource(settings: object, more: object = {}): Source {
  return source.parse({
    id,
    kind: 'connectwise-callback',
    name: 'Callbacks',
    settings: { connectionId: 'cw', ...settings },
    ...more,
  })
}

/** Resolves when the source's health is as wanted; asks whenever the relay says that something has changed. */
function healthBecomes(isWanted: (health: SourceHealth) => boolean): Promise<SourceHealth> {
  return new Promise((resolve) => {
    const look = () => {
      const health = engine.health().sources.find((one) => one.id === id)
      if (health === undefined || !isWanted(health)) return
      stop()
      resolve(health)
    }
    const stop = engine.onChange(look)
    look()
  })
}

async function checks(of: SourceId = id): Promise<readonly Check[]> {
  const tested = await engine.testSource(of)
  if (!tested.ok) throw new Error(tested.reason)
  return tested.value
}

interface Registered {
  readonly id: number
  readonly type: string
  readonly url: string
  readonly inactiveFlag: boolean
}

/** Hands on the callbacks as ConnectWise has them. */
async function inConnectwise<T>(work: (client: ReturnType<typeof createConnectwiseClient>) => Promise<T>): Promise<T> {
  const { privateKey } = sandbox.addresses.connectwise
  const settings = connectwiseSettings.parse(sandbox.addresses.connectwise)
  const client = createConnectwiseClient({ settings, secrets: { privateKey }, clock: systemClock })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

const subject = { record: 'the callbacks', values: {}, write: false, stage: 'deliver' } as const

function registered(): Promise<Registered[]> {
  return inConnectwise(async (client) => {
    const listed = await client.list('/system/callbacks', {}, 100, subject, createContext())
    if (!listed.ok) throw new Error(listed.failure.sentence)
    return listed.value as unknown as Registered[]
  })
}

describe('a source with a public address', () => {
  it('has its callbacks registered there, and taken along when it moves', async () => {
    await engine.saveSource(callbackSource({ publicUrl: `${publicUrl}/` }), {}, 'ada')
    const [, found] = await checks()
    expect(found).toMatchObject({ name: 'Callbacks', ok: true, fix: null })
    expect(found?.sentence).toBe('4 callbacks are registered in ConnectWise, and all of them are at work.')
    expect((await registered()).map((one) => [one.type, one.url])).toEqual(
      types.map((type) => [type, `${publicUrl}?recordId=`]),
    )
    const moved = 'https://other.example.com/cw'
    await engine.saveSource(callbackSource({ publicUrl: moved }), {}, 'ada')
    await checks()
    expect((await registered()).map((one) => one.url)).toEqual(types.map(() => `${moved}?recordId=`))
    await engine.saveSource(callbackSource({}), {}, 'ada')
    expect((await checks())[1]?.sentence).toMatch(/^No public address is set/)
    expect(await registered()).toEqual([])
  })

  it('has each call for them counted at its connection', async () => {
    const { connectwise } = connectionsTo(sandbox.addresses)
    const limited = connection.parse({ ...connectwise, settings: { ...connectwise.settings, dailyCalls: 1_000 } })
    await engine.saveConnection(limited, {}, 'ada')
    await engine.saveSource(callbackSource({ publicUrl }), {}, 'ada')
    await checks()
    const { budget } = engine.health().connections.find((one) => one.id === limited.id) ?? {}
    // Looked and added each of them, and looked again for the test.
    expect(budget?.used).toBe(1 + types.length + 1)
  })

  it('shows that callbacks had been switched off until somebody has seen it', async () => {
    await engine.saveSource(callbackSource({ publicUrl }), {}, 'ada')
    await checks()
    await inConnectwise(async (client) => {
      const body = [{ op: 'replace', path: 'inactiveFlag', value: true }]
      const [one] = await registered()
      await client.need({ method: 'PATCH', path: `/system/callbacks/${one?.id}`, body }, subject, createContext())
    })
    expect((await registered()).filter((one) => one.inactiveFlag)).toHaveLength(1)
    await engine.saveSource(callbackSource({ publicUrl }), {}, 'ada')
    const health = await healthBecomes(({ state }) => state === 'degraded')
    expect(health.reason).toContain('switched off its callbacks for company')
    expect((await registered()).filter((one) => one.inactiveFlag)).toEqual([])
    await checks()
    await healthBecomes(({ state }) => state === 'unknown')
  })

  it('is awaited until they were looked at once, and no other source is', async () => {
    const { store, close: closeStore } = temporaryStore()
    await store.write((tx) => {
      saveSource(tx, callbackSource({ publicUrl }))
      saveSource(tx, callbackSource({}, { id: 'local' }))
    })
    const configuration = new Configuration(store, new Uint8Array(32))
    const logger = createLogger('silent')
    const callbacks = new Callbacks({
      configuration,
      clock: systemClock,
      logger,
      onCall: () => undefined,
      onChange: () => undefined,
    })
    const awaited = () => [id, 'local' as SourceId].map((one) => callbacks.isAwaited(one))
    expect(awaited()).toEqual([true, false])
    await callbacks.ensure(id)
    expect(awaited()).toEqual([false, false])
    await callbacks.stop()
    await closeStore()
  })

  it('shows why they can not be registered, and mends itself with the connection', async () => {
    await sandbox.setFault('connectwise', { kind: 'unauthorized' })
    await engine.saveSource(callbackSource({ publicUrl }), {}, 'ada')
    const health = await healthBecomes(({ state }) => state === 'degraded')
    expect(health.reason).toMatch(/^The callbacks could not be checked\. ConnectWise /)
    expect(health.nextStep).toMatch(/\w/)
    expect((await checks())[1]).toMatchObject({ name: 'Callbacks', ok: false })
    await sandbox.setFault('connectwise', null)
    await engine.saveConnection(connectionsTo(sandbox.addresses).connectwise, {}, 'ada')
    await healthBecomes(({ state }) => state === 'unknown')
    expect(await registered()).toHaveLength(types.length)
  })
})

describe('the test of a source', () => {
  it('names what is missing at a webhook', async () => {
    const salesforce = 'salesforce' as SourceId
    expect((await checks(salesforce)).map(({ name, ok }) => [name, ok])).toEqual([
      ['Connection', true],
      ['Signing secret', false],
    ])
    const settings = { connectionId: 'sf' }
    const webhook = source.parse({ id: salesforce, kind: 'salesforce-webhook', name: 'Salesforce', settings })
    await engine.saveSource(webhook, { signingSecret: 'a-signing-secret' }, 'ada')
    expect((await checks(salesforce)).map((one) => one.ok)).toEqual([true, true])
  })

  it('asks the queue of a polled source', async () => {
    const { password, ...server } = sandbox.addresses.sqlServer
    const settings = { connectionId: 'cw', ...server, encrypt: false }
    const queue = source.parse({ id: 'queue', kind: 'connectwise-sql', name: 'Queue', enabled: false, settings })
    await engine.saveSource(queue, { password }, 'ada')
    const found = await checks(queue.id)
    expect(found.map((one) => one.name)).toEqual(['Connection', 'Sign-in', 'Listener', 'Rights', 'Triggers', 'Queue'])
    expect(found.filter((one) => !one.ok)).toEqual([])
  })

  it('says when the connection is one to the other system, and when there is no such source', async () => {
    await engine.saveSource(callbackSource({ connectionId: 'sf' }), {}, 'ada')
    expect(await checks()).toEqual([
      expect.objectContaining({ ok: false, sentence: 'Salesforce is not a connection to ConnectWise.' }),
    ])
    expect(await engine.testSource('none' as SourceId)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })
})
