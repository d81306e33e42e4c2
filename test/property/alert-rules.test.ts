import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alertMetric, alertMetrics, type AlertMetric } from '#shared/domain/alert-metric.ts'
import { judgeRule, type Judgement, type RuleCondition } from '#shared/logic/judge-rule.ts'
import { firings, type Firing } from '#shared/logic/rule-firings.ts'
import { minuteMs, type CountedMinute, type LevelStep, type RuleHistory } from '#shared/logic/rule-history.ts'
import { percentile } from '#shared/logic/time-buckets.ts'

/** Rules against the words of their definition, minute by minute, over histories with silence, restarts and clocks that leapt. */
const length = 30
const start = 1_700_000_040_000

/** One minute as the reference sees it. */
interface Seen {
  readonly isLookedAt: boolean
  readonly row: Omit<CountedMinute, 'at'> | null
  readonly level: number | null
  readonly restarts: number
}

const few = fc.nat(3)
const row = fc.record({
  counts: fc.record(
    {
      events: few,
      delivered: few,
      unchanged: few,
      skipped: few,
      failures: few,
      retries: few,
      dead: few,
      rejections: few,
    },
    { requiredKeys: [] },
  ),
  times: fc.dictionary(fc.constantFrom('0', '8', '40', '80'), fc.integer({ min: 1, max: 3 })),
  depth: fc.option(few),
})
const seen = (isLookedAt: boolean): fc.Arbitrary<Seen> =>
  fc.record({
    isLookedAt: fc.constant(isLookedAt),
    // What was counted in the minute of a crash stays, though nobody looked at the end of it.
    row: fc.option(row, { freq: isLookedAt ? 3 : 1 }),
    level: isLookedAt ? fc.option(few, { freq: 6 }) : fc.constant(null),
    restarts: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  })
/** Stretches of work and of none, so that windows fill. */
const minutes = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.array(seen(true), { minLength: 1, maxLength: 12 }) },
      {
        weight: 3,
        arbitrary: fc.tuple(seen(true), fc.integer({ min: 1, max: 8 })).map(([one, n]) => Array<Seen>(n).fill(one)),
      },
      { weight: 1, arbitrary: fc.array(seen(false), { minLength: 1, maxLength: 3 }) },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((stretches) => stretches.flat().slice(0, length))
const rule: fc.Arbitrary<RuleCondition> = fc.constantFrom(...alertMetric.options).chain((metric) =>
  fc.record({
    metric: fc.constant(metric),
    scope: fc.constantFrom(...alertMetrics[metric].scopes).map((kind) => ({ kind, id: null })),
    comparison: fc.constantFrom('above' as const, 'below' as const),
    threshold:
      alertMetrics[metric].unit === 'percent' ? fc.constantFrom(0, 1, 50, 80, 100) : fc.constantFrom(0, 1, 2, 5, 32),
    windowMinutes: fc.integer({ min: 1, max: 6 }),
  }),
)

function at(index: number): number {
  return start + index * minuteMs
}

function steps(values: readonly (number | null)[]): LevelStep[] {
  return values.flatMap((value, index) => (index > 0 && values[index - 1] === value ? [] : [{ at: at(index), value }]))
}

function historyOf(metric: AlertMetric, all: readonly Seen[]): RuleHistory {
  return {
    minutes: all.flatMap(({ row: counted }, index) => (counted === null ? [] : [{ at: at(index), ...counted }])),
    steps:
      metric === 'restarts'
        ? all.flatMap(({ restarts }, index) =>
            Array.from({ length: restarts }, (_, n) => ({ at: at(index) + n * 7, value: 1 })),
          )
        : steps(all.map(({ level }) => level)),
    looks: steps(all.map(({ isLookedAt }) => (isLookedAt ? 1 : null))),
  }
}

