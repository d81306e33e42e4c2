import { describe, expect, test } from 'vitest'
import { createRedactor, usefulHeadersOf } from '#main/inbound/receive/redact.ts'

const redactor = createRedactor({ signingSecret: 'sup3r-s3cret-value', tiny: 'abc' }, 'x-acme')

describe('headers', () => {
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer xyz',
    cookie: 'a=b',
    'x-api-key': 'k',
    'x-hookdeck-eventid': 'evt_1',
    'x-hookdeck-signature': 'A2wJhTlBbzNMwACsOS0hSg9aPMcl9ZasHtX3o0a+wl0=',
    'x-acme': '0123456789',
    'x-note': 'contains sup3r-s3cret-value',
    'x-long': 'x'.repeat(5_000),
  }

  test('of an event: the useful ones, and nothing that proves anything', () => {
    expect(usefulHeadersOf(headers)).toEqual({ 'content-type': 'application/json', 'x-hookdeck-eventid': 'evt_1' })
  })

  test('of a refusal: all of them, without what is secret', () => {
    expect(redactor.headers(headers)).toEqual({
      'content-type': 'application/json',
      authorization: '[withheld]',
      cookie: '[withheld]',
      'x-api-key': '[withheld]',
      'x-hookdeck-eventid': 'evt_1',
      'x-hookdeck-signature': 'A2wJhTlB…',
      'x-acme': '01234567…',
      'x-note': 'contains [withheld]',
      'x-long': 'x'.repeat(512),
    })
  })
})

describe('excerpt', () => {
  test.each([
    [
      '{"password" : "pa\\"ss", "user":"ada", "access_token":"t"}',
      '{"password" : "[withheld]", "user":"ada", "access_token":"[withheld]"}',
    ],
    ['{"clientSecret":"cut off', '{"clientSecret":"[withheld]"'],
    ['<n:SessionId>00D!AQ</n:SessionId>', '<n:SessionId>[withheld]</n:SessionId>'],
    ['a=1&token=abc&b=2', 'a=1&token=[withheld]&b=2'],
    ['say sup3r-s3cret-value and abc', 'say [withheld] and abc'],
  ])('%s', (body, excerpt) => expect(redactor.excerpt(Buffer.from(body))).toBe(excerpt))

  test('is the beginning only, and cuts no secret in half', () => {
    const excerpt = redactor.excerpt(Buffer.from(`${'x'.repeat(4_090)}sup3r-s3cret-value${'y'.repeat(9_000)}`))
    expect(excerpt.length).toBeLessThanOrEqual(4_096)
    expect(excerpt).not.toContain('sup3r')
  })
})
