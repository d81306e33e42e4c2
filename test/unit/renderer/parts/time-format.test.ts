import { expect, test } from 'vitest'
import { showDuration, showSize, showTime } from '#renderer/parts/time-format.ts'

test('durations are told in their largest sensible unit', () => {
  expect([0.4, 12, 3_400, 300_000, 7_200_000, 259_200_000].map(showDuration)).toEqual([
    '< 1 ms',
    '12 ms',
    '3.4 s',
    '5 min',
    '2 h',
    '3 d',
  ])
})

test('sizes are told in steps of 1,024', () => {
  expect([812, 1_229, 26_214_400].map(showSize)).toEqual(['812 B', '1.2 KB', '25.0 MB'])
})

test('an instant of another day carries the day, and the tooltip carries UTC', () => {
  const at = Date.UTC(2025, 5, 3, 12, 0, 0, 417)
  expect(showTime.short(at, at)).toBe(showTime.clock(at))
  expect(showTime.short(at, at + 5 * 86_400_000)).toContain('03')
  expect(showTime.precise(at)).toMatch(/\.417$/)
  expect(showTime.both(at)).toContain('2025-06-03 12:00:00.417 UTC')
})
