import { afterEach, expect, test } from 'vitest'
import { showAgo, showDuration, showSize, showTime, writeTimesIn } from '#renderer/parts/time-format.ts'

afterEach(() => writeTimesIn('local'))

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
  expect([812, 1_229, 26_214_400, 10 * 1024 ** 3].map(showSize)).toEqual(['812 B', '1.2 KB', '25 MB', '10 GB'])
})

test('an instant of another day carries the day, and the tooltip carries UTC', () => {
  const at = new Date(2025, 5, 3, 12, 0, 0, 417).getTime()
  expect(showTime.short(at, at)).toBe(showTime.clock(at))
  expect(showTime.short(at, at + 5 * 86_400_000)).toContain('03')
  expect(showTime.precise(at)).toMatch(/\.417$/)
  expect(showTime.both(at)).toContain(new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC'))
})

test('in UTC, clocks and days are those of UTC; midnight is 00', () => {
  writeTimesIn('utc')
  const midnight = Date.UTC(2025, 5, 3)
  expect(showTime.clock(midnight)).toBe('00:00:00')
  expect(showTime.minute(midnight + 13 * 3_600_000)).toBe('13:00')
  expect(showTime.short(midnight, midnight + 86_399_000)).toBe('00:00:00')
  expect(showTime.short(midnight, midnight - 1)).not.toBe('00:00:00')
})

test('ages are told both ways', () => {
  const now = 1_000_000_000
  const ages = [now, now - 9_000, now - 42_000, now - 300_000, now + 7_200_000].map((at) => showAgo(at, now))
  expect(ages).toEqual(['just now', 'just now', '42 s ago', '5 min ago', 'in 2 h'])
})
