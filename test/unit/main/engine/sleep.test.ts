import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Sleep } from '#main/engine/sleep.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('lasts until somebody wakes it, and no longer than half a minute of running time', () => {
  let woken = 0
  const sleep = new Sleep(() => (woken += 1))
  sleep.suspend()
  expect(sleep.isNear).toBe(true)
  sleep.resume()
  expect([sleep.isNear, woken]).toEqual([false, 1])
  sleep.suspend()
  vi.advanceTimersByTime(29_000)
  sleep.suspend()
  vi.advanceTimersByTime(29_000)
  expect(sleep.isNear).toBe(true)
  vi.advanceTimersByTime(1_000)
  expect([sleep.isNear, woken]).toEqual([false, 2])
})
