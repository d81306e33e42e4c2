import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { feedLength, LiveFeed } from '#main/host/live-feed.ts'
import type { EventId } from '#shared/domain/ids.ts'

const clock = { ...systemClock, now: () => 1_700_000_000_000 }
const change = (...ids: number[]) => ({ events: ids as EventId[], health: false })

describe('LiveFeed', () => {
  it('tells a watcher of everything changed since it looked, each event once, the last changed last', () => {
    const step = fc.oneof(
      fc.record({ note: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 4 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const feed = new LiveFeed(clock)
        let seq = feed.seq
        let owed: number[] = []
        for (const one of steps) {
          if ('note' in one) {
            feed.note(change(...one.note))
            for (const id of one.note) owed = [...owed.filter((other) => other !== id), id]
          } else {
            expect(feed.covers(seq)).toBe(true)
            const { ids, reached } = feed.changedAfter(seq, one.take)
            expect(ids).toEqual(owed.slice(0, one.take))
            owed = owed.slice(one.take)
            seq = reached
          }
        }
        expect(feed.changedAfter(seq, 100)).toEqual({ ids: owed, reached: feed.seq })
      }),
    )
  })

  it('covers as many changed events as it keeps, and no more', () => {
    const feed = new LiveFeed(clock)
    const start = feed.seq
    feed.note(change(...Array.from({ length: feedLength }, (_, index) => index + 1)))
    expect(feed.covers(start)).toBe(true)
    expect(feed.changedAfter(start, feedLength).ids).toHaveLength(feedLength)
    feed.note(change(feedLength + 1))
    expect(feed.covers(start)).toBe(false)
    expect(feed.covers(start + 1)).toBe(true)
  })

  it('covers nothing from before a restart, its own or the host’s', () => {
    const feed = new LiveFeed(clock)
    feed.note(change(1, 2))
    const seen = feed.seq
    feed.restart()
    expect(feed.covers(seen)).toBe(false)
    expect(feed.changedAfter(feed.seq, 10).ids).toEqual([])
    expect(new LiveFeed({ ...clock, now: () => clock.now() + 1 }).covers(seen)).toBe(false)
  })

  it('wakes those who wait, on a change or when they give up', async () => {
    const feed = new LiveFeed(clock)
    const first = feed.change(new AbortController().signal)
    const giveUp = new AbortController()
    const second = feed.change(giveUp.signal)
    giveUp.abort()
    await second
    feed.note({ events: [], health: true })
    await first
    await feed.change(giveUp.signal)
    expect(feed.healthChanges).toBe(1)
  })
})
