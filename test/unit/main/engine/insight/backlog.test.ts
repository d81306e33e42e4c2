import { afterEach, beforeEach, expect, it } from 'vitest'
import { Backlog } from '#main/engine/insight/backlog.ts'
import type { Store } from '#main/store/store.ts'
import { queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

it.each([-30 * 60_000, 0, 30 * 60_000])(
  'is looked at anew after some seconds, with the clock set by %i ms meanwhile',
  async (byMs) => {
    const time = { wall: 1_800_000_000_000, steady: 5_000 }
    const clock = { now: () => time.wall, monotonic: () => time.steady }
    const onBug = (error: unknown): never => {
      throw error
    }
    const backlog = new Backlog({ store, clock, onBug, stoppedBy: () => null })
    expect((await backlog.report()).count).toBe(0)
    await queuedDelivery(store, 'a')
    time.wall += 4_000 + byMs
    time.steady += 4_000
    await backlog.report()
    // Whoever asked had the old report; the look that it set off is under way or done.
    expect((await backlog.report()).count).toBe(1)
  },
)
