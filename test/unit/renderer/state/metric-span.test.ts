import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  highestOf,
  latestOf,
  ratesOf,
  spanNames,
  spanOf,
  spans,
  sumOf,
  wholeSteps,
  windowOf,
  withoutZeros,
} from '#renderer/state/metric-span.ts'

const minute = 60_000

describe('the window of a chart', () => {
  it('lies at whole steps, is as long as its span, and holds the present', () => {
    fc.assert(
      fc.property(fc.constantFrom(...spanNames), fc.integer({ min: 1e12, max: 3e12 }), (span, now) => {
        const { from, to, step } = windowOf(span, now)
        expect([from % step, to % step, to - from]).toEqual([0, 0, spans[span].ms])
        expect(to > now && to - step <= now).toBe(true)
      }),
    )
  })

  it('is the last hour when an address names no span', () => {
    expect([spanOf(undefined), spanOf('decade'), spanOf('week')]).toEqual(['hour', 'hour', 'week'])
  })
})

describe('rates', () => {
  const points = [
    { at: 0, value: 30 },
    { at: minute, value: 60 },
    { at: 2 * minute, value: 20 },
  ]

  it('count the step that has begun for the time that is over', () => {
    expect(ratesOf({ points, step: minute }, 2.5 * minute, minute)).toEqual([30, 60, 40])
    expect(ratesOf({ points, step: minute }, 9 * minute, minute)).toEqual([30, 60, 20])
  })

  it('are called the most of steps that are over alone', () => {
    const rush = { points: [...points, { at: 3 * minute, value: 50 }], step: minute }
    const now = 3 * minute + 30_000
    expect(highestOf(ratesOf(rush, now, minute))).toBe(100)
    expect(highestOf(ratesOf(wholeSteps(rush, now), now, minute))).toBe(60)
    expect(wholeSteps(rush, 4 * minute).points).toHaveLength(4)
    expect(sumOf({ points: [...rush.points, { at: 4 * minute, value: null }] })).toBe(160)
  })

  it('do not drop to nothing when a step has just begun', () => {
    expect(ratesOf({ points, step: minute }, 2 * minute + 5_000, minute)).toEqual([30, 60, null])
  })

  it('keep what is not known unknown', () => {
    expect(ratesOf({ points: [{ at: 0, value: null }], step: minute }, 5 * minute, minute)).toEqual([null])
  })
})

it('leaves out a line along nothing, but not the foot of a peak', () => {
  expect(withoutZeros([0, 0, 3, 0, 0, null])).toEqual([null, 0, 3, 0, null, null])
})

it('tells rates for the unit that is asked for', () => {
  expect(ratesOf({ points: [{ at: 0, value: 5 }], step: 10 * minute }, 60 * minute, 60 * minute)).toEqual([30])
})

it('finds the last and the highest known value', () => {
  expect([latestOf([1, 7, null]), highestOf([1, 7, null, 3])]).toEqual([7, 7])
  expect([latestOf([null]), highestOf([])]).toEqual([null, null])
})
