import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '#main/base/redactor.ts'

const most = 1_000

describe('redactor', () => {
  it('never gives out a known secret or a part of one, wherever and however often it stands', () => {
    const offsets = fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,400}$/), offsets, fc.boolean(), (secret, gaps, isJoined) => {
        const text = gaps.map((gap) => '0'.repeat(gap) + secret).join('') + (isJoined ? '' : '0'.repeat(2 * most))
        const beginning = createRedactor([secret]).beginning(text, most)
        expect(beginning.length).toBeLessThanOrEqual(most)
        const left = beginning.replaceAll('[redacted]', '').replaceAll('0', '')
        expect('[redacted]'.startsWith(left)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps as much of a text as was asked for', () => {
    expect(createRedactor([]).beginning('x'.repeat(most + 10), most)).toHaveLength(most)
    expect(createRedactor(['topsecret']).beginning('x'.repeat(most + 1), most)).toHaveLength(most)
  })

  it('knows a secret also as it stands in an address and in JSON, and one within another', () => {
    const redactor = createRedactor(['line one\n"two"', 'pass&word', 'pass&word=longer'])
    expect(redactor.text(`${JSON.stringify({ key: 'line one\n"two"' })} p=${encodeURIComponent('pass&word')}`)).toBe(
      '{"key":"[redacted]"} p=[redacted]',
    )
    expect(redactor.text('pass&word=longer')).toBe('[redacted]')
  })

  it('leaves words alone that are too short for a secret', () => {
    expect(createRedactor(['abc']).text('abc is kept')).toBe('abc is kept')
  })

  it('learns secrets, and forgets of these alone the oldest', () => {
    const redactor = createRedactor(['initial'])
    for (let number = 100; number < 140; number += 1) redactor.add(`token-${number}`)
    expect(redactor.text('initial token-139 token-100')).toBe('[redacted] [redacted] token-100')
  })

  it('takes out of headers what proves who we are', () => {
    const kept = createRedactor(['topsecret']).headers({
      Authorization: 'Basic x',
      'set-cookie': 'a=b',
      'x-echo': 'is topsecret',
    })
    expect(kept).toEqual({ Authorization: 'Basic [redacted]', 'set-cookie': '[redacted]', 'x-echo': 'is [redacted]' })
  })
})
