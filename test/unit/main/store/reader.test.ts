import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReader, type Reader } from '#main/store/reader.ts'
import { readPageToken } from '#main/store/read/page-token.ts'
import { Store } from '#main/store/store.ts'
import { deliverySummary, type DeliveryResult } from '#shared/domain/delivery.ts'
import { eventSummary, type EventState, type EventSummary } from '#shared/domain/event.ts'
import type { DeliveryId, EventId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { insertAttempt, insertDelivery, insertEvent, type EventValues } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const folder = temporaryFolder()
let store: Store
let reader: Reader
let count = 0

beforeEach(() => {
  store = new Store(join(folder.path, `${++count}.db`))
  reader = openReader(store.file)
})

afterEach(async () => {
  await reader.close()
  await store.close()
})

const fromTheTop = Number.MAX_SAFE_INTEGER

/** All pages of a list, put together; every page but the last has to say that more comes. */
async function wholeList(query: Omit<Parameters<typeof listEvents>[0], 'before'>): Promise<EventSummary[]> {
  const items: EventSummary[] = []
  let before: number | null = fromTheTop
  while (before !== null) {
    const page = await listEvents({ ...query, before })
    expect(page.items.length).toBeLessThanOrEqual(query.limit)
    items.push(...page.items)
    before = page.next === null ? null : readPageToken(page.next)
  }
  return items
}

function listEvents(query: Parameters<typeof reader.read<'listEvents'>>[1]) {
  return reader.read('listEvents', query)
}

const someStates = fc.constantFrom<EventState>('open', 'dead', 'delivered')
const words = fc.constantFrom('Acme', 'Zeta 100%', 'under_score', 'back\\slash', 'Ünder', '', "O'Neill")
const anEvent: fc.Arbitrary<EventValues> = fc.record({
  sourceId: fc.constantFrom('salesforce', 'queue'),
  system: fc.constantFrom('salesforce', 'connectwise'),
  entity: fc.constantFrom('Account', 'company', 'Case'),
  recordId: fc.constantFrom('001A', '42', '7%'),
  title: fc.option(words, { nil: null }),
  note: fc.option(words, { nil: null }),
  state: someStates,
})
const filterParts = {
  state: fc.uniqueArray(someStates, { minLength: 1 }),
  system: fc.uniqueArray(fc.constantFrom<SystemName[]>('salesforce', 'connectwise'), { minLength: 1 }),
  sourceId: fc.uniqueArray(fc.constantFrom('salesforce', 'queue', 'none') as fc.Arbitrary<SourceId>, { minLength: 1 }),
  entity: fc.uniqueArray(fc.constantFrom('Account', 'company', 'Case', 'none'), { minLength: 1 }),
  recordId: fc.uniqueArray(fc.constantFrom('001A', '42', '7%', 'none'), { minLength: 1 }),
  text: fc.constantFrom('acme', '%', '_', '\\', '1', 'eta 100', "o'n", '  ', 'acme acme', 'none'),
}
/** Mostly loose filters, so that what is left of a list still fills pages. */
const aFilter = fc
  .subarray(Object.keys(filterParts) as (keyof typeof filterParts)[], { maxLength: 3 })
  .chain((keys) => fc.record(filterParts, { requiredKeys: [] }).map((all) => pick(all, keys)))

function pick<T extends object>(all: T, keys: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key as keyof T))) as Partial<T>
}

describe('listEvents', () => {
  it('finds exactly the events that fit, newest first, whatever the filter and the size of the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent, { maxLength: 25 }),
        aFilter,
        fc.integer({ min: 1, max: 5 }),
        async (rows, filter, limit) => {
          await store.write((tx) => {
            tx.run('delete from events')
            for (const row of rows) insertEvent(tx, row)
          })
          const { text = '', ...columns } = filter
          const fits = (event: EventSummary) =>
            Object.entries(columns).every(([key, values]) =>
              (values as readonly unknown[]).includes(event[key as keyof EventSummary]),
            ) &&
            text
              .split(/\s+/)
              .every((word) =>
                [event.recordId, event.entity, event.title, event.note].some((field) =>
                  field?.toLowerCase().includes(word),
                ),
              )
          const all = await wholeList({ limit: 100 })
          expect(all).toHaveLength(rows.length)
          expect(await wholeList({ ...filter, limit })).toEqual(all.filter(fits))
        },
      ),
      { numRuns: 250 },
    )
  })

  it('answers in the shape of the contract', async () => {
    await store.write((tx) => insertEvent(tx, { title: 'Acme' }))
    const { items } = await listEvents({ before: fromTheTop, limit: 1 })
    expect(items.map((item) => eventSummary.strict().parse(item))).toEqual(items)
  })

  it('tells by result whether a delivered event took a write', async () => {
    const results = async (rows: readonly DeliveryResult[], state: EventState = 'delivered') => {
      const id = await store.write((tx) => {
        const eventId = insertEvent(tx, { state })
        for (const result of rows) insertDelivery(tx, eventId, { state: 'delivered', result })
        return eventId
      })
      const [event] = await reader.read('eventsByIds', [id])
      return event?.result
    }
    expect(await results(['unchanged'])).toBe('unchanged')
    expect(await results(['unchanged', 'linked'])).toBe('linked')
    expect(await results(['unchanged', 'updated'])).toBe('updated')
    expect(await results(['updated'], 'open')).toBeNull()
    expect(await results([])).toBeNull()
  })

  it('goes on searching on the next page when a search takes long', async () => {
    await store.write((tx) =>
      tx.run(`insert into events (source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state, note)
              with recursive n(i) as (select 0 union all select i + 1 from n where i < 60000)
              select 's', 'webhook', 'salesforce', 'Account', i, 'updated', 0, 'none', '', 1, 1, 'open',
                case when i % 20000 < 2 or i % 20000 > 19998 then 'needle' else 'hay' end from n`),
    )
    const found = await wholeList({ text: 'needle', limit: 10 })
    expect(found.map((event) => event.id)).toEqual([60001, 60000, 40002, 40001, 40000, 20002, 20001, 20000, 2, 1])
  })
})

