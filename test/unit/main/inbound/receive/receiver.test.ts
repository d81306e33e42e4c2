import { Readable } from 'node:stream'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failed } from '#shared/domain/failure.ts'
import { notification, outboundMessage } from '../parse/outbound-message-text.ts'
import {
  callbackSignature,
  connectwise,
  flowEvent,
  hookdeckSignature,
  openRaw,
  salesforce,
  startAtWork,
} from './receiver-at-work.ts'
import type { ReceiverAtWork } from './receiver-at-work.ts'

let atWork: ReceiverAtWork

beforeEach(async () => {
  atWork = await startAtWork()
})
afterEach(() => atWork.close())

describe('what is no hook', () => {
  test('health says only that it is up', async () => {
    const reply = await atWork.request('/health', { method: 'GET' })
    expect([reply.status, reply.text]).toEqual([200, '{"status":"up"}'])
    expect(reply.headers).not.toHaveProperty('x-powered-by')
  })

  test('everything else is not there', async () => {
    expect((await atWork.request('/', { method: 'GET' })).status).toBe(404)
    expect((await atWork.request('/hooks', { body: '{}' })).status).toBe(404)
  })
})

describe('Salesforce events', () => {
  test('are stored and answered with a receipt', async () => {
    const body = flowEvent(1)
    const reply = await atWork.send(body, {
      'x-hookdeck-eventid': 'evt_1',
      'x-hookdeck-attempt-count': '1',
      authorization: 'Bearer x',
    })
    expect([reply.status, reply.text]).toEqual([200, '{"receipt":[{"eventId":1,"duplicate":false}]}'])
    expect(atWork.arrivals).toHaveLength(1)
    const [arrival] = atWork.arrivals
    expect(arrival).toMatchObject({
      sourceId: 'salesforce',
      system: 'salesforce',
      via: 'webhook',
      contentType: 'application/json',
      verifiedBy: 'Hookdeck signature',
    })
    expect(arrival?.verifiedMs).toBeLessThanOrEqual(arrival?.elapsedMs?.() ?? -1)
    expect(arrival?.headers).toMatchObject({ 'x-hookdeck-eventid': 'evt_1', 'x-hookdeck-attempt-count': '1' })
    expect(Object.keys(arrival?.headers ?? {}).filter((name) => /signature|authorization/.test(name))).toEqual([])
    expect(arrival?.items[0]?.dedupeKeys).toEqual(['hookdeck:evt_1#0', 'flow:Account:001000000000001AAA:e-1'])
    expect(Buffer.from(arrival?.items[0]?.body ?? []).toString()).toBe(body)
  })

  test('sent twice are one event', async () => {
    await atWork.send(flowEvent(1), { 'x-hookdeck-eventid': 'evt_1' })
    const again = await atWork.send(flowEvent(1), { 'x-hookdeck-eventid': 'evt_2' })
    expect(again.text).toBe('{"receipt":[{"eventId":1,"duplicate":true}]}')
  })

  test('come as a list', async () => {
    const reply = await atWork.send(`[${flowEvent(1)}, ${flowEvent(2)}]`)
    expect(JSON.parse(reply.text)).toEqual({
      receipt: [
        { eventId: 1, duplicate: false },
        { eventId: 2, duplicate: false },
      ],
    })
    expect(atWork.arrivals[0]?.items.map((item) => Buffer.from(item.body).toString())).toEqual([
      flowEvent(1),
      flowEvent(2),
    ])
  })

  test('come in pieces, without a length', async () => {
    const body = flowEvent(1, { Name: 'x'.repeat(200_000) })
    async function* pieces() {
      for (let at = 0; at < body.length; at += 10_000)
        yield await Promise.resolve(Buffer.from(body.slice(at, at + 10_000)))
    }
    const reply = await atWork.request('/hooks/salesforce', {
      body: Readable.from(pieces()),
      headers: { 'x-hookdeck-signature': hookdeckSignature(body) },
    })
    expect(reply.status).toBe(200)
    expect(atWork.arrivals[0]?.items[0]?.content.fields?.['Name']).toBe('x'.repeat(200_000))
  })

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('come packed by %s, signed as sent', async (encoding, pack) => {
    const packed = pack(flowEvent(1))
    expect((await atWork.send(packed, { 'content-encoding': encoding })).status).toBe(200)
    expect(Buffer.from(atWork.arrivals[0]?.items[0]?.body ?? []).toString()).toBe(flowEvent(1))
    const signedUnpacked = await atWork.send(packed, {
      'content-encoding': encoding,
      'x-hookdeck-signature': hookdeckSignature(flowEvent(1)),
    })
    expect(signedUnpacked.status).toBe(401)
  })

  test('come as Outbound Messages, answered so that Salesforce takes them off its list', async () => {
    const text = outboundMessage(Array.from({ length: 100 }, (_, index) => notification(index, '')))
    const reply = await atWork.send(text, { 'content-type': 'text/xml; charset=utf-8' })
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('text/xml; charset=utf-8')
    expect(reply.text).toMatch(
      /<notificationsResponse xmlns="http:\/\/soap\.sforce\.com\/2005\/09\/outbound"><Ack>true<\/Ack><\/notificationsResponse>/,
    )
    expect(atWork.arrivals[0]?.items).toHaveLength(100)
  })

  test('come as unsigned Outbound Messages by token and organisation alone', async () => {
    atWork.set(salesforce({ organizationId: '00D000000000062' }, { pathToken: 'a-long-path-token' }))
    const post = async (query: string, body: string) =>
      (await atWork.request(`/hooks/salesforce${query}`, { body })).status
    const message = outboundMessage([notification(1, '')])
    expect(await post('?token=a-long-path-token', message)).toBe(200)
    expect(await post('?token=other', message)).toBe(401)
    expect(await post('', message)).toBe(401)
    expect(await post('?token=a-long-path-token', flowEvent(1))).toBe(401)
    expect(await post('?token=a-long-path-token', outboundMessage([notification(1, '')], '00D000000000099EAA'))).toBe(
      401,
    )
    expect(atWork.arrivals).toHaveLength(1)
    expect(atWork.refusals).toHaveLength(4)
    expect(JSON.stringify(atWork.refusals)).not.toMatch(/a-long-path-token|SECRET-SESSION/)
  })
})

