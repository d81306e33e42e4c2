import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import type { EventRecord } from '#shared/domain/event-record.ts'
import type { ConnectionId, EventId, MappingId, SourceId } from '#shared/domain/ids.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Values } from '#shared/domain/record.ts'
import { connectionsTo, startEngineIn } from '#test/support/engine.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

let sandbox: Sandbox
let folder: ReturnType<typeof temporaryFolder>
let clock: HandClock
let engine: Engine

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  folder = temporaryFolder()
  clock = new HandClock(Date.now())
  engine = await start()
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  await engine.saveConnection(salesforce, { clientSecret: sandbox.addresses.salesforce.clientSecret }, 'ada')
  await engine.saveConnection(connectwise, { privateKey: sandbox.addresses.connectwise.privateKey }, 'ada')
})
afterEach(async () => {
  await sandbox.setFault('salesforce', null)
  await engine.stop()
  folder.remove()
})

function start(): Promise<Engine> {
  return startEngineIn(folder.path, { clock })
}

const sf = 'sf' as ConnectionId
const accounts = mappingOf('account-company')

function mappingOf(id: string): MappingDocument {
  const found = readyMadeMappings().find((one) => one.id === id)
  if (found === undefined) throw new Error(`no mapping ${id}`)
  return found
}

async function describeAccount(refresh = false) {
  const described = await engine.configuring.schemas.describe(sf, 'Account', refresh)
  if (!described.ok) throw new Error(described.reason)
  return described.value
}

const hour = 3_600_000

describe('the description of an entity', () => {
  it('is read once an hour, or when it is asked for anew', async () => {
    const first = await describeAccount()
    expect(first).toMatchObject({ system: 'salesforce', entity: 'Account', describedAt: clock.now(), outdated: null })
    clock.add(hour - 1)
    expect((await describeAccount()).describedAt).toBe(first.describedAt)
    expect((await describeAccount(true)).describedAt).toBe(clock.now())
    clock.add(hour)
    expect((await describeAccount()).describedAt).toBe(clock.now())
  })

  it('is the last known one while the system is down, also after a restart, and tells its age', async () => {
    const first = await describeAccount()
    await sandbox.setFault('salesforce', { kind: 'down' })
    await engine.stop()
    engine = await start()
    clock.add(2 * hour)
    const later = await describeAccount()
    expect(later).toMatchObject({ describedAt: first.describedAt, fields: first.fields })
    expect(later.outdated).toContain('Salesforce')
    expect(await engine.configuring.schemas.describe(sf, 'Contact', false)).toMatchObject({
      ok: false,
      code: 'CONFLICT',
    })
    expect(await engine.configuring.schemas.entities(sf, false)).toMatchObject({ ok: false, code: 'CONFLICT' })
  })

  it('is refused for what there is not', async () => {
    expect(await engine.configuring.schemas.describe(sf, 'Nonsense', false)).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
    })
    expect(await engine.configuring.schemas.describe('no' as ConnectionId, 'Account', false)).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('a draft beside what both systems say', () => {
  it('has no errors where it is ready-made', async () => {
    for (const document of readyMadeMappings()) {
      const { warnings, notChecked } = await engine.configuring.trials.check(document)
      expect(notChecked).toEqual([])
      expect(warnings.filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })

  it('is told of fields that are wanted and of values that are not there', async () => {
    const fields = accounts.fields.filter((row) => row.connectwise !== 'name')
    const { warnings } = await engine.configuring.trials.check({ ...accounts, fields })
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'required-unmapped', to: 'connectwise', field: 'name' }),
    )
  })
})

function recordOf(recordId: string, values: Values | null, isFull = true): EventRecord {
  const about = { system: 'salesforce', entity: 'Account', action: 'updated', title: null, receivedAt: 0 } as const
  const eventId = 1 as EventId
  return { ...about, eventId, sourceId: 'salesforce' as SourceId, recordId, values, valuesFrom: 'event', isFull }
}

/** An account of the simulated org, and how often it was read. */
async function someAccount(): Promise<{ id: string; name: string }> {
  const answer = await fetch(`${sandbox.addresses.salesforceUrl}/sandbox/records/Account`)
  const [account] = (await answer.json()) as { Id: string; Name: string }[]
  if (account === undefined) throw new Error('no account')
  return { id: account.Id, name: account.Name }
}

describe('a preview', () => {
  const preview = async (record: EventRecord) => {
    const given = await engine.configuring.trials.preview(accounts, record)
    if (!given.ok) throw new Error(given.reason)
    const name = given.value.rows.find(({ field }) => field === 'name')
    return { valuesFrom: given.value.valuesFrom, remark: given.value.remark, name: name?.value }
  }

  it('takes the values of the event where they are whole, and reads the record where it is thin', async () => {
    const { id, name } = await someAccount()
    expect(await preview(recordOf(id, { Name: 'As told' }))).toEqual({
      valuesFrom: 'event',
      remark: null,
      name: 'As told',
    })
    expect(await preview(recordOf(id, null))).toEqual({ valuesFrom: 'source', remark: null, name })
    expect(await preview(recordOf(id, { Phone: '1' }, false))).toMatchObject({ valuesFrom: 'source', name })
  })

  it('reads a record once while somebody types, and makes do with what is known when it can not', async () => {
    const { id, name } = await someAccount()
    await preview(recordOf(id, null))
    await sandbox.setFault('salesforce', { kind: 'down' })
    expect(await preview(recordOf(id, null))).toMatchObject({ valuesFrom: 'source', name })
    clock.add(hour)
    const partly = await preview(recordOf(id, { Name: 'As told' }, false))
    expect(partly).toMatchObject({ valuesFrom: 'event', name: 'As told' })
    expect(partly.remark).toContain('Salesforce')
    expect(await engine.configuring.trials.preview(accounts, recordOf(id, null))).toMatchObject({ code: 'CONFLICT' })
  })
})

describe('a backtest', () => {
  const records = [recordOf('001A', { Name: 'A' }), recordOf('001B', { Name: 'B' }), recordOf('001C', { Name: 'C' })]

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const running = engine.configuring.trials.backtest(accounts, records, stop.signal)
    stop.abort()
    const { compared, stopped } = await running
    expect(stopped).toBe('cancelled')
    expect(compared).toBeLessThan(3)
  })

  it('ends when it takes too long', async () => {
    const running = engine.configuring.trials.backtest(accounts, records, undefined)
    clock.add(60_000)
    expect(await running).toMatchObject({ stopped: 'time' })
  })

  it('of a mapping that is not stored yet changes everything that it writes', async () => {
    const { version, compared, unchanged, events } = await engine.configuring.trials.backtest(
      { ...accounts, id: 'draft' as MappingId },
      records,
      undefined,
    )
    expect({ version, compared, unchanged }).toEqual({ version: null, compared: 3, unchanged: 0 })
    expect(events[0]?.changes).toContainEqual({ field: 'name', after: 'A' })
  })
})
