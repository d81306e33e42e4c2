import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'

type Doc = Record<string, unknown>
interface Answered {
  readonly status: number
  readonly link: string | null
  readonly body: unknown
}

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.setFault('connectwise', null))

function signedIn(): Record<string, string> {
  const { companyId, publicKey, privateKey, clientId } = sandbox.addresses.connectwise
  const secret = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')
  return { authorization: `Basic ${secret}`, clientid: clientId, 'content-type': 'application/json' }
}

async function call(method: string, path: string, body?: unknown, headers = signedIn()): Promise<Answered> {
  const address = `${sandbox.addresses.connectwise.baseUrl}/apis/3.0/${path}`
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const answer = await fetch(address, init)
  const text = await answer.text()
  return { status: answer.status, link: answer.headers.get('link'), body: text === '' ? null : JSON.parse(text) }
}

async function list(path: string, query: Record<string, string>): Promise<Doc[]> {
  const answer = await call('GET', `${path}?${new URLSearchParams({ pageSize: '1000', ...query }).toString()}`)
  expect(answer.status).toBe(200)
  return answer.body as Doc[]
}

function idOf(answer: Answered): number {
  return Number((answer.body as Doc)['id'])
}

let numbers = 0
async function newCompany(more: Doc = {}): Promise<Doc> {
  numbers += 1
  const sent = { identifier: `Test${numbers}`, name: `Test company ${numbers}`, ...more }
  const answer = await call('POST', 'company/companies', sent)
  expect(answer.status).toBe(201)
  return answer.body as Doc
}

