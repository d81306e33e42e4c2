import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import type { AttemptRecord } from '#main/outcomes/attempts.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { cancelReplay, endIfCancelled, pauseReplay, resumeReplay, startReplay } from '#main/outcomes/replay-control.ts'
import { collectItems, feedItems } from '#main/outcomes/replay-items.ts'
import { enqueue, lease, type Lease } from '#main/queue/queue.ts'
import { openForReading, type Connection } from '#main/store/open.ts'
import { prepareReads, type Reads } from '#main/store/read/reads.ts'
import { saveRoute } from '#main/store/configuration.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { DeliveryId, EventId, ReplayId } from '#shared/domain/ids.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * Replays against a simple model: originals that are free or stand replayed, replays with their items, and the deliveries made.
 *
 * After every step each item is where the model has it: so none vanishes, none is made twice, nothing of a paused replay that was not
 * tried stands in the queue, and nothing of a cancelled one does at all.
 */
type Step =
  | { do: 'start'; which: number[] }
  | { do: 'feed'; replay: number; most: number }
  | { do: 'lease' }
  | { do: 'send'; pick: number }
  | { do: 'finish'; pick: number; how: 'delivered' | 'waiting' | 'dead' }
  | { do: 'pause' | 'resume' | 'cancel'; replay: number }

const originals = 6
const replay = fc.nat(3)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      which: fc.uniqueArray(fc.nat(originals - 1), { minLength: 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('feed' as const), replay, most: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('lease' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), pick: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      pick: fc.nat(5),
      how: fc.constantFrom('delivered' as const, 'waiting' as const, 'dead' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const), replay }),
  },
)

interface ModelItem {
  readonly original: number
  state: 'waiting' | 'open' | 'delivered' | 'dead' | 'cancelled' | 'refused'
  tried: boolean
  sent: boolean
}
interface ModelReplay {
  readonly id: ReplayId
  state: 'running' | 'paused' | 'cancelled' | 'fed'
  readonly items: ModelItem[]
}
interface Held {
  readonly lease: Lease
  readonly item: ModelItem
  readonly replay: ModelReplay
  lost: boolean
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)]
}

class Run {
  readonly tx: Transaction
  readonly ids: readonly DeliveryId[]
  readonly replays: ModelReplay[] = []
  readonly stands = new Map<number, ModelItem>()
  held: Held[] = []
  #now = 100

  constructor(tx: Transaction, ids: readonly DeliveryId[]) {
    this.tx = tx
    this.ids = ids
  }

  take(one: Step): void {
    this.#now += 1
    switch (one.do) {
      case 'start':
        return this.#start(one.which)
      case 'feed':
        return this.#feed(pick(this.replays, one.replay), one.most)
      case 'lease':
        return this.#lease()
      case 'send':
        return this.#send(pick(this.held, one.pick))
      case 'finish':
        return this.#finish(pick(this.held, one.pick), one.how)
      default:
        return this.#control(pick(this.replays, one.replay), one.do)
    }
  }

  #start(which: readonly number[]): void {
    const sorted = which.toSorted((a, b) => a - b)
    const deliveryIds = sorted.flatMap((at) => this.ids[at] ?? [])
    const id = startReplay(
      this.tx,
      { mode: 'current', note: '', rate: null, criteria: { deliveryIds } },
      { who: 'api', at: this.#now },
    )
    collectItems(this.tx, id)
    const items = sorted.map((original) => ({ original, state: 'waiting' as const, tried: false, sent: false }))
    this.replays.push({ id, state: 'running', items })
  }

  #feed(of: ModelReplay | undefined, most: number): void {
    if (of === undefined) return
    feedItems(this.tx, of.id, most, this.#now, this.#now)
    if (of.state !== 'running') return
    const next = of.items.filter((item) => item.state === 'waiting').slice(0, most)
    for (const item of next) {
      item.state = this.stands.has(item.original) ? 'refused' : 'open'
      if (item.state === 'open') this.stands.set(item.original, item)
    }
    if (of.items.every((item) => item.state !== 'waiting')) of.state = 'fed'
  }

  #lease(): void {
    const order = { token: `t${this.#now}`, until: 10 ** 9 }
    const [taken] = lease(this.tx, accountRoute.connectionId, 1, this.#now, order)
    if (taken === undefined) return
    const row = this.tx.get<{ replay_id: ReplayId; replay_of: DeliveryId }>(
      'select replay_id, replay_of from deliveries where id = ?',
      taken.deliveryId,
    )
    const of = this.replays.find(({ id }) => id === row?.replay_id)
    const item = of?.items.find(({ original }) => this.ids[original] === row?.replay_of)
    if (of === undefined || item === undefined) throw new Error('leased what nobody ordered')
    expect(item.state).toBe('open')
    expect(of.state, 'nothing of a cancelled replay is begun').not.toBe('cancelled')
    if (of.state === 'paused') expect(item.tried, 'nothing untried of a paused replay is begun').toBe(true)
    this.held.push({ lease: taken, item, replay: of, lost: false })
  }

