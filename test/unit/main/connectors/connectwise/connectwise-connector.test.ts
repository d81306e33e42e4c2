import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createConnectwiseConnector } from '#main/connectors/connectwise/connectwise-connector.ts'
import { connectwiseSettings } from '#shared/domain/connection.ts'
import type { RemoteRecord, Values } from '#shared/domain/record.ts'
import { answerJson, createContext, startLoopback, type Loopback, type Received } from '../loopback.ts'

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

type Answers = Record<string, (received: Received, response: ServerResponse) => void>

/** Answers by "METHOD /path" below /apis/3.0, without the query; anything else is not found. */
async function start(answers: Answers) {
  const server: Loopback = await startLoopback((received, response) => {
    const path = received.url.replace('/v4_6_release/apis/3.0', '').split('?')[0]
    const answer = answers[`${received.method} ${path}`]
    if (answer === undefined) answerJson(response, 404, { code: 'NotFound', message: `${path} not found` })
    else answer(received, response)
  })
  const settings = connectwiseSettings.parse({
    baseUrl: `${server.url}/v4_6_release`,
    companyId: 'acme',
    publicKey: 'public',
    clientId: 'guid',
    memberId: 'patchbay',
  })
  const connector = createConnectwiseConnector({
    settings: { ...settings, timeoutMs: 2_000 },
    secrets: { privateKey: 'private-key' },
    clock: systemClock,
  })
  open.push(server, connector)
  return { server, connector }
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (_: Received, response: ServerResponse) =>
    answerJson(response, status, body, headers)
const ticket = {
  id: 7,
  summary: 'Printer',
  externalXRef: '500A',
  status: { id: 1, name: 'New' },
  _info: { lastUpdated: '2026-01-31T18:04:26Z', updatedBy: 'jmiller' },
}
const customFields = [
  { id: 3, caption: 'SF Id', type: 'Text', entryMethod: 'EntryField', numberOfDecimals: 0, value: '003A' },
  { id: 4, caption: 'Birthday', type: 'Text', entryMethod: 'EntryField', numberOfDecimals: 0, value: 'May' },
]

function beforeOf(entity: string, id: string, values: Values = {}): RemoteRecord {
  return { ref: { system: 'connectwise', entity, id }, version: null, changedBy: null, values, crossReference: null }
}

describe('ConnectWise calls', () => {
  it('carry credentials, client id and the pinned version', async () => {
    const { server, connector } = await start({ 'GET /service/tickets/7': json(200, ticket) })
    expect(await connector.fetch('ticket', '7', createContext())).toMatchObject({
      ok: true,
      value: { version: '2026-01-31T18:04:26Z', crossReference: '500A' },
    })
    expect(server.received[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('acme+public:private-key').toString('base64')}`,
      clientid: 'guid',
      accept: 'application/vnd.connectwise.com+json; version=2025.1',
    })
  })

  it('take "not found" for gone only from the API itself', async () => {
    const { connector } = await start({
      'GET /service/tickets/8': (_, response) =>
        response.writeHead(404, { 'content-type': 'text/html' }).end('<html>IIS</html>'),
    })
    expect(await connector.fetch('ticket', '7', createContext())).toEqual({ ok: true, value: null })
    expect(await connector.fetch('ticket', '8', createContext())).toMatchObject({
      ok: false,
      failure: { class: 'transient', code: 'NOT_THE_API' },
    })
    expect(await connector.fetch('invoice', '8', createContext())).toMatchObject({
      ok: false,
      failure: { class: 'permanent', code: 'UNKNOWN_ENTITY' },
    })
  })

  it('follow the pages by the id in the link', async () => {
    const { server, connector } = await start({
      'GET /service/tickets': (received, response) => {
        const isFirst = !received.url.includes('pageId')
        const link = `<http://inner-name/v4_6_release/apis/3.0/service/tickets?pageSize=20&pageId=7>; rel="next"`
        answerJson(response, 200, [{ ...ticket, id: isFirst ? 7 : 9 }], isFirst ? { link } : {})
      },
    })
    const found = await connector.findByCrossReference('ticket', '500a', createContext())
    expect(found.ok && found.value.map((record) => record.ref.id)).toEqual(['7', '9'])
    expect(server.received.map((one) => one.url.split('?')[1])).toEqual([
      'conditions=externalXRef="500a"&pageSize=20',
      'conditions=externalXRef="500a"&pageSize=20&pageId=7',
    ])
    expect(server.received[0]?.headers['pagination-type']).toBe('forward-only')
  })

  it('drop what a lookup finds beside what was asked for', async () => {
    const { connector } = await start({
      'GET /service/tickets': json(200, [ticket, { ...ticket, id: 8, summary: 'Printer*' }]),
    })
    const found = await connector.findByField('ticket', 'summary', 'printer*', createContext())
    expect(found.ok && found.value.map((record) => record.ref.id)).toEqual(['8'])
  })
})

