import { describe, expect, test } from 'vitest'
import { allowList } from '#main/inbound/receive/sender.ts'

describe('allowList', () => {
  test('an empty list lets everyone in', () => expect(allowList([])(null)).toBe(true))

  test('takes addresses and ranges of both kinds', () => {
    const allows = allowList(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32', ' 192.0.2.1 '])
    for (const peer of ['203.0.113.7', '10.200.3.4', '2001:db8:1::5', '::ffff:10.1.1.1', '192.0.2.1'])
      expect(allows(peer)).toBe(true)
    for (const peer of ['203.0.113.8', '11.0.0.1', '2001:db9::1', '::1', 'nonsense', null])
      expect(allows(peer)).toBe(false)
  })

  test('an entry that cannot be read opens nothing', () => {
    for (const entry of ['nonsense', '10.0.0.0/33', '']) expect(allowList([entry])('10.0.0.1')).toBe(false)
  })
})
