import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LevelBook } from '#main/engine/telling/level-book.ts'
import { pruneLevels } from '#main/store/levels.ts'
import { addTally } from '#main/store/metrics.ts'
import { loadHistory, loadWindow, type WatchedSubject } from '#main/store/rule-history.ts'
import { alertMetric } from '#shared/domain/alert-metric.ts'
import { judgeRule } from '#shared/logic/judge-rule.ts'
import { levelAt, minuteMs } from '#shared/logic/rule-history.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const first = 28_333_334
const subject: WatchedSubject = {
  kind: 'connection',
  id: 'cw',
  name: 'ConnectWise',
  parts: [{ scope: 'connection', id: 'cw' }],
}

/** Looks at one level: the next minute, or another one by a clock that was set or a machine that slept; by the same book or a new one. */
const look = fc.record({
  leap: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.integer({ min: -90, max: 9 }) }),
  isNewBook: fc.boolean(),
  value: fc.option(fc.nat(2)),
})

it(
  'a level says of each minute what was seen in it, and of the others that nobody looked',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(look, { minLength: 1, maxLength: 25 }), async (looks) => {
        const { store, close } = temporaryStore()
        try {
          const seen = new Map<number, number | null>()
          let book = new LevelBook(store)
          let now = first
          for (const { leap, isNewBook, value } of looks) {
            now += leap
            if (isNewBook) book = new LevelBook(store)
            const newest = Math.max(-Infinity, ...seen.keys())
            // A minute that was looked at is not again, unless the clock was some minutes ahead before.
            const isBack = now <= newest && newest - now <= 2
            expect(book.isNoted(now * minuteMs)).toBe(isBack)
            if (isBack) continue
            for (const minute of seen.keys()) if (minute >= now) seen.delete(minute)
            seen.set(now, value)
            await book.note(now * minuteMs, [
              { metric: 'running', scope: 'all', id: '', value: 1 },
              { metric: 'lag', scope: 'connection', id: 'cw', value },
            ])
          }
          const minutes = [...seen.keys()]
          const [from, to] = [Math.min(...minutes), Math.max(...minutes)]
          const history = store.read((tx) => loadHistory(tx, 'lag', subject, from * minuteMs, (to + 1) * minuteMs))
          for (let minute = from; minute <= to; minute++) {
            expect(levelAt(history.looks, minute * minuteMs)).toBe(seen.has(minute) ? 1 : null)
            expect(levelAt(history.steps, minute * minuteMs)).toBe(seen.get(minute) ?? null)
          }
        } finally {
          await close()
        }
      }),
      { numRuns: 60 },
    )
  },
)

it('a level of 8 days ago is forgotten, save for what still holds then', async () => {
  const { store, close } = temporaryStore()
  try {
    const day = 24 * 60
    const book = new LevelBook(store)
    for (const [minute, value] of [1, 2, 2, 3].entries())
      await book.note((first + minute) * minuteMs, [{ metric: 'lag', scope: 'connection', id: 'cw', value }])
    const now = (first + 9 * day) * minuteMs
    const history = () => store.read((tx) => loadHistory(tx, 'lag', subject, now - 7 * day * minuteMs, now))
    const before = history()
    await store.write((tx) => pruneLevels(tx, now, 100))
    expect(history()).toEqual(before)
    expect(store.read((tx) => tx.get(`select count(*) as count from levels where metric = 'lag'`))).toEqual({
      count: 1,
    })
  } finally {
    await close()
  }
})

it('the sums of a window judge like its minutes, each part of a system added up', { timeout: 60_000 }, async () => {
  const { store, close } = temporaryStore()
  const system: WatchedSubject = {
    kind: 'system',
    id: 'connectwise',
    name: 'ConnectWise',
    parts: [
      { scope: 'connection', id: 'cw' },
      { scope: 'connection', id: 'cw-2' },
    ],
  }
  const few = fc.nat(4)
  const counts = fc.record({ events: few, delivered: few, failures: few, retries: few, dead: few, rejections: few })
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...alertMetric.options),
        fc.constantFrom('above' as const, 'below' as const),
        fc.array(fc.record({ id: fc.constantFrom('cw', 'cw-2'), minute: fc.nat(8), counts, depth: fc.option(few) })),
        async (metric, comparison, tallies) => {
          const at = (minute: number): number => (first + minute) * minuteMs
          await store.writeLight((tx) => {
            tx.run('delete from metrics')
            for (const { id, minute, depth, counts: counted } of tallies)
              addTally(tx, { scope: 'connection', id, at: at(minute), counts: counted, times: { 8: 1 }, lag: 0, depth })
          })
          const rule = {
            metric,
            comparison,
            threshold: 5,
            windowMinutes: 5,
            scope: { kind: 'system' as const, id: null },
          }
          for (const one of [subject, system]) {
            const window = store.read((tx) => loadWindow(tx, metric, one, at(2), at(7)))
            const whole = store.read((tx) => loadHistory(tx, metric, one, at(0), at(9)))
            expect(judgeRule(rule, window, at(7))).toEqual(judgeRule(rule, whole, at(7)))
          }
        },
      ),
      { numRuns: 150 },
    )
  } finally {
    await close()
  }
})
