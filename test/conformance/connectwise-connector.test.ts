import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { ensureCallbacks } from '#main/connectors/connectwise/callbacks.ts'
import { createConnectwiseClient } from '#main/connectors/connectwise/client.ts'
import { createConnectwiseConnector } from '#main/connectors/connectwise/connectwise-connector.ts'
import { createSigningKeys } from '#main/connectors/connectwise/signing-key.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { connectwiseSettings } from '#shared/domain/connection.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { RemoteRecord, Values } from '#shared/domain/record.ts'

const context: CallContext = { purpose: 'write', signal: new AbortController().signal, record: () => undefined }

let sandbox: Sandbox
let connector: Connector
let companyId: string

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
  const { privateKey, ...settings } = sandbox.addresses.connectwise
  connector = createConnectwiseConnector({
    settings: connectwiseSettings.parse(settings),
    secrets: { privateKey },
    clock: systemClock,
  })
  const company = await create('company', { identifier: 'TRAITS', name: 'Traits' }, '001TRAITS')
  companyId = company.ref.id
})

afterAll(async () => {
  await connector.close()
  await sandbox.close()
})

async function create(entity: string, values: Values, foreignId: string): Promise<RemoteRecord> {
  return valueOf(await connector.create({ entity, values, foreignId, idempotencyKey: foreignId }, context)).record
}

async function update(before: RemoteRecord, changes: Values): Promise<RemoteRecord> {
  const { entity, id } = before.ref
  return valueOf(await connector.update({ entity, id, changes, before }, context)).record
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`)
  return result.value
}

it('looks for a record before it makes it, but not for one that is known to be absent', async () => {
  const methods: string[] = []
  const watched: CallContext = { ...context, record: ({ method }) => methods.push(method) }
  for (const isAbsent of [false, true]) {
    const values = { identifier: `ABSENT${isAbsent ? 1 : 0}`, name: 'Absent' }
    const order = { entity: 'company', values, foreignId: `001ABSENT${isAbsent}`, idempotencyKey: 'k', isAbsent }
    valueOf(await connector.create(order, watched))
  }
  expect(methods).toEqual(['GET', 'POST', 'POST'])
})

describe('contacts in ConnectWise', () => {
  it('carry e-mail and telephones as plain fields, changed one by one', async () => {
    const values = { firstName: 'Ann', 'company/id': companyId, email: 'ann@traits.example', phone: '5550100 x12' }
    const made = await create('contact', values, '003ANN')
    expect(made.values).toMatchObject({ ...values, 'company/id': Number(companyId), mobile: null, fax: null })
    const changed = await update(made, {
      email: 'ann.b@traits.example',
      mobile: '5550101',
      phone: null,
      lastName: 'Bell',
    })
    expect(changed.values).toMatchObject({
      email: 'ann.b@traits.example',
      mobile: '5550101',
      phone: null,
      lastName: 'Bell',
    })
    const found = valueOf(await connector.findByField('contact', 'email', 'ANN.B@traits.example', context))
    expect(found.map((one) => one.ref.id)).toEqual([made.ref.id])
    expect(changed.crossReference).toBe('003ANN')
  })

  it('keep their other custom fields when one changes', async () => {
    const made = await create('contact', { firstName: 'Ben', 'customFields/Birthday': 'May' }, '003BEN')
    const changed = await update(made, { 'customFields/Birthday': 'June' })
    expect(changed.values).toMatchObject({ 'customFields/SF Id': '003BEN', 'customFields/Birthday': 'June' })
  })
})

describe('twins in ConnectWise', () => {
  it('that carry one cross-reference are named, and none of them is picked', async () => {
    const order = (name: string): [string, Values] => ['company', { identifier: name, name: `Company ${name}` }]
    const one = await create(...order('TWINA'), '001TWINA')
    const other = await create(...order('TWINB'), '001TWINB')
    await update(other, { 'customFields/SF Id': '001TWINA' })
    const [entity, values] = order('TWINC')
    const third = await connector.create({ entity, values, foreignId: '001TWINA', idempotencyKey: 't' }, context)
    expect(third).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'TWINS' } })
    for (const { ref, values: named } of [one, other])
      expect(!third.ok && third.failure.sentence).toContain(`${ref.id} "${String(named['name'])}"`)
  })
})

describe('references in ConnectWise', () => {
  it('are written whole and cleared with null', async () => {
    const contact = await create('contact', { firstName: 'Cy', 'company/id': companyId }, '003CY')
    const values = { summary: 'Printer', 'company/id': companyId, 'contact/id': contact.ref.id }
    const made = await create('ticket', values, '500CY')
    expect(made).toMatchObject({ crossReference: '500CY', values: { 'contact/id': Number(contact.ref.id) } })
    const changed = await update(made, { 'contact/id': null, 'status/name': 'in progress' })
    expect(changed.values).toMatchObject({ 'contact/id': null, 'contact/name': null, 'status/name': 'In Progress' })
  })

  it('that ConnectWise does not know are refused by name', async () => {
    const made = await create('ticket', { summary: 'Router', 'company/id': companyId }, '500ROUTER')
    const changes = { 'status/name': 'Nowhere' }
    const result = await connector.update({ entity: 'ticket', id: made.ref.id, changes, before: made }, context)
    expect(result).toMatchObject({ ok: false, failure: { class: 'permanent', field: 'status/name' } })
    expect(!result.ok && result.failure.sentence).toContain("'Nowhere'")
  })
})

describe('callbacks of ConnectWise', () => {
  it('are registered once, and are signed with the key that is fetched for them', async () => {
    const { privateKey, ...settings } = sandbox.addresses.connectwise
    const parsed = connectwiseSettings.parse(settings)
    const client = createConnectwiseClient({ settings: parsed, secrets: { privateKey }, clock: systemClock })
    const keys = createSigningKeys({ baseUrl: parsed.baseUrl, clock: systemClock })
    const receiver = createServer().listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    const order = { url: `${receiverUrl}/hooks/connectwise`, entities: ['company', 'ticket'] }
    const reports = [
      valueOf(await ensureCallbacks(client, order, context)),
      valueOf(await ensureCallbacks(client, order, context)),
    ]
    expect(reports.map(({ kept, added }) => [kept, added])).toEqual([
      [0, ['company', 'ticket']],
      [2, []],
    ])

    const arriving = once(receiver, 'request') as Promise<[IncomingMessage]>
    await sandbox.announceTo(receiverUrl)
    await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/records/company/${companyId}?via=callback`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ city: 'Tampa' }),
    })
    const [request] = await arriving
    const body = await buffer(request)
    const { Metadata } = JSON.parse(body.toString()) as { Metadata: { key_url: string } }
    const key = createHash('sha256')
      .update(valueOf(await keys.keyFor(Metadata.key_url)))
      .digest()
    expect(request.headers['x-content-signature']).toBe(createHmac('sha256', key).update(body).digest('base64'))
    await Promise.all([client.close(), keys.close(), sandbox.announceTo(null)])
    receiver.close()
    receiver.closeAllConnections()
  })
})
