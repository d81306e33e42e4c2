import { generateKeyPairSync, sign } from 'node:crypto'
import { Connection } from 'jsforce'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'

let sandbox: Sandbox
let connection: Connection

beforeAll(async () => {
  sandbox = await startSandbox()
  connection = await connect()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.setFault('salesforce', null))

async function connect(): Promise<Connection> {
  const { salesforceUrl, salesforce } = sandbox.addresses
  const made = new Connection({ loginUrl: salesforceUrl, version: '62.0', callOptions: { client: 'patchbay' } })
  await made.authorize({
    grant_type: 'client_credentials',
    client_id: salesforce.clientId,
    client_secret: salesforce.clientSecret,
  })
  return made
}

/** The error that jsforce makes of a refused call. */
async function refusal(work: PromiseLike<unknown>): Promise<{ errorCode?: string; name: string; message: string }> {
  return work.then(
    () => expect.unreachable('it was accepted'),
    (error: { errorCode?: string; name: string; message: string }) => error,
  )
}

/** The token endpoint's answer to a form. */
async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = `${sandbox.addresses.salesforceUrl}/services/oauth2/token`
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

function assertion(claims: Record<string, unknown>): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256' })}.${part(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
}

describe('sign-in', () => {
  test('refuses a wrong secret in the words of the token endpoint', async () => {
    const { clientId } = sandbox.addresses.salesforce
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: 'wrong' }
    expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
  })

  test('takes an assertion for the right user and refuses one for another or of yesterday', async () => {
    const { clientId, username } = sandbox.addresses.salesforce
    const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    const exp = Math.floor(Date.now() / 1000) + 180
    const good = { iss: clientId, sub: username, aud: sandbox.addresses.salesforceUrl, exp }
    expect(await token({ grant_type: grant, assertion: assertion(good) })).toMatchObject({ status: 200 })
    const strangers = [
      { ...good, sub: 'x@y.example' },
      { ...good, exp: exp - 86_400 },
    ]
    for (const claims of strangers) {
      expect(await token({ grant_type: grant, assertion: assertion(claims) })).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    }
  })

  test('answers 401 INVALID_SESSION_ID to an unknown token', async () => {
    const stranger = new Connection({
      instanceUrl: sandbox.addresses.salesforceUrl,
      accessToken: 'no',
      version: '62.0',
    })
    expect((await refusal(stranger.query('SELECT Id FROM Account'))).errorCode).toBe('INVALID_SESSION_ID')
  })

  test('tells the calls used', async () => {
    await connection.query('SELECT Id FROM Account LIMIT 1')
    const before = connection.limitInfo.apiUsage?.used ?? 0
    await connection.query('SELECT Id FROM Account LIMIT 1')
    expect(connection.limitInfo.apiUsage).toEqual({ used: before + 1, limit: 100_000 })
  })
})

