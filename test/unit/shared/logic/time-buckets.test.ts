import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, bucketTop, mergeBuckets, percentile, type TimeBuckets } from '#shared/logic/time-buckets.ts'

const durations = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 })
const share = fc.constantFrom(0.5, 0.95, 0.99, 1)

function count(all: readonly number[]): TimeBuckets {
  return mergeBuckets(all.map((ms) => ({ [bucketOf(ms)]: 1 })))
}

/** What a percentile is by the sorted list, without buckets. */
function exact(all: readonly number[], wanted: number): number {
  const sorted = all.toSorted((one, other) => one - other)
  return sorted[Math.max(1, Math.ceil(sorted.length * wanted)) - 1] ?? 0
}

describe('time buckets', () => {
  it('give percentiles that are never too short and at most 9 % too long', () => {
    fc.assert(
      fc.property(durations, share, (all, wanted) => {
        const told = percentile(count(all), wanted) ?? NaN
        const real = Math.max(1, exact(all, wanted))
        expect(told).toBeGreaterThanOrEqual(real * 0.999_999)
        expect(told).toBeLessThanOrEqual(real * 2 ** (1 / 8) * 1.000_001)
      }),
    )
  })

  it('give the same percentile whatever the stretches they were counted in', () => {
    fc.assert(
      fc.property(durations, durations, share, (one, other, wanted) => {
        const together = count([...one, ...other])
        expect(percentile(mergeBuckets([count(other), count(one)]), wanted)).toBe(percentile(together, wanted))
      }),
    )
  })

  it('hold each duration in a bucket that reaches up to it', () => {
    for (const ms of [0, 1, 1.01, 2, 999, 86_400_000])
      expect(bucketTop(bucketOf(ms))).toBeGreaterThanOrEqual(ms * 0.999_999)
    expect(bucketOf(Infinity)).toBe(bucketOf(1e12))
    expect(bucketOf(NaN)).toBe(0)
  })

  it('tell nothing where nothing was counted', () => {
    expect(percentile({}, 0.5)).toBeNull()
  })
})
