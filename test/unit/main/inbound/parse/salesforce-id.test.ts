import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRecordId, toLongId } from '#main/inbound/parse/salesforce-id.ts'

describe('toLongId', () => {
  test.each([
    ['001000000000000', '001000000000000AAA'],
    ['001D000000IRFma', '001D000000IRFmaIAH'],
    ['00530000003xqAb', '00530000003xqAbAAI'],
  ])('gives %s its checksum', (short, long) => expect(toLongId(short)).toBe(long))

  test('leaves everything else alone', () => {
    for (const text of ['', '42', '001D000000IRFmaIAH', '001-00000000000', 'é01000000000000'])
      expect(toLongId(text)).toBe(text)
  })

  test('tells apart ids that differ by case alone, even where case is ignored', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z]{15}$/), fc.stringMatching(/^[A-Za-z]{15}$/), (one, other) => {
        fc.pre(one !== other)
        expect(toLongId(one).toUpperCase()).not.toBe(toLongId(other).toUpperCase())
        const swapped = one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()
        expect(toLongId(one).toUpperCase()).not.toBe(toLongId(swapped).toUpperCase())
      }),
    )
  })
})

test('isRecordId takes nothing that could mean something in an address', () => {
  for (const id of ['001D000000IRFmaIAH', '42', 'a-b_c']) expect(isRecordId(id)).toBe(true)
  for (const id of ['', '../x', '1/2', '1?a', 'a b', 'x'.repeat(65)]) expect(isRecordId(id)).toBe(false)
})