describe('ConnectWise create', () => {
  const order = {
    entity: 'ticket',
    values: { summary: 'Printer', 'company/id': '12', 'contact/id': null },
    foreignId: '500A',
    idempotencyKey: 'd1',
  }

  it('puts the foreign id into the record itself', async () => {
    const { server, connector } = await start({
      'GET /service/tickets': json(200, []),
      'POST /service/tickets': json(201, ticket),
    })
    expect(await connector.create(order, createContext())).toMatchObject({
      ok: true,
      value: { created: true, record: { ref: { id: '7' }, crossReference: '500A' } },
    })
    expect(JSON.parse(server.received[1]?.body ?? '')).toEqual({
      summary: 'Printer',
      company: { id: 12 },
      externalXRef: '500A',
    })
  })

  it('finds what an earlier attempt made, and does not choose between twins', async () => {
    const { server, connector } = await start({ 'GET /service/tickets': json(200, [ticket]) })
    expect(await connector.create(order, createContext())).toMatchObject({
      ok: true,
      value: { created: false, record: { ref: { id: '7' } } },
    })
    expect(server.received.map((one) => one.method)).toEqual(['GET'])
    const twins = await start({ 'GET /service/tickets': json(200, [ticket, { ...ticket, id: 8 }]) })
    const refused = await twins.connector.create(order, createContext())
    expect(refused).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'TWINS' } })
    expect(!refused.ok && refused.failure.sentence).toContain('7 "Printer", 8 "Printer"')
  })

  it('sends custom fields with the ids that other records show, and items by type', async () => {
    const { server, connector } = await start({
      'GET /company/contacts': (received, response) =>
        answerJson(response, 200, received.url.includes('customFieldConditions') ? [] : [{ id: 1, customFields }]),
      'GET /company/communicationTypes': json(200, [
        { id: 1, description: 'Email', emailFlag: true, defaultFlag: true },
        { id: 2, description: 'Direct', phoneFlag: true },
        { id: 4, description: 'Cell', phoneFlag: true },
      ]),
      'POST /company/contacts': json(201, { id: 42, customFields }),
    })
    const values = { firstName: 'Ann', email: 'ann@x.y', phone: '5550100 x12', mobile: '5550101', fax: null }
    expect(
      (await connector.create({ entity: 'contact', values, foreignId: '003A', idempotencyKey: 'd' }, createContext()))
        .ok,
    ).toBe(true)
    const body = JSON.parse(server.received.at(-1)?.body ?? '') as Record<string, unknown>
    expect(body).toEqual({
      firstName: 'Ann',
      customFields: [customFields[0], { ...customFields[1], value: null }],
      communicationItems: [
        { type: { id: 1 }, communicationType: 'Email', defaultFlag: true, value: 'ann@x.y' },
        { type: { id: 2 }, communicationType: 'Phone', defaultFlag: true, value: '5550100', extension: '12' },
        { type: { id: 4 }, communicationType: 'Phone', defaultFlag: false, value: '5550101' },
      ],
    })
  })

  it('marks the record afterwards when ConnectWise dropped the mark', async () => {
    const { server, connector } = await start({
      'GET /service/tickets': json(200, []),
      'POST /service/tickets': json(201, { ...ticket, externalXRef: null }),
      'PATCH /service/tickets/7': json(200, ticket),
    })
    expect(await connector.create(order, createContext())).toMatchObject({
      ok: true,
      value: { created: true, record: { crossReference: '500A' } },
    })
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual([
      { op: 'replace', path: 'externalXRef', value: '500A' },
    ])
  })

  it('makes nothing that it could not find again', async () => {
    const { server, connector } = await start({
      'GET /company/companies': (received, response) =>
        answerJson(response, 200, received.url.includes('customFieldConditions') ? [] : [{ id: 1, customFields: [] }]),
    })
    expect(
      await connector.create(
        { entity: 'company', values: { name: 'Acme' }, foreignId: '001A', idempotencyKey: 'd' },
        createContext(),
      ),
    ).toMatchObject({
      ok: false,
      failure: {
        class: 'permanent',
        code: 'NO_CUSTOM_FIELD',
        sentence: 'ConnectWise has no custom field "SF Id" for the new company.',
      },
    })
    expect(server.received.every((one) => one.method === 'GET')).toBe(true)
  })
})

