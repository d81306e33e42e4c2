import { expect, test } from 'vitest'
import { stepBars, waitedMs } from '#renderer/state/attempt-steps.ts'
import { attemptOf, deliveryOf } from './samples.ts'

test('each step begins where the one before it ended, and all together are the whole', () => {
  const { attempts } = deliveryOf(1, {
    attempts: [
      attemptOf({
        steps: [
          { step: 'refetch', durationMs: 30 },
          { step: 'map', durationMs: 10 },
          { step: 'write', durationMs: 60 },
        ],
      }),
    ],
  })
  expect(attempts.flatMap(stepBars).map(({ title, from, share }) => [title, from, share])).toEqual([
    ['Refetched', 0, 30],
    ['Mapped', 30, 10],
    ['Sent', 40, 60],
  ])
})

test('steps that took no time have no length', () => {
  expect(stepBars({ steps: [{ step: 'map', durationMs: 0 }] })).toMatchObject([{ from: 0, share: 0 }])
})

test('a wait is counted from when the delivery was made, then from the end of the attempt before', () => {
  const attempts = [
    attemptOf({ id: 1, number: 1, startedAt: 1_005, durationMs: 20 }),
    attemptOf({ id: 2, number: 2, startedAt: 3_025 }),
    // The clock was set back meanwhile.
    attemptOf({ id: 3, number: 3, startedAt: 10 }),
  ]
  const delivery = deliveryOf(1, { createdAt: 1_000, attempts })
  expect(delivery.attempts.map((attempt) => waitedMs(delivery, attempt))).toEqual([5, 2_000, 0])
})