describe('records', () => {
  test('are created, read, changed and deleted', async () => {
    const made = await connection.sobject('Account').create({ Name: 'Fresh Bakery', Phone: ' 555 ' })
    expect(made).toMatchObject({ success: true, errors: [] })
    const id = made.id ?? ''
    expect(id).toMatch(/^001\w{15}$/)
    await connection.sobject('Account').update({ Id: id, Website: 'https://bakery.example', Phone: null })
    const record = await connection.sobject('Account').retrieve(id)
    expect(record).toMatchObject({ Name: 'Fresh Bakery', Phone: null, Website: 'https://bakery.example' })
    expect(record['SystemModstamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/)
    expect(await connection.sobject('Account').retrieve(id.slice(0, 15))).toMatchObject({ Id: id })
    await connection.sobject('Account').destroy(id)
    expect((await refusal(connection.sobject('Account').retrieve(id))).errorCode).toBe('ENTITY_IS_DELETED')
  })

  test.each([
    ['REQUIRED_FIELD_MISSING', 'Account', { Phone: '1' }],
    ['STRING_TOO_LONG', 'Account', { Name: 'x'.repeat(256) }],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Case', { Status: 'Nonsense' }],
    ['INVALID_FIELD', 'Account', { Name: 'x', Nonsense__c: 'x' }],
    ['INVALID_FIELD_FOR_INSERT_UPDATE', 'Contact', { LastName: 'x', Name: 'x' }],
    ['INVALID_EMAIL_ADDRESS', 'Contact', { LastName: 'x', Email: 'no address' }],
    ['MALFORMED_ID', 'Contact', { LastName: 'x', AccountId: 'short' }],
    ['INVALID_CROSS_REFERENCE_KEY', 'Contact', { LastName: 'x', AccountId: '001PB00zzzzzzzz' }],
    ['JSON_PARSER_ERROR', 'Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '31.1.2026' }],
  ])('are refused with %s', async (code, entity, values) => {
    expect((await refusal(connection.sobject(entity).create(values))).errorCode).toBe(code)
  })

  test('refuse the external id of another record', async () => {
    await connection.sobject('Account').create({ Name: 'One', ConnectWise_Id__c: 'taken-1' })
    const error = await refusal(connection.sobject('Account').create({ Name: 'Two', ConnectWise_Id__c: 'TAKEN-1' }))
    expect(error.errorCode).toBe('DUPLICATE_VALUE')
  })

  test('compute what Salesforce computes', async () => {
    const { id } = await connection.sobject('Case').create({ Subject: 'Closing', Status: 'Closed' })
    expect(await connection.sobject('Case').retrieve(id ?? '')).toMatchObject({ IsClosed: true, Priority: 'Medium' })
    const deal = { Name: 'Deal', StageName: 'Closed Won', CloseDate: '2026-02-28' }
    const made = await connection.sobject('Opportunity').create(deal)
    expect(await connection.sobject('Opportunity').retrieve(made.id ?? '')).toMatchObject({
      IsWon: true,
      Probability: 100,
    })
  })
})

describe('upsert by external id', () => {
  const url = (field: string, value: string): string => `/services/data/v62.0/sobjects/Account/${field}/${value}`

  async function patch(address: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(sandbox.addresses.salesforceUrl + address, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${connection.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }

  test('answers 201 when it creates and 200 when it updates, through jsforce too', async () => {
    const first = await patch(url('ConnectWise_Id__c', 'u-1'), { Name: 'Upserted' })
    expect(first).toMatchObject({ status: 201, body: { success: true, created: true } })
    const second = await patch(url('ConnectWise_Id__c', 'u-1'), { Name: 'Upserted again' })
    expect(second).toMatchObject({ status: 200, body: { created: false } })
    const record = { ConnectWise_Id__c: 'u-2', Name: 'By jsforce' }
    expect(await connection.sobject('Account').upsert(record, 'ConnectWise_Id__c')).toMatchObject({ created: true })
  })

  test('answers 300 with addresses when several records match', async () => {
    for (const Name of ['Twin A', 'Twin B']) await connection.sobject('Account').create({ Name, Import_Key__c: 'twin' })
    const answer = await patch(url('Import_Key__c', 'twin'), { Name: 'Which?' })
    expect(answer.status).toBe(300)
    expect(answer.body).toEqual([
      expect.stringMatching(/sobjects\/Account\/001/),
      expect.stringMatching(/Account\/001/),
    ])
  })

  test('creates nothing when only an update is allowed', async () => {
    expect((await patch(`${url('ConnectWise_Id__c', 'u-3')}?updateOnly=true`, { Name: 'No' })).status).toBe(404)
  })

  test('refuses the external id in the body', async () => {
    const answer = await patch(url('ConnectWise_Id__c', 'u-4'), { Name: 'x', ConnectWise_Id__c: 'u-4' })
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] })
  })
})

describe('queries', () => {
  test('filter, sort and limit', async () => {
    for (const [index, Name] of ['Query B', 'Query A', "Query O'C"].entries()) {
      await connection.sobject('Account').create({ Name, NumberOfEmployees: index })
    }
    const names = async (where: string): Promise<unknown[]> =>
      (await connection.query(`SELECT Id, Name FROM Account WHERE ${where}`)).records.map(
        (record): unknown => record['Name'],
      )
    expect(await names("Name LIKE 'query _' ORDER BY Name")).toEqual(['Query A', 'Query B'])
    expect(await names("Name = 'Query O\\'C'")).toEqual(["Query O'C"])
    expect(await names("Name IN ('Query A', 'query b') AND NumberOfEmployees >= 1")).toEqual(['Query A'])
    expect(await names("Name LIKE 'Query%' AND NOT (NumberOfEmployees = 0 OR Name = 'Query A')")).toEqual(["Query O'C"])
    expect(await names("Name LIKE 'Query%' ORDER BY NumberOfEmployees DESC LIMIT 1")).toEqual(["Query O'C"])
    expect(await names("Name LIKE 'Query%' AND SystemModstamp > 2099-01-01T00:00:00Z")).toEqual([])
    expect(await names("Name LIKE 'Query%' AND Website = null")).toHaveLength(3)
  })

  test('look through a reference and count', async () => {
    const { records } = await connection.query(
      'SELECT Account.Name, Email FROM Contact WHERE AccountId != null LIMIT 1',
    )
    expect(records[0]).toMatchObject({ Account: { Name: expect.any(String) as string } })
    expect((await connection.query('SELECT COUNT() FROM Contact')).totalSize).toBeGreaterThan(60)
  })

  test.each([
    ['INVALID_FIELD', 'SELECT Nonsense FROM Account'],
    ['INVALID_TYPE', 'SELECT Id FROM Nonsense'],
    ['MALFORMED_QUERY', 'SELECT Id FROM Account WHERE'],
  ])('are refused with %s', async (code, soql) => {
    expect((await refusal(connection.query(soql))).errorCode).toBe(code)
  })
})

describe('collections', () => {
  test('write what is right and say what is wrong', async () => {
    const results = await connection.sobject('Account').create([{ Name: 'Many 1' }, { Phone: '1' }])
    expect(results).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ])
  })

  test('undo everything when all or none was asked for', async () => {
    const rows = [{ Name: 'Undone 1' }, { Phone: '1' }]
    const results = await connection.sobject('Account').create(rows, { allOrNone: true })
    expect(results).toMatchObject([
      { errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false },
    ])
    expect((await connection.query("SELECT Id FROM Account WHERE Name = 'Undone 1'")).totalSize).toBe(0)
  })

  test('upsert and delete', async () => {
    const rows = [
      { Name: 'Col 1', ConnectWise_Id__c: 'col-1' },
      { Name: 'Col 2', ConnectWise_Id__c: 'col-2' },
    ]
    const first = await connection.sobject('Account').upsert(rows, 'ConnectWise_Id__c', { allowRecursive: true })
    expect(first).toMatchObject([{ created: true }, { created: true }])
    const ids = first.map((result) => result.id ?? '')
    expect(await connection.sobject('Account').retrieve(ids)).toMatchObject([{ Name: 'Col 1' }, { Name: 'Col 2' }])
    expect(await connection.sobject('Account').destroy(ids)).toMatchObject([{ success: true }, { success: true }])
  })
})

test('describe tells lengths, picklists and external ids', async () => {
  const { fields } = await connection.sobject('Case').describe()
  const status = fields.find((field) => field.name === 'Status')
  expect(status).toMatchObject({ restrictedPicklist: true, type: 'picklist' })
  expect(status?.picklistValues).toContainEqual(expect.objectContaining({ value: 'Working', active: true }))
  const link = fields.find((field) => field.name === 'ConnectWise_Id__c')
  expect(link).toMatchObject({ externalId: true, unique: true, length: 40 })
  expect((await connection.describeGlobal()).sobjects.map((one) => one.name)).toContain('Opportunity')
})
