import { expect, test } from 'vitest'
import { createRedactor } from '#main/base/redactor.ts'
import { refusedHeadersOf, usefulHeadersOf } from '#main/inbound/receive/kept-headers.ts'

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
  expect(refusedHeadersOf(headers, createRedactor(['sup3r-s3cret-value']), 'x-acme')).toEqual({
    'content-type': 'application/json',
    authorization: 'Bearer [redacted]',
    cookie: '[redacted]',
    'x-api-key': '[redacted]',
    'x-hookdeck-eventid': 'evt_1',
    'x-hookdeck-signature': 'A2wJhTlB…',
    'x-acme': '01234567…',
    'x-note': 'contains [redacted]',
    'x-long': 'x'.repeat(512),
  })
})
