import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { joinLanes } from '#main/queue/lanes.ts'
import { cancel, enqueue, lease, reclaim, settle, type Lease } from '#main/queue/queue.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { ConnectionId, DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * The queue against a simple model: a list of deliveries, each with a lane and a state.
 *
 * After every step: a lane has at most one leased delivery; what is leased was the oldest of its lane when it was leased; everything
 * that has not ended can still be reached, so nothing is stuck. And nobody stands before a more urgent one: whoever does is as urgent.
 */
type Step =
  | { do: 'enqueue'; lane: number; priority: number }
  | { do: 'lease'; limit: number }
  | { do: 'settle'; pick: number; how: 'delivered' | 'dead' | 'waiting' | 'parked' }
  | { do: 'cancel'; pick: number }
  | { do: 'expire' }
  | { do: 'join'; from: number; to: number }

const lanes = 4
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('enqueue' as const), lane: fc.nat(lanes - 1), priority: fc.nat(2) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('lease' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      pick: fc.nat(50),
      how: fc.constantFrom('delivered' as const, 'dead' as const, 'waiting' as const, 'parked' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), pick: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('join' as const), from: fc.nat(lanes - 1), to: fc.nat(lanes - 1) }),
  },
)

interface Row {
  id: DeliveryId
  lane: string
  head: number
  state: string
  priority: number
}

const connectionId = 'cw' as ConnectionId
const far = 10 ** 9

class Run {
  readonly leases: Lease[] = []
  #now = 1
  readonly tx: Transaction
  readonly eventId: EventId

  constructor(tx: Transaction, eventId: EventId) {
    this.tx = tx
    this.eventId = eventId
  }

  rows(): Row[] {
    return this.tx.all<Row>('select id, lane, head, state, priority from deliveries order by id')
  }

  active(): Row[] {
    return this.rows().filter((row) => ['pending', 'leased', 'waiting', 'parked'].includes(row.state))
  }

  take(one: Step): void {
    this.#now += 1
    switch (one.do) {
      case 'enqueue':
        enqueue(this.tx, {
          eventId: this.eventId,
          routeId: 'r' as RouteId,
          connectionId,
          lane: `lane-${one.lane}`,
          priority: one.priority,
          mode: 'live',
          idempotencyKey: 'k',
          createdAt: this.#now,
        })
        return
      case 'lease':
        return this.#lease(one.limit)
      case 'settle':
        return this.#settle(one.pick, one.how)
      case 'cancel': {
        const row = this.rows()[one.pick]
        if (row !== undefined) cancel(this.tx, row.id, this.#now)
        return
      }
      case 'expire':
        reclaim(this.tx, far * 3)
        return
      case 'join':
        joinLanes(this.tx, `lane-${one.from}`, `lane-${one.to}`)
    }
  }

  #lease(limit: number): void {
    const before = this.active()
    const taken = lease(this.tx, connectionId, limit, far, { token: `t${this.#now}`, until: far * 2 })
    expect(taken.length).toBeLessThanOrEqual(limit)
    for (const one of taken) {
      const row = before.find((candidate) => candidate.id === one.deliveryId)
      const ahead = before.filter((other) => other.lane === row?.lane && other.id < one.deliveryId)
      expect(ahead.filter((other) => !taken.some((also) => also.deliveryId === other.id))).toEqual([])
    }
    this.leases.push(...taken)
  }

  #settle(pick: number, how: 'delivered' | 'dead' | 'waiting' | 'parked'): void {
    if (this.leases.length === 0) return
    const [one] = this.leases.splice(pick % this.leases.length, 1)
    if (one === undefined) return
    const held = this.tx.get<{ lease_token: string | null }>(
      'select lease_token from deliveries where id = ?',
      one.deliveryId,
    )
    const ended = how === 'delivered' || how === 'dead'
    const done = settle(this.tx, one, { state: how, availableAt: this.#now, endedAt: ended ? this.#now : null })
    expect(done).toBe(held?.lease_token === one.token)
  }

  check(): void {
    for (const lane of new Set(this.active().map((row) => row.lane))) {
      const here = this.active().filter((row) => row.lane === lane)
      const heads = here.filter((row) => row.head === 1)
      const leased = here.filter((row) => row.state === 'leased')
      const priorities = here.map((row) => row.priority)
      expect(priorities).toEqual(priorities.toSorted((a, b) => a - b))
      expect(heads.length, `a lane has a head: ${lane}`).toBeGreaterThanOrEqual(1)
      if (leased.length === 0) expect(heads.map((row) => row.id)).toEqual([here[0]?.id])
      else expect(heads.every((row) => row.state === 'leased')).toBe(true)
    }
  }

  /** Works everything off; whatever can't be reached any more stays and is found. */
  drain(): void {
    this.tx.run(`update deliveries set state = 'pending' where state = 'parked'`)
    reclaim(this.tx, far * 3)
    for (let guard = 0; guard < 500; guard += 1) {
      const taken = lease(this.tx, connectionId, 5, far * 4, { token: `d${guard}`, until: far * 5 })
      if (taken.length === 0) break
      expect(new Set(taken.map((one) => this.rows().find((row) => row.id === one.deliveryId)?.lane)).size).toBe(
        taken.length,
      )
      for (const one of taken) settle(this.tx, one, { state: 'delivered', availableAt: 1, endedAt: 1 })
    }
    expect(this.active()).toEqual([])
  }
}

describe('the queue', () => {
  it('keeps one head a lane, leases only the oldest, and leaves nothing behind, whatever happens', async () => {
    const { store, close } = temporaryStore()
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
          await store.write((tx) => {
            tx.run('delete from deliveries')
            const [receipt] = append(tx, arrivalOf('one'))
            if (receipt === undefined) throw new Error('not stored')
            const run = new Run(tx, receipt.eventId)
            for (const one of steps) {
              run.take(one)
              run.check()
            }
            run.drain()
          })
        }),
        { numRuns: 150 },
      )
    } finally {
      await close()
    }
  })
})
