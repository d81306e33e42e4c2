import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { enqueue, lease, nextAvailableAt, reclaim, settle, wakeWaitingFor, type Lease } from '#main/queue/queue.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { connectionId } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * The queue and time against a simple model: who may be leased at this very moment, in which order, and when to look again.
 *
 * A lease takes exactly the heads that are due, the more urgent first, then those due for longest, and a head is as urgent as the most
 * urgent that stands behind it; `nextAvailableAt` is never later
 * than the moment the next one is due; what waits for a record is due at once when that record is linked, and nothing else is.
 */
type Step =
  | { readonly do: 'enqueue'; readonly lane: number; readonly priority: number }
  | { readonly do: 'lease'; readonly limit: number; readonly upTo: number }
  | { readonly do: 'wait'; readonly pick: number; readonly ms: number; readonly waitsFor: number | null }
  | { readonly do: 'deliver'; readonly pick: number }
  | { readonly do: 'link'; readonly record: number }
  | { readonly do: 'pass'; readonly ms: number }

const ms = fc.nat(120)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('enqueue' as const), lane: fc.nat(4), priority: fc.nat(2) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('lease' as const), limit: fc.integer({ min: 1, max: 4 }), upTo: fc.nat(2) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), pick: fc.nat(9), ms, waitsFor: fc.option(fc.nat(1)) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), record: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms }) },
)

/** A delivery that has not ended, as the model knows it. */
interface Known {
  readonly id: DeliveryId
  readonly lane: number
  readonly priority: number
  dueAt: number
  lease: Lease | null
  leaseUntil: number
  waitsFor: number | null
}

const leaseMs = 200

class Run {
  readonly #tx: Transaction
  readonly #eventId: EventId
  readonly #known: Known[] = []
  #now = 1_000

  constructor(tx: Transaction, eventId: EventId) {
    this.#tx = tx
    this.#eventId = eventId
  }

  /** Heads of their lanes that nobody works on. */
  #heads(): Known[] {
    return this.#known.filter(
      (one) => one.lease === null && this.#known.find((other) => other.lane === one.lane) === one,
    )
  }

  /** The most urgent of those that wait for this one, itself included. */
  #urgency(one: Known): number {
    const behind = this.#known.slice(this.#known.indexOf(one)).filter(({ lane }) => lane === one.lane)
    return Math.min(...behind.map(({ priority }) => priority))
  }

  take(one: Step): void {
    switch (one.do) {
      case 'enqueue':
        return this.#enqueue(one.lane, one.priority)
      case 'lease':
        return this.#lease(one.limit, one.upTo)
      case 'wait':
        return this.#wait(one)
      case 'deliver':
        return this.#deliver(one.pick)
      case 'link': {
        wakeWaitingFor(this.#tx, `record-${one.record}`, this.#now)
        for (const known of this.#known.filter(
          ({ lease: held, waitsFor }) => held === null && waitsFor === one.record,
        )) {
          known.dueAt = this.#now
          known.waitsFor = null
        }
        return
      }
      case 'pass':
        return this.#pass(one.ms)
    }
  }

  #enqueue(lane: number, priority: number): void {
    const id = enqueue(this.#tx, {
      eventId: this.#eventId,
      routeId: 'r' as RouteId,
      connectionId,
      lane: `lane-${lane}`,
      priority,
      mode: 'live',
      idempotencyKey: 'k',
      createdAt: this.#now,
    })
    this.#known.push({ id, lane, priority, dueAt: this.#now, lease: null, leaseUntil: 0, waitsFor: null })
  }

  #lease(limit: number, upTo: number): void {
    const due = this.#heads()
      .filter((one) => one.dueAt <= this.#now && this.#urgency(one) <= upTo)
      .toSorted((a, b) => this.#urgency(a) - this.#urgency(b) || a.dueAt - b.dueAt || a.id - b.id)
      .slice(0, limit)
    const order = { token: `t${this.#now}-${Math.random()}`, until: this.#now + leaseMs }
    const taken = lease(this.#tx, connectionId, limit, this.#now, order, upTo)
    expect(taken.map((one) => one.deliveryId)).toEqual(due.map((one) => one.id))
    for (const [index, one] of due.entries()) Object.assign(one, { lease: taken[index], leaseUntil: order.until })
  }

  #leased(pick: number): Known | undefined {
    const leased = this.#known.filter((one) => one.lease !== null)
    return leased[pick % Math.max(1, leased.length)]
  }

  #wait({ pick, ms: rest, waitsFor }: Extract<Step, { do: 'wait' }>): void {
    const one = this.#leased(pick)
    if (one?.lease === undefined || one.lease === null) return
    const availableAt = this.#now + rest
    expect(settle(this.#tx, one.lease, { state: 'waiting', availableAt, endedAt: null })).toBe(true)
    const key = waitsFor === null ? null : `record-${waitsFor}`
    this.#tx.run('update deliveries set waits_for = ? where id = ?', key, one.id)
    Object.assign(one, { dueAt: availableAt, lease: null, waitsFor })
  }

  #deliver(pick: number): void {
    const one = this.#leased(pick)
    if (one?.lease === undefined || one.lease === null) return
    expect(settle(this.#tx, one.lease, { state: 'delivered', availableAt: this.#now, endedAt: this.#now })).toBe(true)
    this.#known.splice(this.#known.indexOf(one), 1)
  }

  /** Time goes on; leases that ran out are taken back, and only these. */
  #pass(duration: number): void {
    this.#now += duration
    const lost = this.#known.filter((one) => one.lease !== null && one.leaseUntil < this.#now)
    expect(reclaim(this.#tx, this.#now)).toBe(lost.length)
    // It is due at once, whatever it waited for before.
    for (const one of lost) Object.assign(one, { lease: null, waitsFor: null })
  }

  check(): void {
    for (const upTo of [0, 1, 2]) {
      const due = this.#heads().filter((one) => this.#urgency(one) <= upTo)
      const next = due.length === 0 ? null : Math.min(...due.map((one) => one.dueAt))
      expect(nextAvailableAt(this.#tx, connectionId, upTo)).toBe(next)
    }
  }
}

describe('the queue', () => {
  it('leases exactly what is due, the urgent first, and knows when to look again', async () => {
    const { store, close } = temporaryStore()
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 50, size: 'max' }), async (steps) => {
          await store.write((tx) => {
            tx.run('delete from deliveries')
            const [receipt] = append(tx, arrivalOf('one'))
            if (receipt === undefined) throw new Error('not stored')
            const run = new Run(tx, receipt.eventId)
            for (const one of steps) {
              run.take(one)
              run.check()
            }
          })
        }),
        { numRuns: 150 },
      )
    } finally {
      await close()
    }
  })
})
