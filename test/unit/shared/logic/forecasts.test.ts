import { describe, expect, it } from 'vitest'
import { forecastRoom } from '#shared/logic/room-forecast.ts'
import { isUnusuallyQuiet, rhythmOf } from '#shared/logic/usual-rhythm.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe('the rhythm of a source', () => {
  const hour = 60 * minute
  const heard = (minutes: readonly number[]) => ({
    minutes,
    hours: [...new Set(minutes.map((at) => at - (at % hour)))],
  })
  const steady = rhythmOf(heard(Array.from({ length: 100 }, (_, index) => index * 2 * minute)))

  it('is told by the gaps between minutes with events', () => {
    expect(steady).toMatchObject({ usualGapMs: 2 * minute, longGapMs: 2 * minute })
  })

  it.each([
    [9 * minute, false],
    [11 * minute, true],
  ])('calls %i ms without an event unusual: %s', (quiet, unusual) => {
    expect(isUnusuallyQuiet(steady, quiet, 198 * minute + quiet)).toBe(unusual)
  })

  it('is not known after a few events, and nothing is unusual then', () => {
    expect(rhythmOf(heard([0, minute, 2 * minute]))).toBeNull()
    expect(isUnusuallyQuiet(null, day, day)).toBe(false)
  })

  /** Every five minutes from 8 to 18 o'clock, on these days. */
  const office = (days: readonly number[]) =>
    days.flatMap((date) => Array.from({ length: 120 }, (_, index) => date * day + 8 * hour + index * 5 * minute))
  const lastOf = (date: number) => date * day + 18 * hour - 5 * minute

  it.each([
    ['at night', [0, 1, 2, 3], lastOf(3), 4 * day + 3 * hour, false],
    ['when the morning comes and nothing with it', [0, 1, 2, 3], lastOf(3), 4 * day + 9 * hour, true],
    ['in the middle of a day', [0, 1, 2, 3], lastOf(3) - 4 * hour, lastOf(3) - 3 * hour, true],
    ['on a Sunday', [0, 1, 2, 3, 4, 7, 8, 9, 10, 11], lastOf(11), 13 * day + 12 * hour, false],
    ['on the Monday after', [0, 1, 2, 3, 4, 7, 8, 9, 10, 11], lastOf(11), 14 * day + 12 * hour, true],
  ])('takes for usual what one of the last seven days had as well: %s', (_when, days, last, now, unusual) => {
    const all = office(days).filter((at) => at <= last)
    const rhythm = rhythmOf({ ...heard(all), minutes: all.filter((at) => at >= now - 7 * day) })
    expect(isUnusuallyQuiet(rhythm, now - last, now)).toBe(unusual)
  })
})

describe('the forecast of room', () => {
  it('tells the growth of a day and when the limit is reached', () => {
    const forecast = forecastRoom([{ at: 0, bytes: 100 }], { at: 2 * day, bytes: 300 }, 1_000)
    expect(forecast).toEqual({ bytesPerDay: 100, daysLeft: 7 })
  })

  it('names no day where the database does not grow, and none is left above the limit', () => {
    expect(forecastRoom([{ at: 0, bytes: 300 }], { at: day, bytes: 100 }, 1_000)).toEqual({
      bytesPerDay: -200,
      daysLeft: null,
    })
    expect(forecastRoom([{ at: 0, bytes: 300 }], { at: day, bytes: 1_100 }, 1_000)?.daysLeft).toBe(0)
  })

  it('says nothing before a day has passed', () => {
    expect(forecastRoom([], { at: day, bytes: 1 }, 2)).toBeNull()
    expect(forecastRoom([{ at: 0, bytes: 0 }], { at: day - 1, bytes: 1 }, 2)).toBeNull()
  })
})
