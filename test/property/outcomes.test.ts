import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { cancelDelivery, orderReplay } from '#main/outcomes/replay.ts'
import { enqueue, lease, reclaim, unpark, type Lease } from '#main/queue/queue.ts'
import { saveRoute } from '#main/store/configuration.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryState } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import { replayRequest } from '#shared/domain/replay.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { connectionId } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * Leases, outcomes, cancels and replays in any order, against the drawing in shared/domain/delivery.ts.
 *
 * After every step: each delivery moved along an arrow of the drawing or not at all; what has ended stays ended; a result from a lost
 * lease left no trace; an event is open exactly while one of the deliveries that stand for it is.
 */
const arrows: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  pending: ['leased', 'cancelled'],
  leased: ['delivered', 'skipped', 'dead', 'waiting', 'parked', 'pending'],
  waiting: ['leased', 'cancelled'],
  parked: ['pending', 'cancelled'],
  delivered: [],
  skipped: [],
  dead: [],
  cancelled: [],
}
const ended = ['delivered', 'skipped', 'dead', 'cancelled'] as const

const outcomeKinds = ['delivered', 'skipped', 'dead', 'waiting', 'uncounted', 'parked'] as const
type OutcomeKind = (typeof outcomeKinds)[number]
type Step =
  | { readonly do: 'arrive'; readonly record: number }
  | { readonly do: 'lease'; readonly limit: number }
  | { readonly do: 'record'; readonly pick: number; readonly how: OutcomeKind }
  | { readonly do: 'cancel' | 'replay' | 'unpark'; readonly pick: number }
  | { readonly do: 'expire' }

const picked = fc.nat(20)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('arrive' as const), record: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('lease' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('record' as const), pick: picked, how: fc.constantFrom(...outcomeKinds) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'replay' as const, 'unpark' as const),
      pick: picked,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
)

interface Row {
  readonly id: DeliveryId
  readonly event_id: EventId
  readonly state: DeliveryState
  readonly attempt_count: number
  readonly idempotency_key: string
  readonly lease_token: string | null
  readonly replayed_by: DeliveryId | null
  readonly replay_of: DeliveryId | null
  readonly ended_at: number | null
}

const failure: Failure = { class: 'transient', stage: 'deliver', code: 'X', sentence: 'No.' }

function outcomeOf(how: OutcomeKind, now: number): Outcome {
  const next = { availableAt: now, counts: how !== 'uncounted', exhausted: null }
  switch (how) {
    case 'delivered':
      return {
        kind: 'delivered',
        result: 'updated',
        note: 'Done.',
        destination: { system: 'connectwise', entity: 'company', id: '1' },
        link: null,
        written: null,
      }
    case 'skipped':
      return { kind: 'skipped', note: 'Not wanted.' }
    case 'parked':
      return { kind: 'parked', failure }
    case 'dead':
      return { kind: 'failed', failure, next: { ...next, state: 'dead' } }
    case 'waiting':
    case 'uncounted':
      return { kind: 'failed', failure, next: { ...next, state: 'waiting' } }
  }
}

class Run {
  readonly #tx: Transaction
  readonly #leases: (Lease & { readonly eventId: EventId })[] = []
  #now = 10
  #before: readonly Row[] = []

  constructor(tx: Transaction) {
    this.#tx = tx
  }

  rows(): Row[] {
    return this.#tx.all<Row>('select * from deliveries order by id')
  }

