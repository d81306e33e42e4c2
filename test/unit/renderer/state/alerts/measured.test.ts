import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartSpan } from '#renderer/state/alerts/chart-span.ts'
import { chartThresholds } from '#renderer/state/alerts/chart-thresholds.ts'
import { newRule } from '#renderer/state/alerts/rule-draft.ts'
import { ruleValues, stepOf, type MeasuredQuery } from '#renderer/state/alerts/use-measured.ts'
import type { AlertRule } from '#shared/domain/alert.ts'

const minute = 60_000
const now = 1_000_000 * minute
const query = (change: Partial<MeasuredQuery>): MeasuredQuery => ({
  metric: 'success-rate',
  windowMinutes: 15,
  kind: 'route',
  id: 'a',
  ...change,
})

describe('what a rule measured', () => {
  it('is asked for in whole windows, and never in more points than are told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_440 }), fc.integer({ min: 1, max: 10_080 }), (windowMinutes, minutes) => {
        const span = { from: now - minutes * minute, to: now }
        const step = stepOf(query({ windowMinutes }), span)
        expect(step % (windowMinutes * minute)).toBe(0)
        expect((span.to - span.from) / step).toBeLessThanOrEqual(1_900)
      }),
    )
  })

  it('of a level, is asked for by the minute', () => {
    expect(stepOf(query({ metric: 'disk', windowMinutes: 60 }), { from: now - 60 * minute, to: now })).toBe(minute)
  })

  it('leaves out the window that is not over, as long as there is another', () => {
    const step = 15 * minute
    const last = { at: now - minute, value: 0 }
    const first = { at: now - minute - step, value: 90 }
    expect(ruleValues(query({}), { points: [first, last], step }, now)).toEqual([first])
    expect(ruleValues(query({}), { points: [last], step }, now)).toEqual([last])
  })

  it('tells a count for one window where a point stands for several, and a wait in minutes', () => {
    const points = [{ at: now - 60 * minute, value: 120_000 }]
    const values = (change: Partial<MeasuredQuery>, step: number) =>
      ruleValues(query(change), { points, step }, now).map(({ value }) => value)
    expect(values({ metric: 'retries', windowMinutes: 5 }, 20 * minute)).toEqual([30_000])
    expect(values({ metric: 'error-rate', windowMinutes: 5 }, 20 * minute)).toEqual([120_000])
    expect(values({ metric: 'lag' }, minute)).toEqual([2])
  })
})

describe('the chart of an alert', () => {
  it('begins well before it opened, and reaches to now while it is open', () => {
    const { from, to } = chartSpan({ openedAt: now - 5 * minute, closedAt: null, windowMinutes: 15 }, now)
    expect((now - 5 * minute - from) / minute).toBe(120)
    expect(to).toBe(now + minute)
  })

  it('shows a little of what came after, a day before at the most', () => {
    const openedAt = now - 5_000 * minute
    const { from, to } = chartSpan({ openedAt, closedAt: now - 100 * minute, windowMinutes: 5 }, now)
    expect((openedAt - from) / minute).toBe(1_440)
    expect(to).toBe(now + minute)
  })
})

describe('bars in the charts of the overview', () => {
  const bar = (change: Partial<AlertRule>) =>
    chartThresholds([{ ...newRule([]), metric: 'lag', threshold: 10, ...change }], ['p95', 'lag'], 'route:a', 300_000)
  it('are those of rules on what is drawn, in its unit', () => {
    expect(bar({})).toEqual([{ label: 'Success rate', value: 600_000 }])
    expect(bar({ scope: { kind: 'route', id: 'a' } })).toHaveLength(1)
    expect(bar({ metric: 'p95', threshold: 5_000 })).toMatchObject([{ value: 5_000 }])
  })
  it.each<[string, Partial<AlertRule>]>([
    ['of another route', { scope: { kind: 'route', id: 'b' } }],
    ['of all together', { scope: { kind: 'all', id: null } }],
    ['switched off', { enabled: false }],
    ['on something else', { metric: 'depth' }],
    ['out of reach', { threshold: 21 }],
  ])('leave out what is %s', (_what, change) => {
    expect(bar(change)).toEqual([])
  })
})