describe('ConnectWise update', () => {
  it('does not believe a 200 that changed nothing', async () => {
    const { connector } = await start({ 'PATCH /service/tickets/7': json(200, ticket) })
    const updated = await connector.update(
      { entity: 'ticket', id: '7', changes: { 'status/name': 'Closed' }, before: beforeOf('ticket', '7') },
      createContext(),
    )
    expect(updated).toMatchObject({
      ok: false,
      failure: { class: 'permanent', code: 'NOT_TAKEN', field: 'status/name' },
    })
    expect(!updated.ok && updated.failure.sentence).toBe(
      "ConnectWise said that ticket 7 was saved, but status/name is 'New' and not 'Closed'.",
    )
  })

  it('sends the whole array of custom fields as it is at that moment', async () => {
    const changed = [customFields[0], { ...customFields[1], value: 'June' }]
    const { server, connector } = await start({
      'GET /company/contacts/42': json(200, { id: 42, customFields }),
      'PATCH /company/contacts/42': json(200, { id: 42, customFields: changed }),
    })
    expect(
      (
        await connector.update(
          {
            entity: 'contact',
            id: '42',
            changes: { 'customFields/Birthday': 'June' },
            before: beforeOf('contact', '42'),
          },
          createContext(),
        )
      ).ok,
    ).toBe(true)
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual([
      { op: 'replace', path: 'customFields', value: changed },
    ])
  })

  it('changes items of a contact one by one and never the list', async () => {
    let items = [
      { id: 1, type: { id: 1, name: 'Email' }, value: 'old@x.y', communicationType: 'Email', defaultFlag: true },
      { id: 2, type: { id: 4, name: 'Cell' }, value: '5550101', communicationType: 'Phone', defaultFlag: true },
    ]
    const { server, connector } = await start({
      'GET /company/contacts/42': (_, response) => answerJson(response, 200, { id: 42, communicationItems: items }),
      'GET /company/communicationTypes': json(200, [{ id: 2, description: 'Direct', phoneFlag: true }]),
      'PATCH /company/contacts/42/communications/1': (_, response) => {
        items = items.map((item) => (item.id === 1 ? { ...item, value: 'new@x.y' } : item))
        answerJson(response, 200, items[0])
      },
      'POST /company/contacts/42/communications': (received, response) => {
        const added = JSON.parse(received.body) as (typeof items)[number]
        items = [...items, { ...added, id: 3, type: { id: 2, name: 'Direct' } }]
        answerJson(response, 201, items.at(-1))
      },
      'DELETE /company/contacts/42/communications/2': (_, response) => {
        items = items.filter((item) => item.id !== 2)
        response.writeHead(204).end()
      },
    })
    const changes = { email: 'new@x.y', phone: '5550100', mobile: null }
    const updated = await connector.update(
      { entity: 'contact', id: '42', changes, before: beforeOf('contact', '42') },
      createContext(),
    )
    expect(updated).toMatchObject({ ok: true, value: { record: { values: changes } } })
    expect(
      server.received.filter((one) => one.method === 'PATCH').map((one) => JSON.parse(one.body) as unknown),
    ).toEqual([[{ op: 'replace', path: 'value', value: 'new@x.y' }]])
  })
})

describe('ConnectWise refusals', () => {
  async function refused(status: number, body: unknown, headers: Record<string, string> = {}) {
    const { connector } = await start({ 'PATCH /service/tickets/7': json(status, body, headers) })
    const result = await connector.update(
      { entity: 'ticket', id: '7', changes: { 'board/name': 'Nowhere' }, before: beforeOf('ticket', '7') },
      createContext(),
    )
    if (result.ok) throw new Error('not refused')
    return result.failure
  }

  it('name record, field and value', async () => {
    const failure = await refused(400, {
      code: 'InvalidObject',
      message: 'ticket object is invalid',
      errors: [{ code: 'InvalidField', message: 'The board field is invalid', resource: 'ticket', field: 'board' }],
    })
    expect(failure).toMatchObject({
      class: 'permanent',
      code: 'InvalidField',
      field: 'board/name',
      sentence: "ConnectWise refused the value 'Nowhere' for board/name of ticket 7: The board field is invalid.",
    })
  })

  it.each([
    [401, { code: 'Unauthorized', message: 'no' }, 'auth'],
    [403, { code: 'SecurityIdentification', message: 'no' }, 'permanent'],
    [409, { code: 'ConflictingUpdate', message: 'no' }, 'transient'],
    [400, { code: 'Whatever', message: 'no' }, 'permanent'],
    [500, { code: 'InternalError', message: 'no' }, 'transient'],
    [504, '<html>', 'unknown'],
    [302, '<html>', 'transient'],
  ] as const)('HTTP %i is classified', async (status, body, expected) => {
    expect((await refused(status, body)).class).toBe(expected)
  })

  it('say of a record that is being changed that nothing else has to wait', async () => {
    expect(await refused(409, { code: 'ConflictingUpdate', message: 'no' })).toHaveProperty('recordOnly', true)
    expect(await refused(503, '<html>')).not.toHaveProperty('recordOnly')
  })

  it('wait as long as ConnectWise asks', async () => {
    const failure = await refused(429, {}, { 'retry-after': '3' })
    expect(failure).toMatchObject({ class: 'limited', code: 'TOO_MANY_REQUESTS' })
    expect(Math.abs((failure.retryAt ?? 0) - Date.now() - 3_000)).toBeLessThan(1_000)
  })
})
