import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, keptBody } from '#main/connectors/http/redaction.ts'

describe('redactor', () => {
  it('never gives out a known secret, wherever in a body it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,40}$/), fc.integer({ min: 0, max: keptBody + 50 }), (secret, offset) => {
        const kept = createRedactor([secret]).body('0'.repeat(offset) + secret + '0'.repeat(100), false) ?? ''
        const left = kept.replace(/\n… cut here.*/, '').replaceAll('0', '')
        expect('[withheld]'.startsWith(left)).toBe(true)
      }),
    )
  })

  it('withholds tokens in sign-in bodies that it has never seen', () => {
    const redactor = createRedactor([])
    expect(redactor.body('{"access_token":"00D!x\\"y","token_type":"Bearer"}', true)).toBe(
      '{"access_token":"[withheld]","token_type":"Bearer"}',
    )
    expect(redactor.body('grant_type=client_credentials&client_secret=abc%20d&client_id=id', true)).toBe(
      'grant_type=client_credentials&client_secret=[withheld]&client_id=id',
    )
  })

  it('drops the headers that prove who we are', () => {
    const kept = createRedactor(['topsecret']).headers({
      Authorization: 'Basic x',
      'set-cookie': 'a=b',
      'x-echo': 'is topsecret',
    })
    expect(kept).toEqual({ 'x-echo': 'is [withheld]' })
  })

  it('cuts long bodies and says how long they were', () => {
    const kept = createRedactor([]).body('x'.repeat(keptBody + 10), false)
    expect(kept).toHaveLength(keptBody + '\n… cut here; 16394 characters in all'.length)
  })
})
