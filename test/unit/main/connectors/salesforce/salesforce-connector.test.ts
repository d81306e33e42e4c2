import { generateKeyPairSync, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { createSalesforceConnector } from '#main/connectors/salesforce/salesforce-connector.ts'
import { salesforceSettings } from '#shared/domain/connection.ts'
import { answerJson, createContext, startLoopback, type Loopback, type Received } from '../loopback.ts'

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

type Handler = (received: Received, response: ServerResponse) => void

/** A Salesforce of a few lines: hands out `token1`, `token2`, …, and leaves the rest to `handle`. */
async function startSalesforce(handle: Handler) {
  let tokens = 0
  const server: Loopback = await startLoopback((received, response) => {
    if (!received.url.startsWith('/services/oauth2/token')) return handle(received, response)
    tokens += 1
    answerJson(response, 200, {
      access_token: `token${tokens}`,
      instance_url: server.url,
      id: `${server.url}/id/00D/005`,
      token_type: 'Bearer',
    })
  })
  open.push(server)
  return server
}

function connect(server: Loopback, more: { grant?: 'jwt-bearer'; privateKey?: string; timeoutMs?: number } = {}) {
  const settings = salesforceSettings.parse({
    loginUrl: server.url,
    clientId: 'consumer-key',
    username: 'relay@example.com',
    grant: more.grant,
  })
  const connector = createSalesforceConnector({
    settings: { ...settings, timeoutMs: more.timeoutMs ?? 5_000 },
    secrets: {
      clientSecret: 'consumer-secret',
      ...(more.privateKey === undefined ? {} : { privateKey: more.privateKey }),
    },
    clock: systemClock,
  })
  open.push(connector)
  return connector
}

const account = {
  Id: '001000000000001AAA',
  Name: 'Acme',
  SystemModstamp: '2026-01-31T12:00:00.000+0000',
  LastModifiedById: '005X',
}
const signIns = (server: Loopback) => server.received.filter((one) => one.url.startsWith('/services/oauth2/token'))
const calls = (server: Loopback) => server.received.filter((one) => !one.url.startsWith('/services/oauth2/token'))
const order = {
  entity: 'Account',
  values: { Name: 'Acme', ConnectWise_Id__c: 'x' },
  foreignId: '19 7',
  idempotencyKey: 'd1',
}

describe('Salesforce sign-in', () => {
  it('happens once for many calls at the same time', async () => {
    const server = await startSalesforce((_, response) => answerJson(response, 200, account))
    const connector = connect(server)
    const results = await Promise.all(
      Array.from({ length: 8 }, () => connector.fetch('Account', account.Id, createContext())),
    )
    expect(results.every((result) => result.ok)).toBe(true)
    expect(signIns(server)).toHaveLength(1)
    expect(new URLSearchParams(signIns(server)[0]?.body).get('grant_type')).toBe('client_credentials')
  })

  it('is repeated once when the token is no longer taken', async () => {
    const server = await startSalesforce((received, response) => {
      const isNew = received.headers.authorization === 'Bearer token2'
      answerJson(
        response,
        isNew ? 200 : 401,
        isNew ? account : [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }],
      )
    })
    expect(await connect(server).fetch('Account', account.Id, createContext())).toMatchObject({
      ok: true,
      value: { version: account.SystemModstamp },
    })
    expect(signIns(server)).toHaveLength(2)
  })

  it('is not repeated without end when a fresh token is refused too', async () => {
    const server = await startSalesforce((_, response) =>
      answerJson(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }]),
    )
    expect(await connect(server).fetch('Account', account.Id, createContext())).toMatchObject({
      ok: false,
      failure: { class: 'auth', code: 'INVALID_SESSION_ID' },
    })
    expect(signIns(server)).toHaveLength(2)
  })

  it('signs a JWT bearer assertion that verifies', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const server = await startSalesforce((_, response) => answerJson(response, 200, account))
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(
      (await connect(server, { grant: 'jwt-bearer', privateKey: pem }).fetch('Account', account.Id, createContext()))
        .ok,
    ).toBe(true)
    const form = new URLSearchParams(signIns(server)[0]?.body)
    const [head = '', body = '', signature = ''] = form.get('assertion')?.split('.') ?? []
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    )
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
      iss: 'consumer-key',
      sub: 'relay@example.com',
      aud: server.url,
    })
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    expect(form.has('client_secret')).toBe(false)
  })

  it('says what is missing instead of asking Salesforce', async () => {
    const server = await startSalesforce(() => undefined)
    const failure = {
      ok: false,
      failure: {
        class: 'auth',
        code: 'CONNECTION_INCOMPLETE',
        sentence: 'Signing in to Salesforce is not possible: The private key can not be read.',
      },
    }
    expect(
      await connect(server, { grant: 'jwt-bearer', privateKey: 'nonsense' }).fetch('Account', 'x', createContext()),
    ).toMatchObject(failure)
    expect(server.received).toHaveLength(0)
  })
})

