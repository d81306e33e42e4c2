import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createRedactor } from '#main/base/redactor.ts'
import { keepBody, keepHeaders, keptBody } from '#main/connectors/http/kept-exchange.ts'

describe('what is kept of a body', () => {
  it('never holds a known secret, wherever in it that stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,40}$/), fc.integer({ min: 0, max: keptBody + 50 }), (secret, offset) => {
        const body = '0'.repeat(offset) + secret + '0'.repeat(100)
        const kept = keepBody(createRedactor([secret]), body, false) ?? ''
        const left = kept.replace(/\n… cut here.*/, '').replaceAll('0', '')
        expect('[redacted]'.startsWith(left)).toBe(true)
      }),
    )
  })

  it('holds no token of a sign-in, even one never seen before', () => {
    const redactor = createRedactor([])
    expect(keepBody(redactor, '{"access_token":"00D!x\\"y","token_type":"Bearer"}', true)).toBe(
      '{"access_token":"[redacted]","token_type":"Bearer"}',
    )
    expect(keepBody(redactor, 'grant_type=client_credentials&client_secret=abc%20d&client_id=id', true)).toBe(
      'grant_type=client_credentials&client_secret=[redacted]&client_id=id',
    )
  })

  it('is a record as it was sent, whatever its fields are called', () => {
    expect(keepBody(createRedactor([]), '{"Door_Password__c":"see safe"}', false)).toBe(
      '{"Door_Password__c":"see safe"}',
    )
  })

  it('is cut, and says how long the body was', () => {
    const kept = keepBody(createRedactor([]), 'x'.repeat(keptBody + 10), false)
    expect(kept).toHaveLength(keptBody + '\n… cut here; 16394 characters in all'.length)
  })
})

test('what is kept of the headers is nothing that proves who we are', () => {
  const headers = { Authorization: 'Basic x', 'set-cookie': 'a=b', 'x-echo': 'is topsecret' }
  expect(keepHeaders(createRedactor(['topsecret']), headers)).toEqual({ 'x-echo': 'is [redacted]' })
})