describe('sign-in', () => {
  test('wants both the keys and the client id', async () => {
    const { clientid, ...withoutClient } = signedIn()
    expect(clientid).toBeDefined()
    expect((await call('GET', 'system/info', undefined, withoutClient)).status).toBe(401)
    const wrongKeys = { ...signedIn(), authorization: 'Basic eHg6eXk=' }
    expect((await call('GET', 'system/info', undefined, wrongKeys)).status).toBe(401)
    expect(await call('GET', 'system/info')).toMatchObject({ status: 200, body: { isCloud: false } })
  })

  test('tells the code base to anyone, and null for an unknown company', async () => {
    const info = async (id: string): Promise<unknown> =>
      (await fetch(`${sandbox.addresses.connectwiseUrl}/login/companyinfo/${id}`)).json()
    expect(await info('cobalt')).toMatchObject({ Codebase: 'v4_6_release/', IsCloud: false })
    expect(await info('nobody')).toBeNull()
  })

  test('refuses pages of other origins', async () => {
    const answer = await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/records/company`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
  })
})

describe('writes', () => {
  test('a new record gets its defaults and says who made it', async () => {
    const company = await newCompany({ types: [{ id: 2 }] })
    expect(company).toMatchObject({
      status: { id: 1, name: 'Active' },
      deletedFlag: false,
      _info: { updatedBy: 'patchbay' },
    })
    expect((company['_info'] as Doc)['lastUpdated']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  test.each([
    ['MissingRequiredField', 'company/companies', { name: 'No identifier' }],
    ['InvalidField', 'company/companies', { identifier: 'x'.repeat(26), name: 'Long' }],
    ['InvalidReference', 'service/tickets', { summary: 'x', company: { id: 999_999 } }],
    ['MissingRequiredField', 'sales/opportunities', { name: 'x', company: { id: 1 } }],
  ])('are refused with %s', async (code, path, sent) => {
    const answer = await call('POST', path, sent)
    expect(answer).toMatchObject({ status: 400, body: { code: 'InvalidObject' } })
    const { errors } = answer.body as { errors: { code: string }[] }
    expect(errors[0]?.code).toBe(code)
  })

  test('an identifier is given once', async () => {
    const { identifier } = await newCompany()
    const again = await call('POST', 'company/companies', {
      identifier: String(identifier).toLowerCase(),
      name: 'Other',
    })
    expect(again).toMatchObject({ status: 400, body: { errors: [{ code: 'ObjectExists', field: 'identifier' }] } })
  })

  test('PATCH replaces whole references, and a path into one changes nothing without a word', async () => {
    const [first, second] = [await newCompany(), await newCompany()]
    const made = await call('POST', 'service/tickets', { summary: 'Trap', company: { id: first['id'] } })
    const path = `service/tickets/${idOf(made)}`
    const trap = [{ op: 'replace', path: 'company/identifier', value: second['identifier'] }]
    expect(await call('PATCH', path, trap)).toMatchObject({ status: 200, body: { company: { id: first['id'] } } })
    const whole = [{ op: 'replace', path: '/company', value: { identifier: second['identifier'] } }]
    expect(await call('PATCH', path, whole)).toMatchObject({ status: 200, body: { company: { id: second['id'] } } })
    expect(await call('PATCH', path, [{ op: 'replace', path: 'Summary', value: 'x' }])).toMatchObject({
      status: 400,
      body: { code: 'InvalidPatch' },
    })
  })

  test('PATCH takes the custom fields as a whole', async () => {
    const company = await newCompany({
      customFields: [
        { id: 1, value: '001' },
        { id: 2, value: 'South' },
      ],
    })
    const only = [{ op: 'replace', path: 'customFields', value: [{ id: 1, value: '002' }] }]
    const answer = await call('PATCH', `company/companies/${String(company['id'])}`, only)
    expect((answer.body as { customFields: Doc[] }).customFields.map((one) => one['value'])).toEqual(['002', null])
    const wrong = [{ op: 'replace', path: 'customFields', value: { id: 1, value: '003' } }]
    expect(await call('PATCH', `company/companies/${String(company['id'])}`, wrong)).toMatchObject({ status: 400 })
  })

  test('PUT resets what it leaves out, DELETE removes', async () => {
    const company = await newCompany({ phoneNumber: '555' })
    const path = `company/companies/${String(company['id'])}`
    const put = await call('PUT', path, { identifier: company['identifier'], name: 'Renamed' })
    expect(put).toMatchObject({ status: 200, body: { name: 'Renamed', phoneNumber: null } })
    expect((await call('DELETE', path)).status).toBe(204)
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'NotFound' } })
  })

  test('statuses belong to a board, by id and by name', async () => {
    const company = { id: 1 }
    const onBoard = await call('POST', 'service/tickets', {
      summary: 'x',
      company,
      board: { name: 'Alerts' },
      status: { name: 'Closed' },
    })
    expect(onBoard.body).toMatchObject({ board: { id: 3 }, status: { id: 306 }, closedFlag: true })
    const foreign = await call('POST', 'service/tickets', {
      summary: 'x',
      company,
      board: { id: 3 },
      status: { id: 101 },
    })
    expect(foreign).toMatchObject({ status: 400, body: { errors: [{ field: 'status' }] } })
    expect(await list('service/boards/2/statuses', { conditions: 'name = "new"' })).toMatchObject([{ id: 201 }])
  })

  test('the description of a ticket is not returned, but is its first note', async () => {
    const sent = { summary: 'Described', company: { id: 1 }, initialDescription: 'It hums.' }
    const made = await call('POST', 'service/tickets', sent)
    expect(made.body).not.toHaveProperty('initialDescription')
    const notes = `service/tickets/${idOf(made)}/notes`
    expect(await list(notes, {})).toMatchObject([{ text: 'It hums.', detailDescriptionFlag: true }])
    const added = await call('POST', notes, { text: 'Looked at it.', internalAnalysisFlag: true })
    expect(added).toMatchObject({ status: 201, body: { ticketId: idOf(made) } })
  })

  test('communications of a contact are changed one by one', async () => {
    const items = [
      { type: { id: 1 }, value: 'a@x.example' },
      { communicationType: 'Phone', value: '555-1' },
    ]
    const made = await call('POST', 'company/contacts', { firstName: 'Ada', communicationItems: items })
    const path = `company/contacts/${idOf(made)}/communications`
    const [email, phone] = await list(path, {})
    const patch = [{ op: 'replace', path: 'value', value: 'b@x.example' }]
    expect(await call('PATCH', `${path}/${String(email?.['id'])}`, patch)).toMatchObject({
      body: { value: 'b@x.example' },
    })
    expect((await call('POST', path, { type: { name: 'Mobile' }, value: '555-2' })).status).toBe(201)
    expect((await call('DELETE', `${path}/${String(phone?.['id'])}`)).status).toBe(204)
    expect((await list(path, {})).map((item) => item['value'])).toEqual(['b@x.example', '555-2'])
  })
})

describe('lists', () => {
  test('find by conditions, child conditions and custom fields', async () => {
    const company = await newCompany({ customFields: [{ id: 1, value: '001FIND' }], website: 'https://find.example' })
    const items = [
      { type: { id: 1 }, value: 'Find.Me@x.example' },
      { type: { id: 2 }, value: '555-7' },
    ]
    const contact = await call('POST', 'company/contacts', {
      firstName: 'Find',
      company: { id: company['id'] },
      communicationItems: items,
    })
    const ids = async (path: string, query: Record<string, string>): Promise<unknown[]> =>
      (await list(path, query)).map((doc) => doc['id'])
    const contactId = (contact.body as Doc)['id']
    expect(await ids('company/companies', { customFieldConditions: 'caption="SF Id" AND value="001find"' })).toEqual([
      company['id'],
    ])
    expect(await ids('company/companies', { customFieldConditions: 'caption="Region" AND value="001FIND"' })).toEqual(
      [],
    )
    expect(
      await ids('company/contacts', { conditions: `company/identifier="${String(company['identifier'])}"` }),
    ).toEqual([contactId])
    const childConditions =
      'communicationItems/value like "find.me@x.example" AND communicationItems/communicationType="Email"'
    expect(await ids('company/contacts', { childConditions })).toEqual([contactId])
    expect(await ids('company/contacts', { childConditions: childConditions.replace('"Email"', '"Phone"') })).toEqual(
      [],
    )
    const recent = `lastUpdated >= [${String((company['_info'] as Doc)['lastUpdated'])}] and id = ${String(company['id'])}`
    expect(await ids('company/companies', { conditions: recent })).toEqual([company['id']])
    const search = await call('POST', 'company/companies/search', { conditions: 'website contains "find.ex"' })
    expect(search.body).toMatchObject([{ id: company['id'] }])
  })

  test('page with links', async () => {
    const first = await call('GET', 'service/tickets?pageSize=20&orderBy=id desc')
    expect(first.body).toHaveLength(20)
    const next = /<([^>]+)>; rel="next"/.exec(first.link ?? '')?.[1] ?? ''
    expect(new URL(next).searchParams.get('page')).toBe('2')
    const last = await call('GET', 'service/tickets?pageSize=1000')
    expect(last.link).toBeNull()
  })

  test('page forward only, over every record once', async () => {
    const headers = { ...signedIn(), 'pagination-type': 'forward-only' }
    const seen: unknown[] = []
    let path: string | null = 'company/contacts?pageSize=30&fields=id,company/name'
    while (path !== null) {
      const page: Answered = await call('GET', path, undefined, headers)
      seen.push(...(page.body as Doc[]).map((doc) => doc['id']))
      path = /<[^>]*\/apis\/3\.0\/([^>]+)>; rel="next"/.exec(page.link ?? '')?.[1] ?? null
    }
    const { body } = await call('GET', 'company/contacts/count')
    expect(seen).toHaveLength((body as { count: number }).count)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test.each(['name = unquoted', 'nonsense = 1', 'name ="x', 'name = "x" AND'])(
    'refuse the conditions %s',
    async (conditions) => {
      const answer = await call('GET', `company/companies?${new URLSearchParams({ conditions }).toString()}`)
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'conditions' }] } })
    },
  )
})

describe('callbacks', () => {
  const callback = { url: 'http://127.0.0.1:9/x?recordId=', objectId: 1, type: 'company', level: 'owner' }

  test('are registered once, with a level that the type knows', async () => {
    expect((await call('POST', 'system/callbacks', callback)).status).toBe(201)
    expect(await call('POST', 'system/callbacks', callback)).toMatchObject({
      status: 400,
      body: { code: 'ObjectExists' },
    })
    const wrong = { ...callback, level: 'board' }
    expect(await call('POST', 'system/callbacks', wrong)).toMatchObject({
      status: 400,
      body: { code: 'InvalidObject' },
    })
    const [found] = await list('system/callbacks', { conditions: 'url contains "127.0.0.1:9/"' })
    expect(found).toMatchObject({ type: 'company', payloadVersion: '3.0.0' })
    expect(found).not.toHaveProperty('signingKey')
    expect((await call('DELETE', `system/callbacks/${String(found?.['id'])}`)).status).toBe(204)
  })
})
