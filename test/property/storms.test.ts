import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextMessage, stormMs, type Heard } from '#main/alerts/storm.ts'

const minuteMs = 60_000

/** Minutes from one piece of news to the next: mostly at once after each other, at times with a rest around a quarter of an hour or more. */
const gap = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 10, max: 40 }))

interface Sent extends Heard {
  /** When the news in it came; what waits takes along what comes meanwhile. */
  readonly news: number[]
}

/** All messages that this news makes. */
function messagesOf(gaps: readonly number[]): Sent[] {
  const messages: Sent[] = []
  let now = 1_000 * minuteMs
  for (const minutes of gaps) {
    now += minutes * minuteMs
    const last = messages.at(-1)
    const { at, isStorm } = nextMessage(messages.slice(-2).toReversed(), now)
    if (last?.at === at && last.isStorm === isStorm) last.news.push(now)
    else messages.push({ at, isStorm, news: [now] })
  }
  return messages
}

/** News that makes a wrong message; `index` of the message within all. Null: none is found. */
function counterexample(isWrong: (one: Sent, index: number, all: readonly Sent[]) => boolean): unknown {
  const news = fc.array(gap, { minLength: 1, maxLength: 80 })
  return fc.check(
    fc.property(news, (gaps) => !messagesOf(gaps).some(isWrong)),
    { numRuns: 500 },
  ).counterexample
}

const after = (all: readonly Sent[], index: number): number => all[index]?.at ?? Infinity

describe('messages in a storm', () => {
  it('tell no news before it came, and none more than a quarter of an hour late', () => {
    const isLate = ({ at, news }: Sent): boolean => news.some((came) => at < came || at - came > stormMs)
    expect(counterexample(isLate)).toBeNull()
  })

  it('are three within a quarter of an hour at most', () => {
    expect(counterexample(({ at }, index, all) => after(all, index + 3) - at < stormMs)).toBeNull()
  })

  it('are a quarter of an hour apart once it has begun', () => {
    expect(counterexample(({ at, isStorm }, index, all) => isStorm && after(all, index + 1) - at < stormMs)).toBeNull()
  })

  it('go at once where there are few, and after a rest', () => {
    const waitsInVain = ({ at, news: [came = at] }: Sent, index: number, all: readonly Sent[]): boolean => {
      const before = all[index - 1]
      const mayWait = before?.isStorm === true && came - before.at < stormMs
      return came < at && !mayWait
    }
    expect(counterexample(waitsInVain)).toBeNull()
  })
})