  /** The intent is written, as the sender does before a call leaves. */
  #send(one: Held | undefined): void {
    if (one === undefined) return
    const { changes } = this.tx.run(
      `update deliveries set intent = '{}' where id = ? and lease_token = ? and state = 'leased'`,
      one.lease.deliveryId,
      one.lease.token,
    )
    expect(changes, 'a call leaves only while its lease holds').toBe(one.lost ? 0 : 1)
    if (!one.lost) one.item.sent = true
  }

  #finish(one: Held | undefined, how: 'delivered' | 'waiting' | 'dead'): void {
    if (one === undefined) return
    this.held = this.held.filter((held) => held !== one)
    const outcome = outcomeOf(how, this.#now)
    const eventId = this.tx.get<{ id: EventId }>(
      'select event_id as id from deliveries where id = ?',
      one.lease.deliveryId,
    )?.id
    const done = eventId !== undefined && recordOutcome(this.tx, one.lease, eventId, outcome, attempt, this.#now)
    expect(done).toBe(!one.lost)
    if (!done) return
    endIfCancelled(this.tx, one.lease.deliveryId, this.#now)
    one.item.tried = true
    one.item.sent = false
    if (how !== 'waiting') one.item.state = how
    else if (one.replay.state === 'cancelled') one.item.state = 'cancelled'
  }

  #control(of: ModelReplay | undefined, what: 'pause' | 'resume' | 'cancel'): void {
    if (of === undefined) return
    const order = { pause: pauseReplay, resume: resumeReplay, cancel: cancelReplay }[what]
    const isDone = order(this.tx, of.id, this.#now) === null
    expect(isDone, `${what} while ${of.state}`).toBe(this.#isAllowed(of, what))
    if (!isDone) return
    if (what === 'resume') of.state = 'running'
    else {
      of.state = what === 'pause' ? 'paused' : 'cancelled'
      this.#takeBack(of)
    }
    if (what !== 'cancel') return
    for (const item of of.items) {
      const isOnTheWire = this.held.some((held) => held.item === item && !held.lost)
      if (item.state === 'waiting' || (item.state === 'open' && !isOnTheWire)) item.state = 'cancelled'
    }
  }

  #isAllowed(of: ModelReplay, what: 'pause' | 'resume' | 'cancel'): boolean {
    if (what === 'resume') return of.state === 'paused'
    if (of.state === 'cancelled' || (what === 'pause' && of.state === 'paused')) return false
    return of.state !== 'fed' || of.items.some((item) => item.state === 'open')
  }

  #takeBack(of: ModelReplay): void {
    for (const item of of.items) {
      if (item.state !== 'open' || item.tried || item.sent) continue
      item.state = 'waiting'
      this.stands.delete(item.original)
      for (const held of this.held) if (held.item === item) held.lost = true
    }
  }
}

function outcomeOf(how: 'delivered' | 'waiting' | 'dead', now: number): Outcome {
  if (how === 'delivered') {
    const destination = { system: 'connectwise', entity: 'company', id: '12' } as const
    return { kind: 'delivered', result: 'updated', note: '', destination, link: null, written: null }
  }
  const failure = { class: 'transient', stage: 'deliver', code: 'X', sentence: 'No.' } as const
  return { kind: 'failed', failure, next: { state: how, availableAt: now, counts: true, exhausted: null } }
}

const attempt: AttemptRecord = {
  startedAt: 1,
  durationMs: 1,
  result: 'failed',
  failure: null,
  mappingId: accountRoute.mappingId,
  mappingVersion: 1,
  sourceValues: null,
  mappedValues: null,
  beforeValues: null,
  changes: [],
  steps: [],
  exchanges: [],
}

/** Clears the store and puts dead letters into it, two for each record. */
function prepare(tx: Transaction): DeliveryId[] {
  for (const table of ['replay_items', 'attempts', 'deliveries', 'replays', 'events']) tx.run(`delete from ${table}`)
  saveRoute(tx, accountRoute)
  return Array.from({ length: originals }, (_, at) => {
    const recordId = `00100000000000${at % 3}AAA`
    const [receipt] = append(tx, arrivalOf(`event ${at}`, { recordId }))
    if (receipt === undefined) throw new Error('not stored')
    const id = enqueue(tx, {
      eventId: receipt.eventId,
      routeId: accountRoute.id,
      connectionId: accountRoute.connectionId,
      lane: `salesforce:Account:${recordId}`,
      priority: 0,
      mode: 'live',
      idempotencyKey: 'k',
      createdAt: 1,
    })
    tx.run(`update deliveries set state = 'dead', ended_at = 1 where id = ?`, id)
    return id
  })
}

describe('replays', () => {
  let store: Store
  let close: () => Promise<void>
  let db: Connection
  let reads: Reads
  beforeAll(() => {
    ;({ store, close } = temporaryStore())
    db = openForReading(store.file)
    reads = prepareReads(db)
  })
  afterAll(async () => {
    db.close()
    await close()
  })

  /** What the items say, in the model's words. */
  function seen(of: ModelReplay): string[] {
    const { items } = reads.replayItems(of.id, { before: Number.MAX_SAFE_INTEGER, limit: 100 })
    return items.toReversed().map(({ result }) => (result === 'updated' ? 'delivered' : result))
  }

  it('keep each item in one place and nothing in the queue that must not be, whatever is ordered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const ids = await store.writeLight(prepare)
        const run = await store.writeLight((tx) => new Run(tx, ids))
        for (const one of steps) {
          await store.writeLight((tx) => {
            Object.assign(run, { tx })
            run.take(one)
          })
          for (const of of run.replays) expect(seen(of)).toEqual(of.items.map((item) => item.state))
          const stand = db.prepare('select id from deliveries where replayed_by is not null order by id').pluck().all()
          expect(stand).toEqual([...run.stands.keys()].toSorted((a, b) => a - b).map((at) => ids[at]))
        }
      }),
      { numRuns: 80 },
    )
  })
})