  take(one: Step): void {
    this.#before = this.rows()
    this.#now += 1
    switch (one.do) {
      case 'arrive':
        return this.#arrive(one.record)
      case 'lease':
        return this.#lease(one.limit)
      case 'record':
        return this.#record(one.pick, one.how)
      case 'cancel':
        return this.#cancel(one.pick)
      case 'replay':
        return this.#replay(one.pick)
      case 'unpark': {
        const row = this.#before[one.pick]
        if (row !== undefined) expect(unpark(this.#tx, row.id, this.#now)).toBe(row.state === 'parked')
        return
      }
      case 'expire':
        reclaim(this.#tx, Number.MAX_SAFE_INTEGER)
    }
  }

  #arrive(record: number): void {
    const [receipt] = append(this.#tx, arrivalOf(`event-${this.#now}`, { recordId: String(record) }))
    if (receipt === undefined) throw new Error('not stored')
    this.#tx.run(`update events set state = 'open', routed_at = 1 where id = ?`, receipt.eventId)
    enqueue(this.#tx, {
      eventId: receipt.eventId,
      routeId: 'r' as RouteId,
      connectionId,
      lane: `salesforce:Account:${record}`,
      priority: 0,
      mode: 'live',
      idempotencyKey: `key-${this.#now}`,
      createdAt: this.#now,
    })
  }

  #lease(limit: number): void {
    const order = { token: `t${this.#now}`, until: this.#now + 100 }
    for (const one of lease(this.#tx, connectionId, limit, this.#now, order)) {
      const row = this.#before.find((candidate) => candidate.id === one.deliveryId)
      this.#leases.push({ ...one, eventId: row?.event_id ?? (0 as EventId) })
    }
  }

  /** Results come in any order, also those of leases that were lost meanwhile. */
  #record(pick: number, how: OutcomeKind): void {
    const held = this.#leases.splice(pick % Math.max(1, this.#leases.length), 1)[0]
    if (held === undefined) return
    const before = this.#before.find((row) => row.id === held.deliveryId)
    const isOurs = before?.state === 'leased' && before.lease_token === held.token
    expect(recordOutcome(this.#tx, held, held.eventId, outcomeOf(how, this.#now), null, this.#now)).toBe(isOurs)
    const after = this.rows().find((row) => row.id === held.deliveryId)
    if (!isOurs) return expect(this.rows()).toEqual(this.#before)
    expect(after?.state).toBe(how === 'uncounted' ? 'waiting' : how)
    expect((after?.attempt_count ?? 0) - before.attempt_count).toBe(how === 'uncounted' ? 0 : 1)
  }

  #cancel(pick: number): void {
    const row = this.#before[pick]
    if (row === undefined) return
    const refused = cancelDelivery(this.#tx, row.id, 'not wanted', this.#now)
    expect(refused === null).toBe(['pending', 'waiting', 'parked'].includes(row.state))
  }

  #replay(pick: number): void {
    const row = this.#before[pick]
    if (row === undefined) return
    const order = replayRequest.parse({ deliveryIds: [row.id] })
    const { deliveryIds, refused } = orderReplay(this.#tx, order, { who: 'api', at: this.#now })
    expect(deliveryIds.length + refused.length, 'nothing asked for is swallowed').toBe(1)
    const mayBe = row.replayed_by === null && (ended as readonly DeliveryState[]).includes(row.state)
    expect(deliveryIds.length === 1).toBe(mayBe)
    if (!mayBe) return
    const made = this.rows().find((one) => one.id === deliveryIds[0])
    expect(made).toMatchObject({ state: 'pending', replay_of: row.id, event_id: row.event_id, attempt_count: 0 })
  }

  check(): void {
    const after = this.rows()
    for (const row of this.#before) {
      const now = after.find((one) => one.id === row.id)
      expect(now, 'no delivery vanishes').toBeDefined()
      if (now === undefined) continue
      if (now.state !== row.state) expect(arrows[row.state], `${row.state} -> ${now.state}`).toContain(now.state)
      expect(now.idempotency_key).toBe(row.idempotency_key)
      if (row.ended_at !== null) expect({ ...now, replayed_by: null }).toEqual({ ...row, replayed_by: null })
    }
    for (const row of after) {
      expect(row.ended_at !== null).toBe((ended as readonly DeliveryState[]).includes(row.state))
      expect(row.lease_token !== null).toBe(row.state === 'leased')
    }
    expect(new Set(after.map((row) => row.idempotency_key)).size).toBe(after.length)
    this.#checkEvents(after)
  }

  #checkEvents(deliveries: readonly Row[]): void {
    for (const event of this.#tx.all<{ id: EventId; state: string; ended_at: number | null }>('select * from events')) {
      const standing = deliveries.filter((row) => row.event_id === event.id && row.replayed_by === null)
      const isOpen = standing.some((row) => row.ended_at === null)
      expect(event.state === 'open').toBe(isOpen)
      expect(event.ended_at === null).toBe(isOpen)
      if (!isOpen) expect(standing.map((row) => row.state)).toContain(event.state)
    }
  }
}

describe('a delivery', () => {
  it('moves along the arrows of its drawing only, whatever comes in whatever order', async () => {
    const { store, close } = temporaryStore()
    await store.write((tx) => saveRoute(tx, { ...accountRoute, id: 'r' as RouteId }))
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
          await store.write((tx) => {
            tx.run('delete from events')
            const run = new Run(tx)
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
