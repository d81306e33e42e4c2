import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, durationOf, durationWords } from '#renderer/state/durations.ts'

test('a time is said in the longest unit that needs no fraction, a day in hours', () => {
  expect([3 * 86_400_000, 86_400_000, 900_000, 2_000, 1_000, 1_500].map(durationWords)).toEqual([
    '3 days',
    '24 hours',
    '15 minutes',
    '2 seconds',
    '1 second',
    '1.5 seconds',
  ])
})

test('what is said and entered again is the same time', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (ms) => durationMs(durationOf(ms)) === ms))
})
