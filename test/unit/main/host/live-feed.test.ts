import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { feedLength, LiveFeed } from '#main/host/live-feed.ts'
import type { ChannelId, EventId, NotificationId } from '#shared/domain/ids.ts'
import type { Toast } from '#shared/domain/notification.ts'

const clock = { ...systemClock, now: () => 1_700_000_000_000 }
const change = (...ids: number[]) => ({ events: ids as EventId[], health: false })

const toastOf = (id: number): Toast => ({
  channelId: 'toast' as ChannelId,
  notificationId: id as NotificationId,
  reason: 'opened',
  severity: 'info',
  title: '',
  body: '',
  alertIds: [],
  hash: '#/',
})

describe('LiveFeed', () => {
  it('tells a watcher of everything changed since it looked, each event once, the last changed last', () => {
    const step = fc.record({
      changed: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }),
      taken: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const feed = new LiveFeed(clock)
        let seq = feed.seq
        let owed: number[] = []
        for (const { changed, taken } of steps) {
          feed.note(change(...changed))
          for (const id of changed) owed = [...owed.filter((other) => other !== id), id]
          const { ids, reached } = feed.changedAfter(seq, taken)
          expect(feed.covers(seq)).toBe(true)
          expect(ids).toEqual(owed.slice(0, taken))
          owed = owed.slice(taken)
          seq = reached
        }
        expect(feed.changedAfter(seq, 100)).toEqual({ ids: owed, reached: feed.seq })
      }),
    )
  })

  it('keeps the last messages to people for a slow watcher, in their order', () => {
    const feed = new LiveFeed(clock)
    const toasts = Array.from({ length: 25 }, (_, index) => toastOf(index + 1))
    const from = feed.toastCount
    for (const toast of toasts) feed.note({ events: [], health: false, toasts: [toast] })
    const seen: number[] = []
    for (let next = feed.toastAfter(from); next !== null; next = feed.toastAfter(next.reached))
      seen.push(next.toast.notificationId)
    expect(seen).toEqual(toasts.slice(-20).map((one) => one.notificationId))
    expect(feed.toastAfter(feed.toastCount)).toBeNull()
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