describe('ConnectWise callbacks', () => {
  const body = JSON.stringify({
    Action: 'updated',
    ID: 42,
    Type: 'company',
    MemberId: 'ada',
    MessageId: 'm-1',
    Entity: null,
    Metadata: { key_url: 'https://cw.example.com/key' },
  })
  const post = (text: Buffer | string, headers: Record<string, string>) =>
    atWork.request('/hooks/connectwise?recordId=42&action=updated', { body: text, headers })

  test('are stored', async () => {
    const reply = await post(body, { 'x-content-signature': callbackSignature(body) })
    expect([reply.status, reply.text]).toEqual([200, '{"receipt":[{"eventId":1,"duplicate":false}]}'])
    expect(atWork.arrivals[0]).toMatchObject({
      system: 'connectwise',
      items: [{ content: { entity: 'company', recordId: '42' }, dedupeKeys: ['cw:m-1'] }],
    })
  })

  test('unsigned, of another key, or a Salesforce message are refused', async () => {
    expect((await post(body, {})).status).toBe(401)
    expect((await post(body, { 'x-content-signature': hookdeckSignature(body) })).status).toBe(401)
    expect((await post('<a/>', { 'x-content-signature': callbackSignature('<a/>') })).status).toBe(400)
  })

  test('are asked to come back in the one way that ConnectWise heeds', async () => {
    atWork.beforeAppend = () => Promise.reject(new Error('the disk is full'))
    const notStored = await post(body, { 'x-content-signature': callbackSignature(body) })
    expect([notStored.status, notStored.headers['retry-after']]).toEqual([429, '10'])
    atWork.set(connectwise({}, false))
    expect((await post(body, { 'x-content-signature': callbackSignature(body) })).status).toBe(429)
    expect(atWork.refusals.map(({ code, status }) => [code, status])).toEqual([
      ['not-stored', 429],
      ['paused', 429],
    ])
  })

  test('wait for a key that is out of reach', async () => {
    await atWork.close()
    atWork = await startAtWork({
      signingKey: () =>
        Promise.resolve(failed({ class: 'transient', stage: 'verify', code: 'X', sentence: 'No answer.' })),
    })
    expect((await post(body, { 'x-content-signature': callbackSignature(body) })).status).toBe(429)
    expect(atWork.refusals[0]).toMatchObject({ code: 'key-unavailable', status: 429 })
  })

  test('are never large', async () => {
    const large = JSON.stringify({ ...(JSON.parse(body) as object), Entity: 'x'.repeat(1_100_000) })
    expect((await post(large, { 'x-content-signature': callbackSignature(large) })).status).toBe(413)
    const bomb = gzipSync(large)
    expect(
      (await post(bomb, { 'x-content-signature': callbackSignature(bomb), 'content-encoding': 'gzip' })).status,
    ).toBe(413)
  })
})

