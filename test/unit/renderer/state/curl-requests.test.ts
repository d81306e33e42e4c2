import { expect, test } from 'vitest'
import { payloadFileName, requestOfEvent, requestOfExchange } from '#renderer/state/curl-requests.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { detailOf, eventOf } from './samples.ts'

const exchange: Exchange = {
  purpose: 'write',
  method: 'PATCH',
  url: 'https://cw.test/v4_6_release/apis/3.0/company/companies/12?key=[redacted]',
  requestHeaders: { 'content-type': 'application/json', clientid: '0a1b' },
  requestBody: '[{"op":"replace","path":"website","value":"x"}]',
  status: 200,
  responseHeaders: {},
  responseBody: '{}',
  error: null,
  startedAt: 1,
  durationMs: 1,
}

test('what proves who we are was not kept, and stands there as a placeholder', () => {
  expect(requestOfExchange(exchange)).toEqual({
    method: 'PATCH',
    url: 'https://cw.test/v4_6_release/apis/3.0/company/companies/12?key=<secret>',
    headers: {
      Authorization: 'Basic <company+public key:private key in Base64>',
      'content-type': 'application/json',
      clientid: '0a1b',
    },
    body: exchange.requestBody,
  })
  const salesforce = { ...exchange, url: 'https://acme.my.salesforce.com/services/data/v62.0/query?q=1' }
  expect(requestOfExchange(salesforce)?.headers['Authorization']).toBe('Bearer <access token>')
})

test('a sign-in carries its secrets in the body', () => {
  const signIn = { ...exchange, purpose: 'sign-in' as const, requestBody: 'grant_type=x&assertion=[redacted]' }
  expect(requestOfExchange(signIn)).toMatchObject({ body: 'grant_type=x&assertion=<secret>' })
  expect(requestOfExchange(signIn)?.headers).not.toHaveProperty('Authorization')
})

test('there is no command for a body that was not kept whole', () => {
  expect(requestOfExchange({ ...exchange, requestBody: 'x\n… cut here; 20000 characters in all' })).toBeNull()
})

test('an event is the request that brought it, but for its signature', () => {
  const event = detailOf(eventOf(7), [])
  expect(requestOfEvent({ ...event, headers: { 'user-agent': 'Flow' } }, 'http://127.0.0.1:7420')).toEqual({
    method: 'POST',
    url: 'http://127.0.0.1:7420/hooks/salesforce',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Flow',
      'x-hookdeck-signature': '<signature of this payload>',
    },
    body: '{}',
  })
  expect(requestOfEvent({ ...event, bodyTruncated: true }, '')?.body).toEqual({ file: 'event-7.json' })
  expect(requestOfEvent({ ...event, via: 'queue' }, '')).toBeNull()
})

test('a payload is saved under a name that tells what it is', () => {
  const names = ['[1]', ' <a/>', 'a=b'].map((body) => payloadFileName({ ...detailOf(eventOf(7), []), body }))
  expect(names).toEqual(['event-7.json', 'event-7.xml', 'event-7.txt'])
})