/** The definition, word by word. */
function reference(
  { metric, comparison, threshold, windowMinutes, scope }: RuleCondition,
  all: readonly Seen[],
  now: number,
): Judgement {
  const nobody: Seen = { isLookedAt: false, row: null, level: null, restarts: 0 }
  const window = Array.from({ length: windowMinutes }, (_, back) => all[now - 1 - back] ?? nobody)
  const isBad = (value: number) => (comparison === 'above' ? value > threshold : value < threshold)
  const isWhole = window.every(({ isLookedAt }) => isLookedAt)
  if (alertMetrics[metric].over === 'level') {
    const levels = window
      .filter(({ isLookedAt }) => isLookedAt)
      .map((one) => (metric === 'depth' ? (one.row?.depth ?? 0) : one.level))
    const well = levels.find((value) => value === null || !isBad(value))
    if (well !== undefined) return { is: 'quiet', value: well }
    if (!isWhole) return { is: 'unknown' }
    const bad = levels.map(Number)
    return { is: 'firing', value: comparison === 'above' ? Math.min(...bad) : Math.max(...bad) }
  }
  const total = (what: keyof CountedMinute['counts']) =>
    window.reduce((sum, one) => sum + (one.row?.counts[what] ?? 0), 0)
  const well = total('delivered') + total('unchanged') + total('skipped')
  const share = (part: number, whole: number) => (whole === 0 ? null : (part * 100) / whole)
  const isOfWork = scope.kind === 'route' || scope.kind === 'connection'
  const values: Partial<Record<AlertMetric, number | null>> = {
    'success-rate': share(well, well + total('dead')),
    'error-rate': share(total('failures'), well + total('failures')),
    volume: isOfWork ? well + total('dead') : total('events'),
    rejections: total('rejections'),
    retries: total('retries'),
    'dead-letters': total('dead'),
    restarts: window.reduce((sum, { restarts }) => sum + restarts, 0),
  }
  const times: Record<string, number> = {}
  for (const one of window)
    for (const [bucket, count] of Object.entries(one.row?.times ?? {})) times[bucket] = (times[bucket] ?? 0) + count
  const value =
    metric in values ? (values[metric] ?? null) : percentile(times, { p50: 0.5, p95: 0.95, p99: 0.99 }[metric as 'p50'])
  if (value === null) return isWhole ? { is: 'quiet', value } : { is: 'unknown' }
  const isSure =
    isWhole ||
    !['volume', 'rejections', 'retries', 'dead-letters'].includes(metric) ||
    (comparison === 'above' ? isBad(value) : !isBad(value))
  if (!isSure) return { is: 'unknown' }
  return isBad(value) ? { is: 'firing', value } : { is: 'quiet', value }
}

it('fire exactly when their definition says so', () => {
  fc.assert(
    fc.property(rule, minutes, (one, all) => {
      const history = historyOf(one.metric, all)
      for (let now = 0; now <= all.length; now++)
        // Wherever in the minute the tick comes.
        expect(judgeRule(one, history, at(now) + 59_999)).toEqual(reference(one, all, now))
    }),
    { numRuns: 2_000 },
  )
})

it('are tried out with the result of judging each minute', () => {
  fc.assert(
    fc.property(rule, minutes, fc.nat(8), (one, all, skipped) => {
      const history = historyOf(one.metric, all)
      const expected: Firing[] = []
      let isOpen = false
      for (let now = skipped + 1; now <= all.length; now++) {
        const judged = judgeRule(one, history, at(now))
        if (judged.is === 'unknown') continue
        const open = isOpen ? expected.pop() : undefined
        const worst = comparisonOf(one)
        if (judged.is === 'firing')
          expected.push({
            from: open?.from ?? at(now),
            until: null,
            value: worst(open?.value ?? judged.value, judged.value),
          })
        else if (open !== undefined) expected.push({ ...open, until: at(now) })
        isOpen = judged.is === 'firing'
      }
      expect(firings(one, history, at(skipped), at(all.length))).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

function comparisonOf({ comparison }: RuleCondition): (one: number, other: number) => number {
  return comparison === 'above' ? Math.max : Math.min
}
