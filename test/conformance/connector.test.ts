import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { createConnector } from '#main/connectors/registry.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox, SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import { connection, type Connection } from '#shared/domain/connection.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import type { RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'

/** What a test has to know of a system to speak to its connector like to any other. */
interface Candidate {
  readonly system: SystemName
  readonly entity: string
  /** An id that looks right and belongs to no record. */
  readonly missingId: string
  readonly textField: string
  readonly clearedField: string
  /** A field that no two records may have the same value in. */
  readonly uniqueField: string
  connection(addresses: SandboxAddresses, isWrong: boolean): { connection: Connection; secrets: Record<string, string> }
  newValues(number: number): Values
  url(addresses: SandboxAddresses): string
}

const salesforce: Candidate = {
  system: 'salesforce',
  entity: 'Account',
  missingId: '001PB00zzzzzzzzAAA',
  textField: 'Name',
  clearedField: 'Phone',
  uniqueField: 'ConnectWise_Id__c',
  connection: ({ salesforceUrl, salesforce: { clientId, clientSecret } }, isWrong) => ({
    connection: connection.parse({
      id: 'salesforce',
      kind: 'salesforce',
      name: 'SF',
      settings: { loginUrl: salesforceUrl, clientId, timeoutMs: 1_000 },
    }),
    secrets: { clientSecret: isWrong ? `${clientSecret}-wrong` : clientSecret },
  }),
  newValues: (number) => ({ Name: `Conformance ${number}`, Phone: '+15550100', Website: 'https://example.com' }),
  url: (addresses) => addresses.salesforceUrl,
}

const connectwise: Candidate = {
  system: 'connectwise',
  entity: 'company',
  missingId: '99999999',
  textField: 'name',
  clearedField: 'phoneNumber',
  uniqueField: 'identifier',
  connection: ({ connectwise: { privateKey, ...settings } }, isWrong) => ({
    connection: connection.parse({
      id: 'connectwise',
      kind: 'connectwise',
      name: 'CW',
      settings: { ...settings, timeoutMs: 1_000 },
    }),
    secrets: { privateKey: isWrong ? `${privateKey}-wrong` : privateKey },
  }),
  newValues: (number) => ({
    identifier: `CONF${number}`,
    name: `Conformance ${number}`,
    phoneNumber: '+15550100',
    website: 'https://example.com',
  }),
  url: (addresses) => addresses.connectwiseUrl,
}

let sandbox: Sandbox
let number = 0

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
})

afterAll(async () => {
  await sandbox.close()
})

