import { expect, test } from 'vitest'
import { isPicking, noPicks, pickLoaded, pickMatching, pickTo, togglePick } from '#renderer/state/picks.ts'
import type { Picks } from '#renderer/state/picks.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { eventsOf } from './samples.ts'

const rows = eventsOf(9, 1)
const id = (number: number) => number as EventId
const picked = (picks: Picks) => [...picks.ids].toSorted((one, other) => one - other)

test('one after the other is picked and let go', () => {
  const two = togglePick(togglePick(noPicks, id(3), rows), id(7), rows)
  expect(picked(two)).toEqual([3, 7])
  const none = togglePick(togglePick(two, id(3), rows), id(7), rows)
  expect(isPicking(none)).toBe(false)
})

test('a range goes from what was picked last to the row, either way, beside what is picked already', () => {
  const first = togglePick(togglePick(noPicks, id(9), rows), id(4), rows)
  expect(picked(pickTo(first, id(6), rows))).toEqual([4, 5, 6, 9])
  expect(picked(pickTo(pickTo(first, id(6), rows), id(2), rows))).toEqual([2, 3, 4, 5, 6, 9])
  expect(picked(pickTo(noPicks, id(5), rows))).toEqual([5])
  expect(pickTo(first, id(99), rows)).toBe(first)
})

test('one let go out of all leaves the others that are loaded', () => {
  expect(pickMatching(rows).isAll).toBe(true)
  const others = togglePick(pickMatching(rows), id(5), rows)
  expect(others.isAll).toBe(false)
  expect(picked(others)).toEqual([1, 2, 3, 4, 6, 7, 8, 9])
  expect(picked(pickLoaded(rows))).toHaveLength(9)
})
