import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { addArrivals } from '#main/store/counts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Arrival, ArrivalItem } from '#shared/domain/arrival.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'

/**
 * The journal against a simple model: a list of events, a map of keys, a count of receptions.
 *
 * After every step: each reception is an event of its own or noted on the one it repeats, so nothing that came in has no row; a key
 * names the newest event that came under it; and the cursor stands where the last arrival put it.
 */
interface Reception {
  readonly keys: readonly number[]
  readonly record: number
  readonly version: number | null
  readonly via: 'webhook' | 'queue' | 'sweep'
  readonly thin: boolean
}
type Step =
  | { readonly do: 'arrive'; readonly items: readonly Reception[]; readonly cursor: number | null }
  | { readonly do: 'fail'; readonly items: readonly Reception[] }
  | { readonly do: 'read'; readonly pick: number }

const reception: fc.Arbitrary<Reception> = fc.record({
  keys: fc.uniqueArray(fc.nat(12), { minLength: 1, maxLength: 3 }),
  record: fc.nat(2),
  version: fc.option(fc.nat(2)),
  via: fc.constantFrom('webhook' as const, 'queue' as const, 'sweep' as const),
  thin: fc.boolean(),
})
const items = fc.array(reception, { minLength: 1, maxLength: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('arrive' as const), items, cursor: fc.option(fc.nat(1_000)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), items }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), pick: fc.nat(30) }) },
)

interface ModelEvent {
  readonly id: EventId
  readonly first: Reception
  duplicates: number
  /** Somebody has read the record for it: the same version may hide a later change from now on. */
  isRead: boolean
}

class Model {
  readonly events: ModelEvent[] = []
  readonly keys = new Map<number, ModelEvent>()
  cursor: string | null = null
  receptions = 0

  /** The event that a reception repeats: by one of its keys, else by the same change told in another way. */
  known(one: Reception, via: Reception['via']): ModelEvent | undefined {
    for (const key of one.keys) {
      const event = this.keys.get(key)
      if (event !== undefined) return event
    }
    if (!one.thin) return undefined
    const unread = this.events.filter(
      ({ first, isRead }) => !isRead && first.thin && first.record === one.record && first.via !== via,
    )
    const same = one.version === null ? undefined : unread.findLast(({ first }) => first.version === one.version)
    return same ?? unread.findLast(({ first }) => one.version === null || first.version === null)
  }
}

function toItem(one: Reception): ArrivalItem {
  const [item] = arrivalOf('any', {
    recordId: `record-${one.record}`,
    version: one.version === null ? null : `v${one.version}`,
    fields: one.thin ? null : { Name: 'Acme' },
    full: !one.thin,
  }).items
  if (item === undefined) throw new Error('no item')
  return { ...item, dedupeKeys: one.keys.map((key) => `key-${key}`) }
}

function toArrival(received: readonly Reception[], cursor: number | null): Arrival {
  const via = received[0]?.via ?? 'webhook'
  return {
    ...arrivalOf('any', { via }),
    items: received.map(toItem),
    ...(cursor === null ? {} : { cursor: { name: 'queue', value: String(cursor) } }),
  }
}

function arrive(tx: Transaction, model: Model, received: readonly Reception[], cursor: number | null): void {
  const receipts = append(tx, toArrival(received, cursor))
  const via = received[0]?.via ?? 'webhook'
  expect(receipts).toHaveLength(received.length)
  for (const [index, receipt] of receipts.entries()) {
    const one = { ...(received[index] as Reception), via }
    const known = model.known(one, via)
    expect(receipt.duplicate, 'whether it is a duplicate').toBe(known !== undefined)
    if (known !== undefined) expect(receipt.eventId).toBe(known.id)
    const event = known ?? { id: receipt.eventId, first: one, duplicates: 0, isRead: false }
    if (known === undefined) model.events.push(event)
    else event.duplicates += 1
    for (const key of one.keys) {
      const named = model.keys.get(key)
      if (named === undefined || named.id < event.id) model.keys.set(key, event)
    }
    model.receptions += 1
  }
  if (cursor !== null) model.cursor = String(cursor)
}

function take(tx: Transaction, model: Model, one: Step): void {
  if (one.do === 'arrive') return arrive(tx, model, one.items, one.cursor)
  if (one.do === 'read') {
    const event = model.events[one.pick]
    if (event === undefined) return
    event.isRead = true
    tx.run(`update events set state = 'delivered', routed_at = 1 where id = ?`, event.id)
    return
  }
  // An arrival whose transaction is undone leaves nothing behind, not even a key.
  tx.run('savepoint failing')
  append(tx, toArrival(one.items, 7))
  tx.run('rollback to failing')
  tx.run('release failing')
  tx.notes.arrivals.clear()
}

function check(tx: Transaction, model: Model): void {
  addArrivals(tx)
  const rows = tx.all<{ id: EventId; duplicates: number }>('select id, duplicates from events order by id')
  expect(rows).toEqual(model.events.map(({ id, duplicates }) => ({ id, duplicates })))
  const noted = tx.get<{ n: number }>('select count(*) as n from duplicates')?.n ?? 0
  expect(rows.length + noted, 'every reception has a row').toBe(model.receptions)
  const keys = tx.all<{ key: string; event_id: EventId }>('select key, event_id from dedupe_keys')
  expect(new Map(keys.map((row) => [row.key, row.event_id]))).toEqual(
    new Map([...model.keys].map(([key, event]) => [`key-${key}`, event.id])),
  )
  expect(tx.get<{ n: number }>('select count(*) as n from payloads')?.n).toBe(rows.length)
  expect(tx.get<{ events: number }>('select events from source_counts')?.events ?? 0).toBe(rows.length)
  expect(tx.get<{ value: string }>('select value from cursors')?.value ?? null).toBe(model.cursor)
}

describe('the journal', () => {
  it('gives every reception a row, once as an event and from then on as a duplicate of it', async () => {
    const { store, close } = temporaryStore()
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25, size: 'max' }), async (steps) => {
          await store.write((tx) => {
            for (const table of ['events', 'cursors', 'source_counts']) tx.run(`delete from ${table}`)
            const model = new Model()
            for (const one of steps) {
              take(tx, model, one)
              check(tx, model)
            }
          })
        }),
        { numRuns: 200 },
      )
    } finally {
      await close()
    }
  })
})