describe('refusals', () => {
  test.each([
    ['not JSON', '{"a":', {}, 400, 'not-json'],
    ['no body', '', {}, 400, 'not-json'],
    ['text', 'hello', { 'content-type': 'text/plain' }, 400, 'not-json'],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400, 'bad-shape'],
    ['JSON of another shape', '{"hello":"world"}', {}, 400, 'bad-shape'],
    ['deep JSON', `{"record":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}, 400, 'bad-shape'],
    ['broken XML', '<a', { 'content-type': 'text/xml' }, 400, 'not-xml'],
    ['a foreign packing', 'x', { 'content-encoding': 'br' }, 415, 'bad-shape'],
    ['a packing named like a member of objects', 'x', { 'content-encoding': 'constructor' }, 415, 'bad-shape'],
    ['a broken packing', 'x', { 'content-encoding': 'gzip' }, 400, 'bad-shape'],
    ['a packing within a packing', 'x', { 'content-encoding': 'gzip, gzip' }, 415, 'bad-shape'],
    ['a bomb', gzipSync(Buffer.alloc(30 * 1024 * 1024, 0x20)), { 'content-encoding': 'gzip' }, 413, 'too-large'],
  ])('%s', async (_what, body, headers, status, code) => {
    const reply = await atWork.send(body, headers)
    expect(reply.status).toBe(status)
    expect(atWork.refusals).toMatchObject([{ sourceId: 'salesforce', status, code, remoteAddress: '127.0.0.1' }])
    expect(atWork.arrivals).toEqual([])
    expect((await atWork.send(flowEvent(1))).status).toBe(200)
  })

  test('an unknown source', async () => {
    expect((await atWork.request('/hooks/nobody', { body: '{}' })).status).toBe(404)
    expect((await atWork.request('/hooks/__proto__', { body: '{}' })).status).toBe(404)
    expect((await atWork.request('/hooks/..%2f..%2fx', { body: '{}' })).status).toBe(404)
    expect(atWork.refusals.map((refusal) => [refusal.sourceId, refusal.code])).toEqual([
      ['nobody', 'unknown-source'],
      ['unknown', 'unknown-source'],
      ['unknown', 'unknown-source'],
    ])
  })

  test('another method', async () => {
    const reply = await atWork.request('/hooks/salesforce', { method: 'GET' })
    expect([reply.status, reply.headers['allow']]).toEqual([405, 'POST'])
  })

  test('a source that is switched off', async () => {
    atWork.set(salesforce({}, undefined, false))
    const reply = await atWork.send(flowEvent(1))
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '10'])
    expect(atWork.refusals).toMatchObject([{ code: 'paused' }])
  })

  test('an address that may not send', async () => {
    atWork.set(salesforce({ allow: ['203.0.113.0/24'] }))
    expect((await atWork.send(flowEvent(1))).status).toBe(403)
    atWork.set(salesforce({ allow: ['127.0.0.0/8'] }))
    expect((await atWork.send(flowEvent(1))).status).toBe(200)
  })

  test('what could not be stored', async () => {
    atWork.beforeAppend = () => Promise.reject(new Error('the disk is full at /secret/path'))
    const reply = await atWork.send(flowEvent(1))
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '10'])
    expect(reply.text).not.toContain('/secret/path')
    expect(atWork.refusals).toMatchObject([
      { code: 'not-stored', excerpt: flowEvent(1), sentence: expect.stringContaining('the disk is full') as unknown },
    ])
  })

  test('keep the beginning of the body and the headers, without secrets', async () => {
    const body = JSON.stringify({ password: 'hunter2', note: secretInBody, filler: 'x'.repeat(10_000) })
    await atWork.send(body, { authorization: 'Bearer abc', 'x-hookdeck-signature': hookdeckSignature('other') })
    const [refusal] = atWork.refusals
    expect(refusal?.excerpt).toHaveLength(4_096)
    expect(refusal?.size).toBe(body.length)
    expect(refusal?.headers).toMatchObject({
      authorization: 'Bearer [redacted]',
      'x-hookdeck-signature': `${hookdeckSignature('other').slice(0, 8)}…`,
    })
    expect(JSON.stringify(refusal)).not.toMatch(/hunter2|test-secret/)
  })
  const secretInBody = 'my secret is test-secret'

  test('a list of refusals that fails hurts nobody', async () => {
    await atWork.close()
    atWork = await startAtWork({
      refusals: {
        record: () => {
          throw new Error('no room')
        },
      },
    })
    expect((await atWork.send('{')).status).toBe(400)
    expect((await atWork.send(flowEvent(1))).status).toBe(200)
  })

  test('an error of our own is never success', async () => {
    await atWork.close()
    atWork = await startAtWork({ signingKey: () => Promise.reject(new Error('a bug')) })
    const body = JSON.stringify({ Metadata: { key_url: 'https://x/y' } })
    expect(
      (
        await atWork.request('/hooks/connectwise', {
          body,
          headers: { 'x-content-signature': callbackSignature(body) },
        })
      ).status,
    ).toBe(429)
    await atWork.close()
    atWork = await startAtWork({
      sources: () => {
        throw new Error('a bug')
      },
    })
    expect((await atWork.send(flowEvent(1))).status).toBe(503)
  })
})

describe('rates', () => {
  test('a sender that is too fast is asked to slow down', async () => {
    atWork.set(salesforce({ maxPerSecond: 1 }))
    const statuses = []
    for (let index = 0; index < 4; index += 1) statuses.push((await atWork.send(flowEvent(index))).status)
    expect(statuses.slice(0, 2)).toEqual([200, 200])
    expect(statuses).toContain(429)
    expect(atWork.refusals[0]).toMatchObject({ code: 'too-fast', status: 429 })
  })

  test('a liar is turned away unread, others behind the same tunnel are not', async () => {
    atWork.set(salesforce({ maxRefusedPerSecond: 1 }))
    const lie = () =>
      atWork.send(flowEvent(1), { 'x-hookdeck-signature': 'x', 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })
    expect([(await lie()).status, (await lie()).status]).toEqual([401, 401])
    expect((await lie()).status).toBe(429)
    expect((await atWork.send(flowEvent(1), { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429)
    expect((await atWork.send(flowEvent(1), { 'x-forwarded-for': '203.0.113.10' })).status).toBe(200)
    expect((await atWork.send(flowEvent(2))).status).toBe(200)
    expect(atWork.refusals.at(2)).toMatchObject({ code: 'too-fast', remoteAddress: '203.0.113.9', excerpt: '' })
  })

  test('someone who tries addresses is stopped', async () => {
    const statuses = []
    for (let index = 0; index < 60; index += 1)
      statuses.push((await atWork.request(`/hooks/try-${index}`, { body: '{}' })).status)
    expect(statuses[0]).toBe(404)
    expect(statuses).toContain(429)
    expect(atWork.refusals.find((refusal) => refusal.status === 429)?.sourceId).toBe('unknown')
  })
})

test('a source that was changed is another one from the next request on', async () => {
  expect((await atWork.send(flowEvent(1))).status).toBe(200)
  atWork.set(salesforce({}, { signingSecret: 'another' }))
  expect((await atWork.send(flowEvent(1))).status).toBe(401)
})

test('200 at once are all stored', async () => {
  const replies = await Promise.all(Array.from({ length: 200 }, (_, index) => atWork.send(flowEvent(index))))
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]))
  expect(new Set(atWork.arrivals.map((arrival) => arrival.items[0]?.content.recordId)).size).toBe(200)
})

test('two headers of the same name make no signature', async () => {
  const body = flowEvent(1)
  const { socket, answer } = openRaw(atWork.receiver.port)
  const header = `x-hookdeck-signature: ${hookdeckSignature(body)}\r\n`
  socket.write(
    `POST /hooks/salesforce HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${header}${header}content-length: ${body.length}\r\n\r\n${body}`,
  )
  expect(await answer).toMatch(/^HTTP\/1.1 401 /)
})