describe('Salesforce create', () => {
  it('upserts by the external id, which stands in the address only', async () => {
    const server = await startSalesforce((_, response) =>
      answerJson(
        response,
        201,
        { id: account.Id, success: true, created: true, errors: [] },
        { 'sforce-limit-info': 'api-usage=18/5000' },
      ),
    )
    const connector = connect(server)
    const created = await connector.create(order, createContext())
    expect(created).toMatchObject({
      ok: true,
      value: { created: true, record: { ref: { id: account.Id }, crossReference: '19 7' } },
    })
    expect(calls(server)[0]).toMatchObject({
      method: 'PATCH',
      url: '/services/data/v62.0/sobjects/Account/ConnectWise_Id__c/19 7',
      body: '{"Name":"Acme"}',
    })
    expect(calls(server)[0]?.headers['sforce-call-options']).toBe('client=Patchbay')
    expect(connector.budget()).toEqual({ used: 18, limit: 5_000 })
  })

  it('reads the record when an older API version answers without its id', async () => {
    const server = await startSalesforce((received, response) => {
      if (received.method === 'GET') return answerJson(response, 200, account)
      response.writeHead(204).end()
    })
    expect(await connect(server).create(order, createContext())).toMatchObject({
      ok: true,
      value: { created: false, record: { ref: { id: account.Id } } },
    })
  })

  it('names the twins instead of choosing one', async () => {
    const server = await startSalesforce((_, response) =>
      answerJson(response, 300, [
        '/services/data/v62.0/sobjects/Account/001A',
        '/services/data/v62.0/sobjects/Account/001B',
      ]),
    )
    const created = await connect(server).create(order, createContext())
    expect(created).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'MULTIPLE_CHOICES', status: 300 } })
    expect(!created.ok && created.failure.sentence).toContain('001A, 001B.')
  })

  it('is unknown when the connection is cut after it was sent', async () => {
    const server = await startSalesforce((_, response) => response.socket?.destroy())
    expect(await connect(server).create(order, createContext())).toMatchObject({
      ok: false,
      failure: { class: 'unknown', code: 'CONNECTION_CUT' },
    })
    expect(calls(server)).toHaveLength(1)
  })
})

