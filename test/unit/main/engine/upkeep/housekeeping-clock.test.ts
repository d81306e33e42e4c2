import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Clock } from '#main/base/clock.ts'
import { ClockWatch } from '#main/engine/upkeep/housekeeping-clock.ts'
import { lease, nextAvailableAt, reclaim } from '#main/queue/queue.ts'
import { shiftLeases } from '#main/queue/replan.ts'
import type { Store } from '#main/store/store.ts'
import { connectionId, leasedDelivery, queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const hour = 3_600_000
const noon = 1_800_000_000_000

/** A clock whose two hands are moved apart by the test. */
class SetClock implements Clock {
  wall = noon
  steady = 5_000
  now = (): number => this.wall
  monotonic = (): number => this.steady
  /** Time goes by. */
  pass(ms: number): void {
    this.wall += ms
    this.steady += ms
  }
}

let store: Store
let close: () => Promise<void>
let clock: SetClock
let watch: ClockWatch
let seen: number[]
beforeEach(() => {
  ;({ store, close } = temporaryStore())
  clock = new SetClock()
  seen = []
  watch = new ClockWatch({
    store,
    clock,
    onSet: (byMs) => void seen.push(byMs),
    onBug: (error) => {
      throw error
    },
  })
})
afterEach(async () => {
  await watch.stop()
  await close()
})

const state = (): string | undefined =>
  store.read((tx) => tx.get<{ state: string }>('select state from deliveries'))?.state

it('takes no notice of time going by, nor of small corrections', async () => {
  for (const correction of [0, 1_500, -1_500]) {
    clock.pass(10 * hour)
    clock.wall += correction
    watch.look()
  }
  await store.drain()
  expect(seen).toEqual([])
})

it('lets a lease run on when the clock is set forward, so that no second worker starts on the delivery', async () => {
  await leasedDelivery(store, 'a')
  await store.write((tx) => tx.run('update deliveries set lease_until = ?', clock.now() + 300_000))
  clock.wall += 10 * hour
  watch.look()
  await store.write((tx) => reclaim(tx, clock.now()))
  expect(state()).toBe('leased')
  clock.pass(301_000)
  watch.look()
  await store.write((tx) => reclaim(tx, clock.now()))
  expect(state()).toBe('pending')
  expect(seen).toEqual([10 * hour])
})

it('has nothing wait for a time that has become far away: the clock is set back by a year', async () => {
  await queuedDelivery(store, 'pending', 'lane-1')
  await queuedDelivery(store, 'waiting', 'lane-2')
  await store.write((tx) => {
    tx.run(`update deliveries set available_at = ? where lane = 'lane-1'`, clock.now())
    tx.run(`update deliveries set available_at = ?, state = 'waiting' where lane = 'lane-2'`, clock.now() + 60_000)
  })
  clock.wall -= 365 * 24 * hour
  watch.look()
  await watch.settled()
  const order = { token: 't', until: clock.now() + hour }
  expect(await store.write((tx) => lease(tx, connectionId, 5, clock.now(), order, 2))).toHaveLength(1)
  // The retry is due when it was meant to be, a minute from now.
  expect(store.read((tx) => nextAvailableAt(tx, connectionId, 2))).toBe(clock.now() + 60_000)
})

it('notices at a start that the clock was set back while nobody watched', async () => {
  const { eventId } = await queuedDelivery(store, 'a')
  await store.write((tx) => {
    tx.run('update events set received_at = ? where id = ?', noon + 30 * 24 * hour, eventId)
    tx.run(`update deliveries set available_at = ?, state = 'waiting'`, noon + 30 * 24 * hour + 5_000)
  })
  watch.start()
  await watch.settled()
  expect(store.read((tx) => nextAvailableAt(tx, connectionId, 2))).toBe(noon + 5_000)
  // Connections that were held until then have to hear of it, too.
  expect(seen).toEqual([-30 * 24 * hour])
})

it('tells nobody at a start when the clock is right', async () => {
  const { eventId } = await queuedDelivery(store, 'a')
  await store.write((tx) => tx.run('update events set received_at = ? where id = ?', noon + 1_500, eventId))
  watch.start()
  expect(seen).toEqual([])
})

it('plans anew in steps, each delivery once, however many wait', async () => {
  await queuedDelivery(store, 'first')
  const later = clock.now() + hour
  await store.write((tx) => {
    for (let index = 0; index < 2_500; index += 1) {
      tx.run(
        `insert into deliveries (event_id, route_id, connection_id, lane, head, state, priority, available_at, idempotency_key, mode, created_at)
         values (1, 'r', 'connectwise', ?, 1, ?, 0, ?, 'k', 'live', 1)`,
        `lane ${index}`,
        index % 3 === 0 ? 'pending' : 'waiting',
        later,
      )
    }
  })
  let commits = 0
  store.onCommit(() => (commits += 1))
  clock.wall -= 10 * hour
  watch.look()
  await watch.settled()
  const times = store.read((tx) =>
    tx.all<{ at: number; n: number }>(
      'select available_at as at, count(*) as n from deliveries where id > 1 group by available_at',
    ),
  )
  expect(times).toEqual([{ at: later - 10 * hour, n: 2_500 }])
  expect(commits).toBeGreaterThanOrEqual(3)
})

it('leaves every lease as much time as it had, wherever the clock is set, and every wait no more than it had', async () => {
  await leasedDelivery(store, 'a', 'lane-1')
  await queuedDelivery(store, 'b', 'lane-2')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ jump: fc.integer({ min: -1e9, max: 1e9 }), pass: fc.integer({ min: 0, max: 5_000 }) }), {
        maxLength: 6,
      }),
      async (moves) => {
        const leaseMs = 1e7
        await store.write((tx) => {
          tx.run(`update deliveries set lease_until = ? where lane = 'lane-1'`, clock.now() + leaseMs)
          tx.run(
            `update deliveries set state = 'waiting', available_at = ? where lane = 'lane-2'`,
            clock.now() + leaseMs,
          )
        })
        let passed = 0
        let slack = 0
        for (const { jump, pass } of moves) {
          clock.wall += jump
          watch.look()
          // Jumps too small to be told from corrections add up to this.
          if (Math.abs(jump) <= 2_000) slack += Math.abs(jump) + 1
          clock.pass(pass)
          passed += pass
          await watch.settled()
          await store.drain()
        }
        const row = store.read((tx) =>
          tx.get<{ lease: number; wait: number }>(
            `select (select lease_until from deliveries where lane = 'lane-1') as lease, (select available_at from deliveries where lane = 'lane-2') as wait`,
          ),
        )
        if (row === undefined) throw new Error('no row')
        expect(Math.abs(row.lease - clock.now() - (leaseMs - passed))).toBeLessThanOrEqual(slack + 2_000)
        expect(row.wait - clock.now()).toBeLessThanOrEqual(leaseMs - passed + slack + 2_000)
      },
    ),
    { numRuns: 40 },
  )
})

it('moves leases alone', async () => {
  await leasedDelivery(store, 'a')
  const before = store.read((tx) => tx.get<Record<string, unknown>>('select * from deliveries'))
  await store.write((tx) => shiftLeases(tx, 500))
  const after = store.read((tx) => tx.get<Record<string, unknown>>('select * from deliveries'))
  expect(after).toEqual({ ...before, lease_until: 1_500 })
})
