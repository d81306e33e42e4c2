import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callsIn, judgeBudget, openUpTo, returnsAt, tightest } from '#main/outbound/budget.ts'

const settings = { reserveForPeople: 10, reserveForLive: 20 }
const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('a budget', () => {
  it.each([
    [0, 0, 'all'],
    [499, 0, 'all'],
    [500, 50, 'all'],
    [699, 50, 'all'],
    [700, 70, 'live'],
    [899, 70, 'live'],
    [900, 90, 'nobody'],
    [1_000, 100, 'nobody'],
    [1_200, 100, 'nobody'],
  ] as const)('of 1,000 calls with %i used has reached %i %% and is open to %s', (used, reached, open) => {
    expect(judgeBudget({ used, limit: 1_000, countedBy: 'system' }, settings)).toMatchObject({ reached, open })
  })

  it('of our own leaves nothing to people, since it is not theirs', () => {
    const at = (used: number) => judgeBudget({ used, limit: 1_000, countedBy: 'patchbay' }, settings).open
    expect([at(799), at(800), at(999), at(1_000)]).toEqual(['all', 'live', 'live', 'nobody'])
  })

  it('lets live events go when replays may not, and nobody when it is spent', () => {
    const at = (used: number) => openUpTo(judgeBudget({ used, limit: 100, countedBy: 'patchbay' }, settings))
    expect([at(0), at(80), at(100), openUpTo(null)]).toEqual([2, 0, -1, 2])
  })

  it('is the one of two that is nearest to its end', () => {
    const wide = judgeBudget({ used: 10, limit: 1_000, countedBy: 'system' }, settings)
    const narrow = judgeBudget({ used: 90, limit: 100, countedBy: 'patchbay' }, settings)
    expect([tightest([wide, narrow]), tightest([])]).toEqual([narrow, null])
  })

  it('never opens by being used, and closes to replays before it closes to live events', () => {
    const share = fc.integer({ min: 0, max: 45 })
    const usage = fc.record({ limit: fc.integer({ min: 1, max: 1e6 }), used: fc.nat(2e6), more: fc.nat(1e6) })
    const countedBy = fc.constantFrom('system' as const, 'patchbay' as const)
    fc.assert(
      fc.property(share, share, usage, countedBy, (reserveForPeople, reserveForLive, { limit, used, more }, who) => {
        const shares = { reserveForPeople, reserveForLive }
        const before = judgeBudget({ used, limit, countedBy: who }, shares)
        const after = judgeBudget({ used: used + more, limit, countedBy: who }, shares)
        expect(openUpTo(after)).toBeLessThanOrEqual(openUpTo(before))
        expect(after.reached).toBeGreaterThanOrEqual(before.reached)
        expect(before.reached * limit).toBeLessThanOrEqual(used * 100)
        expect(used >= limit && before.open !== 'nobody').toBe(false)
        const kept = who === 'system' ? reserveForPeople : 0
        expect(before.open === 'nobody').toBe(used >= Math.floor((limit * (100 - kept)) / 100))
      }),
    )
  })
})

describe('the window of 24 hours', () => {
  const calls = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 60 * hourMs }), calls: fc.integer({ min: 1, max: 50 }) }),
  )
  const byHour = (made: readonly { at: number; calls: number }[]): Map<number, number> => {
    const hours = new Map<number, number>()
    for (const one of made) {
      const hour = Math.floor(one.at / hourMs)
      hours.set(hour, (hours.get(hour) ?? 0) + one.calls)
    }
    return hours
  }

  it('never counts less than was called in it, and nothing older than an hour more', () => {
    fc.assert(
      fc.property(calls, (made) => {
        const now = 60 * hourMs
        const since = (from: number) => made.filter(({ at }) => at > from).reduce((sum, one) => sum + one.calls, 0)
        const counted = callsIn(byHour(made), now)
        expect(counted).toBeGreaterThanOrEqual(since(now - dayMs))
        expect(counted).toBeLessThanOrEqual(since(now - dayMs - hourMs - 1))
      }),
    )
  })

  it('returns at the first moment at which fewer calls count', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 500 }), (made, most) => {
        const now = 60 * hourMs
        const hours = byHour(made)
        const at = returnsAt(hours, most, now)
        expect(callsIn(hours, at)).toBeLessThan(most)
        expect(at === now || callsIn(hours, at - 1) >= most).toBe(true)
      }),
    )
  })
})
