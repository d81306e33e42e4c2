import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  all,
  catchUp,
  emptyWindow,
  firstPage,
  takeNewest,
  takeOlder,
  takePushed,
  windowSize,
} from '#renderer/state/live-window.ts'
import type { Fits, LiveWindow } from '#renderer/state/live-window.ts'
import { eventOf, eventsOf } from './samples.ts'

const ids = (window: LiveWindow) => window.rows.map((row) => row.id)
const isOpen: Fits = (event) => event.state === 'open'
const unknown: Fits = () => null

describe('a window that follows', () => {
  test('shows new events on top and changes known ones in place', () => {
    const window = firstPage({ items: eventsOf(2, 1), next: null })
    const next = takePushed(window, [eventOf(1, { state: 'dead' }), eventOf(3)], all, true)
    expect(ids(next)).toEqual([3, 2, 1])
    expect(next.rows.at(-1)?.state).toBe('dead')
  })

  test('drops a row that no longer matches the filter', () => {
    const window = firstPage({ items: [eventOf(2, { state: 'open' }), eventOf(1, { state: 'open' })], next: null })
    expect(ids(takePushed(window, [eventOf(1, { state: 'delivered' })], isOpen, true))).toEqual([2])
  })

  test('leaves out an old event below which pages are not loaded', () => {
    const window = firstPage({ items: eventsOf(9, 8), next: '8' })
    expect(ids(takePushed(window, [eventOf(3)], all, true))).toEqual([9, 8])
    const whole = firstPage({ items: eventsOf(9, 8), next: null })
    expect(ids(takePushed(whole, [eventOf(3)], all, true))).toEqual([9, 8, 3])
  })

  test('keeps no more rows than the window takes, and then has lost its place below', () => {
    const window = firstPage({ items: eventsOf(windowSize, 1), next: '1' })
    const next = takePushed(window, [eventOf(windowSize + 1)], all, true)
    expect(next.rows).toHaveLength(windowSize)
    expect(ids(next)[0]).toBe(windowSize + 1)
    expect(next.older).toEqual({ kind: 'lost' })
  })
})

describe('a window that stands still', () => {
  test('holds new events back and changes shown ones in place', () => {
    const window = firstPage({ items: eventsOf(2, 1), next: null })
    const next = takePushed(window, [eventOf(2, { state: 'dead' }), eventOf(3), eventOf(4)], all, false)
    expect(ids(next)).toEqual([2, 1])
    expect(next.rows[0]?.state).toBe('dead')
    expect(next.held.map((event) => event.id)).toEqual([4, 3])
    expect(ids(catchUp(next, all))).toEqual([4, 3, 2, 1])
  })

  test('says when more was held back than it takes', () => {
    const window = firstPage({ items: eventsOf(1, 1), next: null })
    const next = takePushed(window, eventsOf(windowSize + 5, 2).toReversed(), all, false)
    expect(next.held).toHaveLength(windowSize)
    expect(next.overflowed).toBe(true)
  })

  test('pages back without a double and drops the newest rows when it is full', () => {
    const window = firstPage({ items: eventsOf(windowSize + 100, 101), next: '101' })
    const next = takeOlder(window, { items: eventsOf(105, 50), next: '50' }, all)
    expect(next.rows).toHaveLength(windowSize)
    expect(next.rows.at(-1)?.id).toBe(50)
    expect(next.droppedFromTop).toBe(51)
    expect(next.detached).toBe(true)
    expect(next.older).toEqual({ kind: 'page', token: '50' })
  })
})

test('where only the host can tell, what is shown is brought up to date and nothing new is shown', () => {
  const window = firstPage({ items: eventsOf(2, 1), next: null })
  const pushed = [eventOf(2, { state: 'dead' }), eventOf(3)]
  for (const following of [true, false]) {
    const next = takePushed(window, pushed, unknown, following)
    expect(ids(next)).toEqual([2, 1])
    expect(next.rows[0]?.state).toBe('dead')
    expect(next.held).toEqual([])
  }
})

test('the newest page of the host is held back above what is read, and a gap below it is known', () => {
  const window = firstPage({ items: eventsOf(4, 1), next: null })
  const near = takeNewest(window, { items: [eventOf(6), eventOf(4, { state: 'dead' })], next: '4' })
  expect(ids(near)).toEqual([4, 3, 2, 1])
  expect(near.rows[0]?.state).toBe('dead')
  expect(near.held.map((event) => event.id)).toEqual([6])
  expect(near.overflowed).toBe(false)
  expect(takeNewest(window, { items: [eventOf(9), eventOf(8)], next: '8' }).overflowed).toBe(true)
  expect(takeNewest(window, { items: [eventOf(9), eventOf(8)], next: null }).overflowed).toBe(false)
})

test('whatever is pushed, rows stay newest first, single and bounded, and nothing that matches is lost', () => {
  const step = fc.record({
    pushed: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
    following: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let window = emptyWindow
      const seen = new Set<number>()
      for (const { pushed, following } of steps) {
        if (following) window = catchUp(window, all)
        // A host names an event that is not listed only when it is newer than the newest listed one.
        const newest = Math.max(0, ...seen)
        const told = pushed.filter((id) => seen.has(id) || id > newest)
        for (const id of told) seen.add(id)
        window = takePushed(
          window,
          told.map((id) => eventOf(id)),
          all,
          following,
        )
        const shown = [...window.held, ...window.rows].map((row) => row.id)
        expect(shown).toEqual([...shown].sort((one, other) => other - one))
        expect(new Set<number>(shown)).toEqual(seen)
        expect(shown).toHaveLength(seen.size)
      }
    }),
  )
})
