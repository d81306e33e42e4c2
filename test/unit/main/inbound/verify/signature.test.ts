import { describe, expect, test } from 'vitest'
import { callbackHmacKey, hmacKey, sameSecret, sameSignature, sign } from '#main/inbound/verify/signature.ts'

const body = Buffer.from('{"ID":42,"Type":"company","Action":"updated","Note":"Tom & Zoë +1"}')

describe('sign', () => {
  test('signs as Hookdeck does', () =>
    expect(sign(hmacKey('test-secret'), body)).toBe('A2wJhTlBbzNMwACsOS0hSg9aPMcl9ZasHtX3o0a+wl0='))
  test('signs as ConnectWise does', () =>
    expect(sign(callbackHmacKey(Buffer.from('test-signing-key')), body)).toBe(
      'hra+lidXchgQF+xMUYRiv3vHg2ZQKZdb/Gg7+3Fugy4=',
    ))
})

describe('sameSignature', () => {
  const expected = 'A2wJhTlBbzNMwACsOS0hSg9aPMcl9ZasHtX3o0a+wl0='

  test('takes the very text and no other that decodes to the same bytes', () => {
    expect(sameSignature(expected, expected)).toBe(true)
    const sameBytes = expected.replace('wl0=', 'wl1=')
    expect(Buffer.from(sameBytes, 'base64')).toEqual(Buffer.from(expected, 'base64'))
    for (const other of [
      sameBytes,
      '',
      expected.slice(0, -1),
      `${expected}=`,
      `${expected}, x`,
      expected.replace('+', '-'),
      expected.toLowerCase(),
    ]) {
      expect(sameSignature(other, expected)).toBe(false)
    }
  })
})

test('sameSecret compares secrets of any length', () => {
  expect(sameSecret('a', 'a')).toBe(true)
  expect(sameSecret('', 'a')).toBe(false)
  expect(sameSecret('aa', 'a')).toBe(false)
})
