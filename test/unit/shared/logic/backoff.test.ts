import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextDelayMs } from '#shared/logic/backoff.ts'

const policy = { baseMs: 2_000, capMs: 900_000 }

test('the bound doubles from the base up to the cap', () => {
  const bounds = [1, 2, 3, 9, 10, 11, 1_000].map((attempt) => nextDelayMs(attempt, policy, () => 0.999_999_999))
  expect(bounds).toEqual([1_999, 3_999, 7_999, 511_999, 899_999, 899_999, 899_999])
})

test('any draw stays within the bound and is a whole number', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), unit, (attempt, drawn) => {
      const delay = nextDelayMs(attempt, policy, () => drawn)
      expect(Number.isInteger(delay)).toBe(true)
      expect(delay).toBeGreaterThanOrEqual(0)
      expect(delay).toBeLessThan(Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1)))
    }),
  )
})