describe('Salesforce refusals', () => {
  async function refusedUpdate(
    status: number,
    error: { errorCode: string; message: string; fields?: string[] },
    headers = {},
  ) {
    const server = await startSalesforce((_, response) => answerJson(response, status, [error], headers))
    const before = {
      ref: { system: 'salesforce', entity: 'Case', id: '500A' },
      version: null,
      changedBy: null,
      values: {},
      crossReference: null,
    } as const
    const result = await connect(server).update(
      { entity: 'Case', id: '500A', changes: { Status: 'Foo' }, before },
      createContext(),
    )
    if (result.ok) throw new Error('not refused')
    return result.failure
  }

  it('name record, field and value, and what to do', async () => {
    const message = 'Status: bad value for restricted picklist field: Foo'
    expect(
      await refusedUpdate(400, { errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, fields: ['Status'] }),
    ).toEqual({
      class: 'permanent',
      stage: 'deliver',
      code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      sentence: "Salesforce refused the value 'Foo' for Status of Case 500A: it is not in the pick list.",
      fix: "Add a pair for 'Foo' to the value map of Status, or add the value in Salesforce. Then replay.",
      field: 'Status',
      value: 'Foo',
      status: 400,
    })
  })

  it.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'limited'],
    [400, 'UNABLE_TO_LOCK_ROW', 'transient'],
    [503, 'SERVER_UNAVAILABLE', 'transient'],
    [404, 'ENTITY_IS_DELETED', 'permanent'],
    [400, 'DUPLICATE_VALUE', 'permanent'],
    [400, 'SOMETHING_NEW', 'permanent'],
    [502, 'SOMETHING_NEW', 'unknown'],
  ] as const)('HTTP %i %s is %s', async (status, errorCode, expected) => {
    expect((await refusedUpdate(status, { errorCode, message: 'no' })).class).toBe(expected)
  })

  it('say of a record that is locked that nothing else has to wait', async () => {
    const locked = await refusedUpdate(400, { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'no' })
    expect(locked).toHaveProperty('recordOnly', true)
    expect(await refusedUpdate(503, { errorCode: 'SERVER_UNAVAILABLE', message: 'no' })).not.toHaveProperty(
      'recordOnly',
    )
  })

  it('wait a quarter of an hour for the daily limit, and as long as asked for otherwise', async () => {
    const quota = await refusedUpdate(403, { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'limit' })
    expect(quota.retryAt).toBeGreaterThan(Date.now() + 14 * 60_000)
    const busy = await refusedUpdate(
      429,
      { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'slow down' },
      { 'retry-after': '7' },
    )
    expect(busy).toMatchObject({ class: 'limited', status: 429 })
    expect(busy.retryAt).toBeLessThan(Date.now() + 8_000)
  })
})

describe('Salesforce reading', () => {
  const describeAnswer = {
    fields: [
      { name: 'Name', type: 'string' },
      { name: 'Seats__c', type: 'double' },
    ],
  }

  it('takes "not found" for gone only when the object exists', async () => {
    const server = await startSalesforce((received, response) => {
      if (received.url.endsWith('/Account/describe')) return answerJson(response, 200, describeAnswer)
      answerJson(response, 404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }])
    })
    const connector = connect(server)
    expect(await connector.fetch('Account', account.Id, createContext())).toEqual({ ok: true, value: null })
    expect(await connector.fetch('Acount', account.Id, createContext())).toMatchObject({
      ok: false,
      failure: { class: 'permanent', code: 'INVALID_TYPE' },
    })
  })

  it('does not take a web server that knows nothing for an answer', async () => {
    const server = await startSalesforce((_, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
    )
    expect(await connect(server).fetch('Account', account.Id, createContext())).toMatchObject({
      ok: false,
      failure: { class: 'transient', code: 'NOT_THE_API' },
    })
  })

  it('survives an answer that ends in the middle', async () => {
    const server = await startSalesforce((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
      response.write('{"Id":')
      setImmediate(() => response.socket?.destroy())
    })
    expect(await connect(server).fetch('Account', account.Id, createContext())).toMatchObject({
      ok: false,
      failure: { class: 'transient', code: 'CONNECTION_CUT' },
    })
  })

  it('queries with literals of the type that describe names, and asks for the description once', async () => {
    const server = await startSalesforce((received, response) => {
      if (received.url.endsWith('/describe')) return answerJson(response, 200, describeAnswer)
      if (received.url.includes('/query'))
        return answerJson(response, 200, { totalSize: 1, done: true, records: [{ Id: account.Id }] })
      answerJson(response, 200, { ...account, attributes: { type: 'Account' }, BillingAddress: { city: 'X' } })
    })
    const connector = connect(server)
    const found = await connector.findByField('Account', 'Name', "Joe's \\ Bar", createContext())
    expect(found).toMatchObject({ ok: true, value: [{ values: account }] })
    await connector.findByField('Account', 'Seats__c', '12', createContext())
    expect(await connector.findByField('Account', 'Seats__c', "1 OR Name != ''", createContext())).toEqual({
      ok: true,
      value: [],
    })
    const queries = calls(server)
      .filter((one) => one.url.includes('/query'))
      .map((one) => one.url.split('WHERE')[1])
    expect(queries).toEqual([" Name = 'Joe\\'s \\\\ Bar' LIMIT 20", ' Seats__c = 12 LIMIT 20'])
    expect(calls(server).filter((one) => one.url.endsWith('/describe'))).toHaveLength(1)
  })
})
