import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBuckets } from '#main/inbound/receive/token-buckets.ts'

test('never lets through more than burst and rate together, and fills up again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
      (perSecond, gaps) => {
        const buckets = new TokenBuckets(perSecond)
        let now = 0
        let taken = 0
        for (const gap of gaps) {
          now += gap
          const empty = buckets.isEmpty('a', now)
          const took = buckets.take('a', now)
          expect(took).toBe(!empty)
          if (took) taken += 1
        }
        expect(taken).toBeLessThanOrEqual(perSecond * 2 + (now / 1_000) * perSecond + 1e-6)
        expect(buckets.take('a', now + 1_001)).toBe(true)
      },
    ),
  )
})

test('senders have a rate each, and only so many are remembered', () => {
  const buckets = new TokenBuckets(1)
  expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0), buckets.take('b', 0)]).toEqual([
    true,
    true,
    false,
    true,
  ])
  for (let index = 0; index < 10_000; index += 1) buckets.take(`other ${index}`, 0)
  expect(buckets.isEmpty('a', 0)).toBe(false)
})
