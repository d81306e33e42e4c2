import { describe, expect, test } from 'vitest'
import { createRedactor } from '#main/base/redactor.ts'
import { excerptOf } from '#main/inbound/receive/refusal.ts'

const redactor = createRedactor(['sup3r-s3cret-value', 'abc'])

describe('the excerpt of a refused body', () => {
  test.each([
    [
      '{"password" : "pa\\"ss", "user":"ada", "access_token":"t"}',
      '{"password" : "[redacted]", "user":"ada", "access_token":"[redacted]"}',
    ],
    ['{"clientSecret":"cut off', '{"clientSecret":"[redacted]"'],
    ['<n:SessionId>00D!AQ</n:SessionId>', '<n:SessionId>[redacted]</n:SessionId>'],
    ['a=1&token=abc&b=2', 'a=1&token=[redacted]&b=2'],
    ['say sup3r-s3cret-value and abc', 'say [redacted] and abc'],
  ])('%s', (body, excerpt) => expect(excerptOf(Buffer.from(body), redactor)).toBe(excerpt))

  test('is the beginning only, and cuts no secret in half', () => {
    const excerpt = excerptOf(Buffer.from(`${'x'.repeat(4_090)}sup3r-s3cret-value${'y'.repeat(90_000)}`), redactor)
    expect(excerpt.length).toBeLessThanOrEqual(4_096)
    expect(excerpt).not.toContain('sup3r')
  })
})
