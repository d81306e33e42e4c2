import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PollPace } from '#main/inbound/poll/poll-pace.ts'

describe('the pace of polling', () => {
  it('is quick while rows come and slows down step by step when none do', () => {
    const pace = new PollPace(500, 10_000, () => 0.5)
    expect(pace.after('rows')).toBe(500)
    expect([1, 2, 3, 4, 5, 6].map(() => pace.after('none'))).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
    expect(pace.after('rows')).toBe(500)
  })

  it('backs off from a failing server, is quick again afterwards, and spares a login that is refused', () => {
    const pace = new PollPace(500, 10_000, () => 1)
    expect([1, 2, 3].map(() => pace.after('failed'))).toEqual([1_000, 2_000, 4_000])
    for (let n = 0; n < 5_000; n += 1) pace.after('failed')
    expect(pace.after('failed')).toBe(30_000)
    expect(pace.after('refused')).toBe(300_000)
    pace.after('rows')
    expect(pace.after('failed')).toBe(1_000)
  })

  it('never rests less than nothing or more than a refused login does', () => {
    const results = fc.array(fc.constantFrom('rows', 'none', 'failed', 'refused'))
    fc.assert(
      fc.property(
        results,
        fc.integer({ min: 50, max: 60_000 }),
        fc.integer({ min: 100, max: 60_000 }),
        (list, busy, idle) => {
          const pace = new PollPace(busy, idle)
          for (const result of list) {
            const rest = pace.after(result)
            expect(rest).toBeGreaterThan(0)
            expect(rest).toBeLessThanOrEqual(idle * 30)
          }
        },
      ),
    )
  })
})
