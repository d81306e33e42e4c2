import { Agent, request } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Fault, Sandbox } from '#main/sandbox/sandbox-types.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
afterEach(async () => {
  await sandbox.setFault('connectwise', null)
  await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/calls`, { method: 'DELETE' })
})

async function companies(method: string, body?: unknown, signal?: AbortSignal) {
  const { baseUrl, companyId, publicKey, privateKey, clientId } = sandbox.addresses.connectwise
  const secret = Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')
  return request(`${baseUrl}/apis/3.0/company/companies`, {
    method: method as 'GET' | 'POST',
    headers: { authorization: `Basic ${secret}`, clientid: clientId },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    dispatcher: new Agent({ connections: 1, keepAliveTimeout: 1 }),
  })
}

async function control(path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return (await fetch(`${sandbox.addresses.connectwiseUrl}/sandbox/${path}`, init)).json()
}

describe('faults', () => {
  test.each([
    [{ kind: 'rate-limit', retryAfter: 7 }, 429, '7'],
    [{ kind: 'quota' }, 429, '60'],
    [{ kind: 'server-error' }, 500, undefined],
    [{ kind: 'unauthorized' }, 401, undefined],
  ] as const)('%j answers %i', async (fault: Fault, status, retryAfter) => {
    await sandbox.setFault('connectwise', fault)
    const answer = await companies('GET')
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['retry-after']).toBe(retryAfter)
    await sandbox.setFault('connectwise', null)
    expect((await companies('GET')).statusCode).toBe(200)
  })

  test('count their times, and hit only what they name', async () => {
    await control('faults', { kind: 'lock', times: 1, entity: 'company' })
    expect((await companies('GET')).statusCode).toBe(200)
    expect((await companies('POST', { identifier: 'Lock', name: 'Lock' })).statusCode).toBe(409)
    expect((await companies('POST', { identifier: 'Lock', name: 'Lock' })).statusCode).toBe(201)
    expect(await control('faults')).toEqual([])
  })

  test('a validation fault names its field', async () => {
    await control('faults', { kind: 'validation', field: 'phoneNumber', message: 'No such phone.' })
    const answer = await companies('POST', { identifier: 'Valid', name: 'Valid' })
    expect(await answer.body.json()).toMatchObject({ errors: [{ field: 'phoneNumber', message: 'No such phone.' }] })
  })

  test('down cuts the connection without an answer, and the control pages stay', async () => {
    await sandbox.setFault('connectwise', { kind: 'down' })
    await expect(companies('GET')).rejects.toThrow()
    expect(await control('faults')).toEqual([{ kind: 'down' }])
  })

  test('timeout after write keeps the record and never answers', async () => {
    await sandbox.setFault('connectwise', { kind: 'timeout-after-write', times: 1 })
    const aborted = companies('POST', { identifier: 'Late', name: 'Late' }, AbortSignal.timeout(300))
    await expect(aborted).rejects.toMatchObject({ name: 'TimeoutError' })
    const records = (await control('records/company')) as { identifier: string }[]
    expect(records.filter((record) => record.identifier === 'Late')).toHaveLength(1)
    expect(await control('calls')).toMatchObject([
      { method: 'POST', entity: 'company', fault: 'timeout-after-write', status: null },
    ])
  })

  test('refused writes are in the list of calls, without secrets', async () => {
    await companies('POST', { name: 'No identifier' })
    const calls = (await control('calls')) as { headers: object }[]
    expect(calls).toMatchObject([{ status: 400, client: 'patchbay', body: { name: 'No identifier' } }])
    expect(calls[0]?.headers).not.toHaveProperty('authorization')
  })

  test('an unknown fault is refused', async () => {
    expect(await control('faults', { kind: 'gremlins' })).toHaveProperty('message')
  })
})
