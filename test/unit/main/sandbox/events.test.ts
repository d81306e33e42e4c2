import { createHash, createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackSignature } from '#main/sandbox/connectwise/callbacks.ts'
import { hookdeckSignature } from '#main/sandbox/salesforce/change-events.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startReceiver } from './receiver.ts'
import type { Arrived, Receiver } from './receiver.ts'

type Doc = Record<string, unknown>

const bodyA = '{"ID":42,"Type":"company","Action":"updated","Note":"Tom & Zoë +1"}'

test('signatures match the published vectors', () => {
  expect(hookdeckSignature('test-secret', bodyA)).toBe('A2wJhTlBbzNMwACsOS0hSg9aPMcl9ZasHtX3o0a+wl0=')
  expect(callbackSignature('test-signing-key', bodyA)).toBe('hra+lidXchgQF+xMUYRiv3vHg2ZQKZdb/Gg7+3Fugy4=')
})

let sandbox: Sandbox
let receiver: Receiver

beforeEach(async () => {
  receiver = await startReceiver()
  sandbox = await startSandbox()
  await sandbox.announceTo(receiver.url)
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

/** A change by a person in one of the systems. */
async function person(method: string, url: string, body: Doc): Promise<Doc> {
  const answer = await fetch(url, { method, body: JSON.stringify(body) })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as Doc
}

function inSalesforce(method: string, path: string, body: Doc): Promise<Doc> {
  return person(method, `${sandbox.addresses.salesforceUrl}/sandbox/records/${path}`, body)
}

function inConnectWise(method: string, path: string, body: Doc): Promise<Doc> {
  return person(method, `${sandbox.addresses.connectwiseUrl}/sandbox/records/${path}`, body)
}

/** A write through the API of ConnectWise by the relay's own member. */
async function byRelay(path: string, body: Doc): Promise<Doc> {
  const { baseUrl, companyId, publicKey, privateKey, clientId } = sandbox.addresses.connectwise
  const secret = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')
  const headers = { authorization: `Basic ${secret}`, clientid: clientId }
  const answer = await fetch(`${baseUrl}/apis/3.0/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Doc
}

function header(webhook: Arrived): Doc {
  return (webhook.body['ChangeEventHeader'] ?? {}) as Doc
}

describe('Salesforce', () => {
  test('tells of a change as Hookdeck would deliver it', async () => {
    const account = await inSalesforce('POST', 'Account', { Name: 'Told', Phone: '555' })
    const created = await receiver.next((webhook) => header(webhook)['changeType'] === 'CREATE')
    expect(created.path).toBe('/hooks/salesforce')
    expect(created.body).toMatchObject({ Name: 'Told', Phone: '555' })
    const { signingSecret } = sandbox.addresses
    const signature = createHmac('sha256', signingSecret).update(created.raw).digest('base64')
    expect(created.headers).toMatchObject({
      'x-hookdeck-signature': signature,
      'x-hookdeck-attempt-count': '1',
      'x-hookdeck-source-name': 'salesforce',
    })
    await inSalesforce('PATCH', `Account/${String(account['Id'])}`, { Phone: null })
    const updated = await receiver.next((webhook) => header(webhook)['changeType'] === 'UPDATE')
    expect(header(updated)).toMatchObject({
      entityName: 'Account',
      recordIds: [account['Id']],
      nulledFields: ['Phone'],
      changedFields: ['LastModifiedDate', 'Phone'],
    })
    expect(updated.body).not.toHaveProperty('Name')
  })

  test('tries again with the same id until it is taken', async () => {
    receiver.answer(503, 429)
    await inSalesforce('POST', 'Account', { Name: 'Stubborn' })
    const last = await receiver.next((webhook) => webhook.headers['x-hookdeck-attempt-count'] === '3')
    expect(new Set(receiver.arrived.map((webhook) => webhook.headers['x-hookdeck-eventid'])).size).toBe(1)
    expect(last.headers['x-hookdeck-attempt-trigger']).toBe('AUTOMATIC')
  })
})

describe('ConnectWise', () => {
  test('tells of a change with a signature that its key page explains', async () => {
    const company = await inConnectWise('POST', 'company?via=callback', { identifier: 'Signed', name: 'Signed' })
    const callback = await receiver.next((webhook) => webhook.body['Type'] === 'company')
    expect(callback.path).toBe(`/hooks/connectwise?recordId=${String(company['id'])}&action=added`)
    expect(callback.body).toMatchObject({ Action: 'added', ID: company['id'], MemberId: 'sgarcia' })
    expect(JSON.parse(String(callback.body['Entity']))).not.toHaveProperty('customFields')
    const { key_url: keyUrl } = callback.body['Metadata'] as { key_url: string }
    expect(keyUrl.startsWith(`${sandbox.addresses.connectwiseUrl}/v4_6_release/system/callbackkey/`)).toBe(true)
    const { signing_key: key } = (await (await fetch(keyUrl)).json()) as { signing_key: string }
    const hashed = createHash('sha256').update(key).digest()
    const signature = createHmac('sha256', hashed).update(callback.raw).digest('base64')
    expect(callback.headers['x-content-signature']).toBe(signature)
  })

  test('keeps quiet about the relay’s own writes, unless told not to', async () => {
    await byRelay('company/companies', { identifier: 'Quiet', name: 'Quiet' })
    await inConnectWise('POST', 'company', { identifier: 'Loud', name: 'Loud' })
    await receiver.next((webhook) => String(webhook.body['Entity']).includes('Loud'))
    expect(receiver.arrived).toHaveLength(1)

    const open = await startSandbox({ selfSuppressed: false })
    const closed = sandbox
    sandbox = open
    await open.announceTo(receiver.url)
    await byRelay('company/companies', { identifier: 'Echo', name: 'Echo' })
    const echo = await receiver.next((webhook) => String(webhook.body['Entity']).includes('Echo'))
    expect(echo.body['MemberId']).toBe(open.addresses.connectwise.memberId)
    await closed.close()
  })

  test('gives up after a 500, and tries again after a 429', async () => {
    receiver.answer(500, 429)
    await inConnectWise('POST', 'company', { identifier: 'Lost', name: 'Lost' })
    await receiver.next((webhook) => String(webhook.body['Entity']).includes('Lost'))
    await inConnectWise('POST', 'company', { identifier: 'Again', name: 'Again' })
    await receiver.next((webhook) => String(webhook.body['Entity']).includes('Again'))
    const third = await receiver.next((webhook) => webhook === receiver.arrived[2])
    expect(third.body['Entity']).toContain('Again')
  })

  test('a deletion carries no record', async () => {
    const company = await inConnectWise('POST', 'company', { identifier: 'Gone', name: 'Gone' })
    const url = `${sandbox.addresses.connectwiseUrl}/sandbox/records/company/${String(company['id'])}`
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204)
    const callback = await receiver.next((webhook) => webhook.body['Action'] === 'deleted')
    expect(callback.body).toMatchObject({ Entity: null, ID: company['id'] })
  })
})
