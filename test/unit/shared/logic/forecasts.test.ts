import { describe, expect, it } from 'vitest'
import { forecastRoom } from '#shared/logic/room-forecast.ts'
import { isUnusuallyQuiet, rhythmOf } from '#shared/logic/usual-rhythm.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe('the rhythm of a source', () => {
  const steady = rhythmOf(Array.from({ length: 100 }, (_, index) => index * 2 * minute))

  it('is told by the gaps between minutes with events', () => {
    expect(steady).toEqual({ usualGapMs: 2 * minute, longGapMs: 2 * minute })
  })

  it.each([
    [9 * minute, false],
    [11 * minute, true],
  ])('calls %i ms without an event unusual: %s', (quiet, unusual) => {
    expect(isUnusuallyQuiet(steady, quiet)).toBe(unusual)
  })

  it('is not known after a few events, and nothing is unusual then', () => {
    expect(rhythmOf([0, minute, 2 * minute])).toBeNull()
    expect(isUnusuallyQuiet(null, day)).toBe(false)
  })

  it('takes nights for usual once they were seen', () => {
    const nights = Array.from({ length: 7 }, (_, date) =>
      [0, 60, 120, 180].map((at) => date * day + at * minute),
    ).flat()
    expect(isUnusuallyQuiet(rhythmOf(nights), 21 * 60 * minute)).toBe(false)
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
