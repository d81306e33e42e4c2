import { expect, test } from 'vitest'
import { heatBuckets, liesInLastHour, rangeFor, timesOf, windowOn } from '#renderer/state/heat.ts'
import { instantOf } from '#shared/logic/instant-text.ts'

const now = new Date(2026, 10, 22, 12, 30, 20).getTime()
const hour = 3_600_000

test('buckets say from when to when, how many, and how many of them failed or are in progress', () => {
  const histogram = {
    from: now,
    bucketMs: 10,
    countedFrom: now,
    buckets: [{}, { dead: 2, open: 1, stored: 1, delivered: 5 }],
  }
  expect(heatBuckets(histogram)).toEqual([
    { from: now, to: now + 10, total: 0, failed: 0, open: 0 },
    { from: now + 10, to: now + 20, total: 9, failed: 2, open: 2 },
  ])
})

test('what came in within the last hour alone is told from what is older, and from nothing', () => {
  const bar = (hoursAgo: number, total: number) => ({ from: now - hoursAgo * hour, to: now, total, failed: 0, open: 0 })
  expect(liesInLastHour([bar(2, 0), bar(1, 3), bar(0.5, 1)])).toBe(true)
  expect(liesInLastHour([bar(2, 1), bar(0.5, 1)])).toBe(false)
  expect(liesInLastHour([bar(0.5, 0)])).toBe(false)
})

test('the range is the smallest that holds the filter, a day when it names no time', () => {
  const hours = (since?: string) => rangeFor(since === undefined ? {} : { since }, now).hours
  expect([hours(), hours('15m'), hours('1h'), hours('2h'), hours('7d'), hours('90d')]).toEqual([24, 1, 1, 24, 168, 744])
})

test('a stretch of time becomes whole minutes around it, which mean the same when they are read', () => {
  const { since, until } = timesOf(now, now + hour)
  expect({ since, until }).toEqual({ since: '2026-11-22T12:30', until: '2026-11-22T13:31' })
  expect(instantOf(since, 0, 'since')).toBe(now - 20_000)
  expect(instantOf(until, 0, 'until')).toBe(now + hour + 40_000)
})

test('the times of a filter are shown where they lie on the strip; when it shows all, nothing is', () => {
  const strip = { from: now - 24 * hour, to: now }
  expect(windowOn({ since: '6h' }, strip, now)).toEqual({ left: 0.75, right: 1 })
  expect(windowOn({ since: '7d', until: '12h' }, strip, now)).toEqual({ left: 0, right: 0.5 })
  expect(windowOn({}, strip, now)).toBeNull()
  expect(windowOn({ since: '7d' }, strip, now)).toBeNull()
})
