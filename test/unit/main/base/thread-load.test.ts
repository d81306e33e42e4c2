import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { meterLoad } from '#main/base/thread-load.ts'

it('tells a thread that works from one that waits', async () => {
  const load = meterLoad()
  const until = performance.now() + 50
  while (performance.now() < until) Math.sqrt(until)
  await wait(1)
  const working = load()
  await wait(100)
  expect(load()).toBeLessThan(working)
})
