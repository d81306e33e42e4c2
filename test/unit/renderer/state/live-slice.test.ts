import { expect, test, vi } from 'vitest'
import { isFollowing } from '#renderer/state/live-slice.ts'
import { windowSize } from '#renderer/state/live-window.ts'
import { noPicks, pickLoaded, togglePick } from '#renderer/state/picks.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { consoleOn, eventOf, eventsOf } from './samples.ts'

interface Query {
  readonly limit: number
  readonly after?: string
  readonly state?: readonly string[]
  readonly routeId?: readonly string[]
}

/** A console on a host that holds events 1 to `newest`, and what it was asked. */
function liveOn(newest: number) {
  const host = { newest, asked: [] as Query[] }
  const store = consoleOn({
    events: {
      list: async (query: Query) => {
        host.asked.push(query)
        const from = query.after === undefined ? host.newest : Number(query.after) - 1
        const to = Math.max(1, from - query.limit + 1)
        return { items: from < 1 ? [] : eventsOf(from, to), next: to > 1 ? String(to) : null }
      },
    },
  })
  const live = () => store.getState().live
  const shown = () => live().window.rows.map((row) => row.id as number)
  return { host, live, shown }
}

test('it follows until a row is selected, then holds back, and shows all when the selection is given up', async () => {
  const { live, shown } = liveOn(3)
  await live().reload()
  live().push([eventOf(4)])
  expect(shown()[0]).toBe(4)
  live().select(3 as EventId)
  expect(isFollowing(live())).toBe(false)
  live().push([eventOf(5), eventOf(6)])
  expect(shown()[0]).toBe(4)
  expect(live().window.held).toHaveLength(2)
  live().select(null)
  expect(shown()).toEqual([6, 5, 4, 3, 2, 1])
})

test('scrolling away stops it, coming back to the top lets it follow', async () => {
  const { live, shown } = liveOn(3)
  await live().reload()
  live().scrolled(true)
  live().push([eventOf(4)])
  expect(shown()).toEqual([3, 2, 1])
  live().scrolled(false)
  expect(shown()).toEqual([4, 3, 2, 1])
})

test('the newest can be shown while a row stays selected', async () => {
  const { live, shown } = liveOn(3)
  await live().reload()
  live().select(2 as EventId)
  live().push([eventOf(4)])
  await live().showNewest()
  expect(shown()).toEqual([4, 3, 2, 1])
  expect(live().selectedId).toBe(2)
})

test('pushes that come while the newest page is loaded are not lost', async () => {
  const { live, shown } = liveOn(3)
  const loading = live().reload()
  live().push([eventOf(4)])
  await loading
  expect(shown()).toEqual([4, 3, 2, 1])
})

test('an answer to an older filter is dropped', async () => {
  const { host, live } = liveOn(3)
  const first = live().filterBy('acme')
  const second = live().filterBy('state:delivered')
  await Promise.all([first, second])
  expect(host.asked.at(-1)).toMatchObject({ state: ['delivered'] })
  expect(live().loading).toBe('none')
  expect(live().window.rows).toHaveLength(3)
})

test('after rows were dropped below, paging back finds the place again without a gap or a double', async () => {
  const { host, live, shown } = liveOn(windowSize)
  await live().reload()
  while (live().window.rows.length < windowSize) await live().loadOlder()
  for (let id = windowSize + 1; id <= windowSize + 450; id += 1) live().push([eventOf(id)])
  host.newest = windowSize + 450
  expect(live().window.older).toEqual({ kind: 'lost' })
  expect(shown().at(-1)).toBe(451)
  live().scrolled(true)
  while (live().window.older.kind !== 'end') await live().loadOlder()
  expect(shown().at(-1)).toBe(1)
  expect(shown()).toEqual(Array.from({ length: windowSize }, (_, index) => windowSize - index))
})

test('once the newest rows were dropped, going back to the top loads them anew', async () => {
  const { live, shown } = liveOn(windowSize + 400)
  await live().reload()
  live().scrolled(true)
  while (live().window.older.kind !== 'end') await live().loadOlder()
  expect(live().window.detached).toBe(true)
  await live().showNewest()
  expect(shown()[0]).toBe(windowSize + 400)
  expect(isFollowing(live())).toBe(true)
})

test('the keyboard moves the selection within the list and begins where the reader is', async () => {
  const { live } = liveOn(5)
  await live().reload()
  expect(live().move(1, 2)).toBe(3)
  expect(live().move(1, 0)).toBe(2)
  expect(live().move(Infinity, 0)).toBe(1)
  expect(live().move(-Infinity, 0)).toBe(5)
})

test('a failed load is kept to be shown, and the rows stay', async () => {
  let works = true
  const store = consoleOn({
    events: {
      list: async () => {
        if (!works) throw new Error('The database is busy.')
        return { items: eventsOf(3, 1), next: null }
      },
    },
  })
  await store.getState().live.reload()
  works = false
  await store.getState().live.reload()
  expect(store.getState().live.failed).toMatchObject({ message: 'The database is busy.' })
  expect(store.getState().live.window.rows).toHaveLength(3)
})

test('what is pushed obeys the filter, what can not be read of it is left out', async () => {
  const { live, shown } = liveOn(0)
  await live().filterBy('state:dead stat:open')
  expect(live().filter.problems).toHaveLength(1)
  live().push([eventOf(1, { state: 'dead' }), eventOf(2, { state: 'open' })])
  expect(shown()).toEqual([1])
  live().push([eventOf(1, { state: 'delivered' })])
  expect(shown()).toEqual([])
})

test('a filter of which only the host can tell is asked for again, at most once a second', async () => {
  vi.useFakeTimers()
  try {
    const { host, live, shown } = liveOn(3)
    await live().filterBy('route:accounts')
    host.asked = []
    for (let id = 4; id <= 20; id += 1) {
      host.newest = id
      live().push([eventOf(id)])
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(host.asked.length).toBeGreaterThan(1)
    expect(host.asked.length).toBeLessThanOrEqual(4)
    expect(host.asked[0]).toMatchObject({ routeId: ['accounts'] })
    expect(shown()[0]).toBe(20)

    live().select(live().window.rows[2]?.id ?? null)
    host.newest = 22
    live().push([eventOf(22)])
    await vi.advanceTimersByTimeAsync(1_100)
    expect(shown()[0]).toBe(20)
    expect(live().window.held.map((event) => event.id)).toEqual([22, 21])
  } finally {
    vi.useRealTimers()
  }
})

test('an empty page with more behind it is no answer yet', async () => {
  const pages = [
    { items: [], next: '900' },
    { items: [], next: '800' },
    { items: eventsOf(3, 3), next: null },
  ]
  const store = consoleOn({ events: { list: async () => pages.shift() } })
  await store.getState().live.filterBy('acme')
  expect(store.getState().live.window.rows).toHaveLength(1)
})

test('what is picked keeps the list still, until nothing is picked any more', async () => {
  const { live, shown } = liveOn(3)
  await live().reload()
  live().pick(togglePick(noPicks, shown()[0] as EventId, live().window.rows))
  live().push([eventOf(4)])
  expect(isFollowing(live())).toBe(false)
  expect(shown()[0]).toBe(3)
  live().pick(noPicks)
  expect(shown()[0]).toBe(4)
  live().pick(pickLoaded(live().window.rows))
  await live().filterBy('state:dead')
  expect(live().picks).toEqual(noPicks)
})
