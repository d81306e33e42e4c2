import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock, type Clock } from '#main/base/clock.ts'
import { runRetention } from '#main/engine/upkeep/housekeeping-retention.ts'
import { append } from '#main/journal/append.ts'
import { keepRefusal } from '#main/journal/refusals.ts'
import { audit } from '#main/store/configuration.ts'
import { countSource } from '#main/store/counts.ts'
import { removeSample, saveSample } from '#main/store/samples.ts'
import type { Store } from '#main/store/store.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { storageSettings } from '#shared/domain/storage.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const day = 24 * 3_600_000
const now = 1_800_000_000_000
const clock: Clock = { now: () => now, monotonic: () => systemClock.monotonic() }
const { signal } = new AbortController()

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

const rows = (table: string): number =>
  store.read((tx) => tx.get<{ n: number }>(`select count(*) as n from ${table}`))?.n ?? 0

/** Events that ended so many days ago, each with a body of so many bytes. */
async function ended(key: string, daysAgo: number, bytes = 10, count = 1): Promise<void> {
  await store.write((tx) => {
    for (let index = 0; index < count; index += 1) {
      const arrival = arrivalOf(`${key}-${index}`)
      const [item] = arrival.items
      if (item === undefined) throw new Error('no item')
      const [receipt] = append(tx, { ...arrival, items: [{ ...item, body: new Uint8Array(bytes) }] })
      tx.run(
        `update events set state = 'skipped', ended_at = ? where id = ?`,
        now - daysAgo * day,
        receipt?.eventId ?? 0,
      )
    }
  })
}

const settings = storageSettings.parse({})
const run = (change: Partial<typeof settings> = {}): ReturnType<typeof runRetention> =>
  runRetention({ ...settings, ...change }, { store, clock, signal })

it('takes away what ended longer ago than it has to be kept, with everything that hangs on it, and counts it off', async () => {
  await ended('old', 401, 10, 3)
  await store.write((tx) => append(tx, arrivalOf('old-0')))
  await ended('young', 399)
  expect(await run()).toMatchObject({ events: 3 })
  expect(['events', 'payloads', 'dedupe_keys'].map(rows)).toEqual([1, 1, 1])
  expect(rows('duplicates')).toBe(0)
  expect(store.read((tx) => countSource(tx, 'salesforce')).events).toBe(1)
})

it('keeps an event that has not ended, or has a delivery that has not, whatever its age', async () => {
  const { eventId } = await queuedDelivery(store, 'waits')
  await store.write((tx) => tx.run('update events set received_at = 1, ended_at = 1 where id = ?', eventId))
  await store.write((tx) => append(tx, arrivalOf('stored')))
  await run()
  expect(rows('events')).toBe(2)
  await store.write((tx) => tx.run(`update deliveries set state = 'delivered', ended_at = 1`))
  await run()
  expect([rows('events'), rows('deliveries')]).toEqual([1, 0])
})

it('keeps an event that is a test case as long as it is one', async () => {
  await ended('old', 401, 10, 2)
  await store.write((tx) => saveSample(tx, { eventId: 1 as EventId, name: 'Two owners', keptAt: 1, keptBy: 'console' }))
  expect(await run()).toMatchObject({ events: 1 })
  expect(await run({ maxBytes: 1 })).toMatchObject({ events: 0 })
  expect(rows('events')).toBe(1)
  await store.write((tx) => removeSample(tx, 1 as EventId))
  expect(await run()).toMatchObject({ events: 1 })
})

it('takes away old refusals, the ledger of writes and the audit log, and keeps the younger', async () => {
  await store.write((tx) => {
    for (const at of [now - 401 * day, now - day]) {
      keepRefusal(tx, { ...refusal, receivedAt: at })
      audit(tx, { at, who: 'console', action: 'save', subject: 'route a' })
      tx.run(
        `insert into writes (system, entity, record_id, version, delivery_id, written_at) values ('salesforce', 'Account', '1', null, 1, ?)`,
        at,
      )
    }
  })
  expect(await run()).toMatchObject({ others: 3 })
  expect(['rejections', 'writes', 'audit'].map(rows)).toEqual([1, 1, 1])
  expect(store.read((tx) => countSource(tx, 'salesforce')).rejections).toBe(1)
})

it('above the limit of size lets the longest ended go first, never those of the last week, and gives the room back', async () => {
  await ended('oldest', 300, 1024 * 1024, 40)
  await ended('older', 200, 1024 * 1024, 40)
  await ended('fresh', 6, 1024 * 1024, 40)
  const before = store.pragma('page_count') as number
  const first = await run({ maxBytes: 100 * 1024 * 1024 })
  expect(first.isStillTooLarge).toBe(false)
  expect(
    store.read((tx) => tx.get<{ n: number }>('select count(*) as n from events where ended_at >= ?', now - 250 * day))
      ?.n,
  ).toBe(80)
  expect(rows('events')).toBeLessThan(120)
  const second = await run({ maxBytes: 1024 * 1024 })
  expect(second.isStillTooLarge).toBe(true)
  expect(rows('events')).toBe(40)
  expect(store.pragma('page_count')).toBeLessThan(before * 0.6)
})

it('works in steps that leave the writer to others: intake goes on while it takes away thousands', async () => {
  await ended('old', 401, 2_000, 5_000)
  let isDone = false
  const pruned = run().finally(() => (isDone = true))
  let arrived = 0
  for (; !isDone; arrived += 1) await store.write((tx) => append(tx, arrivalOf(`live-${arrived}`)))
  expect((await pruned).events).toBe(5_000)
  expect(arrived).toBeGreaterThan(20)
})

it('finds every row that hangs on an event or a delivery by an index, so that taking one away stays quick', () => {
  const unindexed = store.read((tx) =>
    tx.all<{ child: string; columnName: string }>(
      `select m.name as child, f."from" as columnName from pragma_table_list m join pragma_foreign_key_list(m.name) f
       where m.schema = 'main' and f."table" in ('events', 'deliveries') and f."from" not in (
         select c.name from pragma_index_list(m.name) i join pragma_index_info(i.name) c where c.seqno = 0
         union select p.name from pragma_table_info(m.name) p where p.pk = 1)`,
    ),
  )
  expect(unindexed).toEqual([])
  const unanswered = store.read((tx) =>
    tx.all(
      `select m.name as child, f."from" from pragma_table_list m join pragma_foreign_key_list(m.name) f
       where m.schema = 'main' and f."table" in ('events', 'deliveries') and f.on_delete in ('NO ACTION', 'RESTRICT')`,
    ),
  )
  expect(unanswered).toEqual([])
})

const refusal = {
  sourceId: 'salesforce',
  status: 401,
  code: 'bad-signature',
  sentence: 'no',
  remoteAddress: null,
  headers: {},
  excerpt: '',
  size: 1,
} as const
