import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { createJournal, type Journal } from '#main/journal/journal.ts'
import { countSource } from '#main/store/counts.ts'
import type { Store } from '#main/store/store.ts'
import { newestOnly, type Refusal } from '#shared/domain/arrival.ts'
import type { Arrival } from '#shared/domain/arrival.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
let journal: Journal

beforeEach(() => {
  ;({ store, close } = temporaryStore())
  journal = createJournal(store, (error) => {
    throw error
  })
})
afterEach(() => close())

function count(table: 'events' | 'payloads' | 'duplicates' | 'dedupe_keys' | 'rejections'): number {
  return store.read((tx) => tx.get<{ n: number }>(`select count(*) as n from ${table}`)?.n ?? -1)
}

async function appendOne(arrival: Arrival): Promise<{ eventId: number; duplicate: boolean }> {
  const [receipt] = await journal.append(arrival)
  if (receipt === undefined) throw new Error('no receipt')
  return receipt
}

describe('append', () => {
  it('stores an event once and shows each further reception on it', async () => {
    const first = await appendOne(arrivalOf('hookdeck:evt_1'))
    const second = await appendOne(arrivalOf('hookdeck:evt_1'))
    expect(first.duplicate).toBe(false)
    expect(second).toEqual({ eventId: first.eventId, duplicate: true })
    expect([count('events'), count('payloads'), count('duplicates')]).toEqual([1, 1, 1])
    const row = store.read((tx) => tx.get('select duplicates from events where id = ?', first.eventId))
    expect(row).toEqual({ duplicates: 1 })
  })

  it('keeps how long the way took, where somebody measured it', async () => {
    const { eventId: measured } = await appendOne({ ...arrivalOf('a'), verifiedMs: 2.4, elapsedMs: () => 6.6 })
    const { eventId: not } = await appendOne(arrivalOf('b'))
    const times = (id: number) =>
      store.read((tx) => tx.get('select verified_ms as v, written_ms as w from events where id = ?', id))
    expect([times(measured), times(not)]).toEqual([
      { v: 2, w: 7 },
      { v: null, w: null },
    ])
  })

  it('recognises the same event when it comes twice in the same commit', async () => {
    const receipts = await Promise.all([appendOne(arrivalOf('same')), appendOne(arrivalOf('same'))])
    expect(receipts.map((receipt) => receipt.duplicate)).toEqual([false, true])
    expect(count('events')).toBe(1)
  })

  it('learns new names of a known event, so that it is recognised by those too', async () => {
    const arrival = arrivalOf('a')
    const both: Arrival = { ...arrival, items: arrival.items.map((item) => ({ ...item, dedupeKeys: ['a', 'b'] })) }
    await appendOne(arrival)
    await appendOne(both)
    expect((await appendOne(arrivalOf('b'))).duplicate).toBe(true)
  })

  it('joins the same record version told by another path while nobody has read the record', async () => {
    const version = '2026-01-31T18:04:26.000Z'
    const first = await appendOne(arrivalOf('cdc:1', { version }))
    const swept = await appendOne(arrivalOf('sweep:1', { version, via: 'sweep' }))
    expect(swept).toEqual({ eventId: first.eventId, duplicate: true })
  })

  it('keeps two changes of one second apart when they came by the same path', async () => {
    const version = '2026-01-31T18:04:26.000Z'
    await appendOne(arrivalOf('cdc:1', { version }))
    expect((await appendOne(arrivalOf('cdc:2', { version }))).duplicate).toBe(false)
  })

  it('stores a late teller of a version as an event of its own once the record was read', async () => {
    const version = '2026-01-31T18:04:26.000Z'
    const first = await appendOne(arrivalOf('cdc:1', { version }))
    await store.write((tx) => tx.run(`update events set state = 'delivered' where id = ?`, first.eventId))
    expect((await appendOne(arrivalOf('sweep:1', { version, via: 'sweep' }))).duplicate).toBe(false)
  })

  it('joins a teller that knows no version, whichever of the two comes first', async () => {
    const version = '2026-01-31T18:04:26.000Z'
    const told = await appendOne(arrivalOf('callback:1', { version }))
    expect(await appendOne(arrivalOf('queue:1', { via: 'queue' }))).toEqual({ eventId: told.eventId, duplicate: true })
    const other = { recordId: '001000000000002AAA' }
    const row = await appendOne(arrivalOf('queue:2', { ...other, via: 'queue' }))
    const later = await appendOne(arrivalOf('callback:2', { ...other, version }))
    expect(later).toEqual({ eventId: row.eventId, duplicate: true })
  })

  it.each<[string, Parameters<typeof arrivalOf>[1], string | null]>([
    ['the record was read', { via: 'queue' }, `update events set state = 'delivered'`],
    ['the first may be an echo of ours', { via: 'queue' }, 'update events set own_mark = 1'],
    ['it tells of something else', { via: 'queue', action: 'deleted' }, null],
    ['it came by the same path', { via: 'webhook' }, null],
    ['it carries values', { via: 'queue', fields: { Phone: '1' } }, null],
  ])('keeps a teller without a version apart when %s', async (_when, second, meanwhile) => {
    await appendOne(arrivalOf('callback:1', { version: '2026-01-31T18:04:26.000Z' }))
    if (meanwhile !== null) await store.write((tx) => tx.run(meanwhile))
    expect((await appendOne(arrivalOf('second', second))).duplicate).toBe(false)
  })

  it('keeps a change there and back again, and knows a repetition of the last state only', async () => {
    const [open, closed] = [`${newestOnly}open`, `${newestOnly}closed`]
    const send = async (key: string) => (await appendOne(arrivalOf(key, { fields: { Status: key } }))).duplicate
    const flow = [await send(open), await send(open), await send(closed), await send(open), await send(open)]
    expect(flow).toEqual([false, true, false, false, true])
    expect(count('events')).toBe(3)
  })

  it('moves the cursor together with the events', async () => {
    await journal.append({ ...arrivalOf('x'), cursor: { name: 'queue', value: '17' } })
    expect(store.read((tx) => tx.get('select value from cursors where name = ?', 'queue'))).toEqual({ value: '17' })
  })

  it('counts the events of a commit for their source, without those of work that was undone', async () => {
    const before = journal.append(arrivalOf('a'))
    const undone = store.write((tx) => {
      append(tx, arrivalOf('undone'))
      throw new Error('undone on purpose')
    })
    const after = ['b', 'a'].map((key) => journal.append(arrivalOf(key)))
    await expect(undone).rejects.toThrow('undone on purpose')
    await Promise.all([before, ...after])
    await journal.append({ ...arrivalOf('c'), receivedAt: 5 })
    expect(store.read((tx) => countSource(tx, 'salesforce'))).toMatchObject({ events: 3, lastEventAt: 5 })
  })

  it('keeps nothing of an arrival that could not be stored whole', async () => {
    const arrival = arrivalOf('whole')
    const bodiless = arrival.items.map((item) => ({ ...item, dedupeKeys: ['y'], body: null as unknown as Uint8Array }))
    const broken = { ...arrival, items: [...arrival.items, ...bodiless] }
    await expect(journal.append(broken)).rejects.toThrow()
    expect([count('events'), count('payloads'), count('dedupe_keys')]).toEqual([0, 0, 0])
  })
})

it('counts alike refusals of one minute in one row', async () => {
  const refusal: Refusal = {
    sourceId: 'salesforce',
    receivedAt: 1_700_000_000_000,
    status: 401,
    code: 'bad-signature',
    sentence: 'The signature does not fit.',
    remoteAddress: '127.0.0.1',
    headers: {},
    excerpt: '',
    size: 2,
  }
  journal.record(refusal)
  journal.record({ ...refusal, receivedAt: refusal.receivedAt + 1 })
  journal.record({ ...refusal, code: 'too-large' })
  await store.drain()
  const rows = store.read((tx) => tx.all('select code, count from rejections order by id'))
  expect(rows).toEqual([
    { code: 'bad-signature', count: 2 },
    { code: 'too-large', count: 1 },
  ])
})