describe('deliveries', () => {
  it('are filtered by state, route and event', async () => {
    const [event, other] = await store.write((tx) => [insertEvent(tx), insertEvent(tx)] as const)
    const ids = await store.write((tx) => [
      insertDelivery(tx, event, { state: 'dead', routeId: 'a' }),
      insertDelivery(tx, event, { state: 'pending', routeId: 'b' }),
      insertDelivery(tx, other, { state: 'dead', routeId: 'b' }),
    ])
    const list = async (filter: object) => {
      const { items } = await reader.read('listDeliveries', { ...filter, before: fromTheTop, limit: 10 })
      expect(items.map((item) => deliverySummary.strict().parse(item))).toEqual(items)
      return items.map((item) => ids.indexOf(item.id))
    }
    expect(await list({})).toEqual([2, 1, 0])
    expect(await list({ state: 'dead' })).toEqual([2, 0])
    expect(await list({ routeId: 'b' as RouteId })).toEqual([2, 1])
    expect(await list({ eventId: event })).toEqual([1, 0])
    expect(await list({ state: 'dead', routeId: 'b' as RouteId, eventId: event })).toEqual([])
  })

  it('are shown even when their stored reason is damaged', async () => {
    const id = await store.write((tx) => {
      const delivery = insertDelivery(tx, insertEvent(tx))
      tx.run(`update deliveries set failure = '{' where id = ?`, delivery)
      insertAttempt(tx, delivery)
      tx.run(`update attempts set detail = ''`)
      return delivery
    })
    const detail = await reader.read('deliveryDetail', id)
    expect(detail).toMatchObject({ failure: { code: 'UNREADABLE' }, attempts: [{ exchanges: [], sourceValues: null }] })
  })
})

describe('eventDetail', () => {
  const read = async (body: string | Uint8Array) => {
    const id = await store.write((tx) => insertEvent(tx, { body }))
    return reader.read('eventDetail', id)
  }

  it('carries a whole body up to 65,536 characters', async () => {
    expect(await read('é'.repeat(65_536))).toMatchObject({ body: 'é'.repeat(65_536), bodyTruncated: false })
    const empty = await read('')
    expect(empty).toMatchObject({ body: '', bodyTruncated: false })
    expect(await reader.read('eventBody', empty?.id as EventId)).toMatchObject({ body: '' })
  })

  it('cuts a longer one without breaking a character', async () => {
    expect(await read('€'.repeat(65_537))).toMatchObject({ body: '€'.repeat(65_536), bodyTruncated: true })
    const faces = await read(`x${'😀'.repeat(100_000)}`)
    expect(faces).toMatchObject({ body: `x${'😀'.repeat(32_767)}`, bodyTruncated: true })
  })

  it('shows bytes that are no text as far as they are', async () => {
    expect((await read(Uint8Array.from([0x41, 0xff, 0x42])))?.body).toBe('A\ufffdB')
  })

  it('is null for an event that is not there', async () => {
    expect(await reader.read('eventDetail', 5 as EventId)).toBeNull()
    expect(await reader.read('eventBody', 5 as EventId)).toBeNull()
    expect(await reader.read('deliveryDetail', 5 as DeliveryId)).toBeNull()
  })
})

describe('a reader', () => {
  it('sees each commit at once', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await store.write((tx) => insertEvent(tx))
      expect((await reader.read('eventsByIds', [id])).map((event) => event.id)).toEqual([id])
    }
  })

  it('gives events in the order asked for, without those that are gone', async () => {
    const [a, b] = await store.write((tx) => [insertEvent(tx), insertEvent(tx)] as const)
    expect((await reader.read('eventsByIds', [b, 99 as EventId, a])).map((event) => event.id)).toEqual([b, a])
  })

  it('answers what was asked before it was closed, and nothing after', async () => {
    const asked = reader.read('listRoutes')
    const closed = reader.close()
    expect(await asked).toEqual([])
    await closed
    await expect(reader.read('listRoutes')).rejects.toThrow('closed')
  })

  it('can’t write', async () => {
    const { openForReading } = await import('#main/store/open.ts')
    const db = openForReading(store.file)
    expect(() => db.exec('delete from events')).toThrow(/readonly/)
    db.close()
  })

  it('fails each read of a file that is not there, without harm to the process', async () => {
    const lost = openReader(join(folder.path, 'none.db'))
    await expect(lost.read('listRoutes')).rejects.toThrow()
    await expect(lost.read('listRoutes')).rejects.toThrow()
    await lost.close()
  })
})

describe('readPageToken', () => {
  it('takes nothing but what was given out', () => {
    expect(readPageToken(undefined)).toBe(fromTheTop)
    for (const wrong of [
      '',
      'x',
      'MA',
      '-1',
      Buffer.from('1e3').toString('base64url'),
      Buffer.from('12').toString('base64url') + '=',
    ]) {
      expect(readPageToken(wrong)).toBeNull()
    }
  })
})
