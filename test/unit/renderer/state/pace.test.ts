import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPacer } from '#renderer/state/pace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first item goes at once, the rest at most once in the interval, none lost and in order', () => {
  const batches: number[][] = []
  const pacer = createPacer<number>(100, (items) => batches.push(items))
  for (let item = 0; item < 1_000; item += 1) {
    pacer.add(item)
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(100)
  expect(batches.length).toBeLessThanOrEqual(11)
  expect(batches[0]).toEqual([0])
  expect(batches.flat()).toEqual(Array.from({ length: 1_000 }, (_, item) => item))
})

test('after a quiet time an item goes at once again', () => {
  const batches: number[][] = []
  const pacer = createPacer<number>(100, (items) => batches.push(items))
  pacer.add(1)
  vi.advanceTimersByTime(500)
  pacer.add(2)
  expect(batches).toEqual([[1], [2]])
})

test('a stopped pacer hands nothing over', () => {
  const batches: number[][] = []
  const pacer = createPacer<number>(100, (items) => batches.push(items))
  pacer.add(1)
  pacer.add(2)
  pacer.stop()
  vi.advanceTimersByTime(500)
  expect(batches).toEqual([[1]])
})