describe.each([salesforce, connectwise])('the connector of $system', (candidate) => {
  const { system, entity } = candidate
  const exchanges: Exchange[] = []
  const open: Connector[] = []
  let connector: Connector
  let secrets: string[]

  const context = (overrides: Partial<CallContext> = {}): CallContext => ({
    purpose: 'write',
    signal: new AbortController().signal,
    record: (exchange) => exchanges.push(exchange),
    ...overrides,
  })

  function connect(isWrong = false): Connector {
    const given = candidate.connection(sandbox.addresses, isWrong)
    secrets = Object.values(given.secrets)
    const made = createConnector(given.connection, given.secrets, systemClock)
    open.push(made)
    return made
  }

  function order(foreignId: string) {
    number += 1
    return { entity, values: candidate.newValues(number), foreignId, idempotencyKey: `delivery-${foreignId}` }
  }

  async function create(foreignId: string): Promise<RemoteRecord> {
    const created = valueOf(await connector.create(order(foreignId), context()))
    return present(valueOf(await connector.fetch(entity, created.record.ref.id, context({ purpose: 'refetch' }))))
  }

  /** The writes that the system took from the connector. */
  async function writes(): Promise<readonly { readonly method: string }[]> {
    const answer = await fetch(`${candidate.url(sandbox.addresses)}/sandbox/calls`)
    return (await answer.json()) as { method: string }[]
  }

  beforeAll(() => {
    connector = connect()
  })

  afterEach(async () => {
    await sandbox.setFault(system, null)
  })

  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()))
  })

  it('reads a record with version, author and cross-reference', async () => {
    const record = await create('X-read')
    expect(record).toMatchObject({
      ref: { system, entity },
      crossReference: 'X-read',
      values: { [candidate.textField]: `Conformance ${number}` },
    })
    expect(Date.parse(record.version ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(record.changedBy).toBeTruthy()
  })

  it('answers null for a record that is not there', async () => {
    expect(await connector.fetch(entity, candidate.missingId, context())).toEqual({ ok: true, value: null })
  })

  it('finds records by cross-reference and by field', async () => {
    const record = await create('X-find')
    expect(valueOf(await connector.findByCrossReference(entity, 'X-find', context())).map(idOf)).toEqual([
      record.ref.id,
    ])
    expect(valueOf(await connector.findByCrossReference(entity, 'X-nobody', context()))).toEqual([])
    const text = String(record.values[candidate.textField])
    expect(
      valueOf(await connector.findByField(entity, candidate.textField, text.toUpperCase(), context())).map(idOf),
    ).toEqual([record.ref.id])
    expect(
      valueOf(await connector.findByField(entity, candidate.textField, `${text}" OR 'x'='x [*] \\`, context())),
    ).toEqual([])
  })

  it('tells which records were changed since an instant, each once, and none from before', async () => {
    const before = await create('X-changed')
    // Versions count in whole seconds.
    const since = new Date(Date.parse(before.version ?? '') - 1_000).toISOString()
    const changes = { [candidate.textField]: 'Changed since' }
    valueOf(await connector.update({ entity, id: before.ref.id, changes, before }, context()))
    const after = present(valueOf(await connector.fetch(entity, before.ref.id, context())))
    const changed = valueOf(await connector.changedSince(entity, since, context()))
    expect(changed.filter(({ id }) => id === before.ref.id)).toEqual([
      { id: before.ref.id, version: after.version, isDeleted: false },
    ])
    const hourAhead = new Date(Date.now() + 3_600_000).toISOString()
    expect(valueOf(await connector.changedSince(entity, hourAhead, context()))).toEqual([])
    const everything = valueOf(await connector.changedSince(entity, '2000-01-01T00:00:00.000Z', context()))
    expect(new Set(everything.map(({ id }) => id)).size).toBe(everything.length)
    expect(everything.length).toBeGreaterThan(20)
  })

  it('creates once, however often it is told to', async () => {
    const wanted = order('X-once')
    const first = valueOf(await connector.create(wanted, context()))
    const second = valueOf(await connector.create(wanted, context()))
    expect([first.created, second.created]).toEqual([true, false])
    expect(second.record.ref).toEqual(first.record.ref)
    expect(first.record.crossReference).toBe('X-once')
  })

  it('says that it does not know when the answer is lost, and finds the record at the next attempt', async () => {
    const wanted = order('X-lost')
    await sandbox.setFault(system, { kind: 'timeout-after-write', times: 1 })
    expect(failureOf(await connector.create(wanted, context())).class).toBe('unknown')
    const again = valueOf(await connector.create(wanted, context()))
    expect(again.created).toBe(false)
    expect(valueOf(await connector.findByCrossReference(entity, 'X-lost', context())).map(idOf)).toEqual([
      again.record.ref.id,
    ])
  })

  it('updates only what changes, and clears with null', async () => {
    const before = await create('X-update')
    const changes = { [candidate.textField]: `Renamed ${number}`, [candidate.clearedField]: null }
    const receipt = valueOf(await connector.update({ entity, id: before.ref.id, changes, before }, context()))
    expect(receipt).toMatchObject({ created: false, record: { ref: before.ref, values: changes } })
    const after = present(valueOf(await connector.fetch(entity, before.ref.id, context())))
    const { version: _, changedBy: __, ...kept } = before
    expect(after).toMatchObject({ ...kept, values: { ...unstamped(before.values), ...changes } })
  })

  it('says that a record is gone when it is to be updated', async () => {
    const before = await create('X-gone')
    const changes = { [candidate.textField]: 'Nobody' }
    const failure = failureOf(await connector.update({ entity, id: candidate.missingId, changes, before }, context()))
    expect(failure).toMatchObject({ class: 'permanent', stage: 'deliver' })
    expect(failure.sentence).toContain(candidate.missingId)
  })

  it('names the field of a record that was refused', async () => {
    await sandbox.setFault(system, {
      kind: 'validation',
      field: candidate.textField,
      message: 'Names begin with a capital.',
    })
    const failure = failureOf(await connector.create(order('X-refused'), context()))
    expect(failure).toMatchObject({ class: 'permanent', field: candidate.textField })
    expect(failure.sentence).toContain('Names begin with a capital.')
    expect(failure.sentence).toContain(candidate.textField)
    expect(failure.fix).toBeTruthy()
  })

  it('names the record, by id and title, that has a value which may be there but once', async () => {
    const [first, second] = [await create('X-first'), await create('X-second')]
    const changes = { [candidate.uniqueField]: first.values[candidate.uniqueField] ?? null }
    const { id } = second.ref
    const failure = failureOf(await connector.update({ entity, id, changes, before: second }, context()))
    expect(failure).toMatchObject({ class: 'permanent' })
    expect(failure.sentence).toContain(`${first.ref.id} "${String(first.values[candidate.textField])}"`)
    expect(failure.fix).toBeTruthy()
  })

  it.each([
    ['lock', 'transient'],
    ['server-error', 'transient'],
    ['unauthorized', 'auth'],
  ] as const)('classifies %s as %s', async (kind, expected) => {
    await sandbox.setFault(system, { kind })
    expect(failureOf(await connector.create(order(`X-${kind}`), context())).class).toBe(expected)
  })

  it('waits as long as it is asked to', async () => {
    await sandbox.setFault(system, { kind: 'rate-limit', retryAfter: 9 })
    const failure = failureOf(await connector.fetch(entity, candidate.missingId, context()))
    expect(failure.class).toBe('limited')
    expect(Math.abs((failure.retryAt ?? 0) - Date.now() - 9_000)).toBeLessThan(2_000)
  })

  it('waits for a spent quota', async () => {
    await sandbox.setFault(system, { kind: 'quota' })
    const failure = failureOf(await connector.create(order('X-quota'), context()))
    expect(failure.class).toBe('limited')
    expect(failure.retryAt).toBeGreaterThan(Date.now())
  })

  it('tries again later when the system is down, and works once it is back', async () => {
    await sandbox.setFault(system, { kind: 'down' })
    expect(failureOf(await connector.fetch(entity, candidate.missingId, context())).class).toBe('transient')
    await sandbox.setFault(system, null)
    expect((await connector.fetch(entity, candidate.missingId, context())).ok).toBe(true)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    await sandbox.setFault(system, { kind: 'slow', delayMs: 30_000, writesOnly: false })
    const waiting = connector.fetch(entity, candidate.missingId, context({ signal: stop.signal }))
    stop.abort()
    expect(failureOf(await waiting)).toMatchObject({ class: 'transient', code: 'ABORTED' })
    const before = (await writes()).length
    expect(failureOf(await connector.create(order('X-stopped'), context({ signal: stop.signal }))).class).toBe(
      'transient',
    )
    expect(await writes()).toHaveLength(before)
  })

  it('explains wrong credentials in a check, and finds nothing wrong with right ones', async () => {
    const [refused] = await connect(true).check(context())
    expect(refused).toMatchObject({ name: 'Sign-in', ok: false })
    expect(refused?.fix).toBeTruthy()
    const checks = await connector.check(context())
    expect(checks.filter((check) => !check.ok && check.name === 'Sign-in')).toEqual([])
    expect(checks.length).toBeGreaterThan(4)
    expect(checks.filter((check) => !check.ok)).toEqual([])
  })

  it('writes every exchange down, and no secret with it', async () => {
    exchanges.length = 0
    const fresh = connect()
    const created = valueOf(await fresh.create(order('X-written'), context()))
    await fresh.fetch(entity, created.record.ref.id, context({ purpose: 'refetch' }))
    const write = exchanges.find((exchange) => exchange.purpose === 'write')
    expect(write).toMatchObject({ status: 201, error: null })
    expect(write?.requestBody).toContain(`Conformance ${number}`)
    expect(exchanges.filter((exchange) => exchange.purpose === 'refetch')).toHaveLength(1)
    const text = JSON.stringify(exchanges).toLowerCase()
    for (const secret of [...secrets, ...secrets.map((one) => Buffer.from(one).toString('base64'))])
      expect(text).not.toContain(secret.toLowerCase())
    expect(text).not.toContain('authorization')
    expect(text).not.toMatch(/"access_token\\*":\\*"(?!\[redacted)/)
  })
})

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`)
  return result.value
}

function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('did not fail')
  return result.failure
}

function present(record: RemoteRecord | null): RemoteRecord {
  if (record === null) throw new Error('the record is not there')
  return record
}

function idOf(record: RemoteRecord): string {
  return record.ref.id
}

/** Values without the instants that every save moves. */
function unstamped(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !['SystemModstamp', 'LastModifiedDate'].includes(name)),
  )
}
