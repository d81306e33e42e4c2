import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { catchUpSearch } from '#main/engine/upkeep/housekeeping-search.ts'
import type { EventMatch } from '#main/store/event-match.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import type { Page } from '#shared/contract/page.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import { readPageToken } from '#main/store/read/page-token.ts'
import { indexEvents, unindexed } from '#main/store/search-index.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import { eventCriteria } from '#shared/contract/event-filter.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { searchWords } from '#shared/logic/filter-tokens.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
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

async function found(match: EventMatch, limit = 100): Promise<EventId[]> {
  const ids: EventId[] = []
  let before: number | null = Number.MAX_SAFE_INTEGER
  while (before !== null) {
    const page: Page<EventSummary> = await reader.read('listEvents', { ...match, before, limit })
    ids.push(...page.items.map(({ id }) => id))
    before = page.next === null ? null : readPageToken(page.next)
  }
  return ids
}

/** Adds an event so many ids further on that all before it are old enough for the index. */
function addFar(tx: Transaction): EventId {
  const { lastInsertRowid: id } = tx.run(
    `insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state)
     select coalesce(max(id), 0) + ?, 'far', 'webhook', 'salesforce', 'Account', 'far', 'updated', 0, 'none', '', 5, 1, 'open' from events`,
    unindexed,
  )
  return id as EventId
}

function indexAll(): Promise<number> {
  const { signal } = new AbortController()
  return catchUpSearch({ store, clock: systemClock, mayWrite: () => true, signal })
}

const indexed = () => store.read((tx) => tx.get<{ n: number }>('select count(*) as n from event_search_docsize'))?.n

interface Row {
  readonly sourceId: string
  readonly system: 'salesforce' | 'connectwise'
  readonly entity: string
  readonly recordId: string
  readonly title: string | null
  readonly note: string | null
  readonly state: 'open' | 'dead' | 'delivered'
  readonly action: string
  readonly at: number
  readonly deliveries: readonly {
    readonly routeId: string
    readonly result: 'created' | 'updated'
    readonly state: 'dead' | 'delivered' | 'waiting'
    readonly failure: { readonly class: string; readonly code: string; readonly sentence: string } | null
    readonly isReplayed: boolean
  }[]
}

/** What `addFar` adds. */
const far: Row = {
  sourceId: 'far',
  system: 'salesforce',
  entity: 'Account',
  recordId: 'far',
  title: null,
  note: null,
  state: 'open',
  action: 'updated',
  at: 5,
  deliveries: [],
}

const title = fc.constantFrom(
  'Acme',
  'Zeta 100%',
  'under_score',
  'back\\slash',
  'Ünder',
  '',
  "O'Neill",
  '"quoted" needle',
)
const aRow: fc.Arbitrary<Row> = fc.record({
  sourceId: fc.constantFrom('hook', 'queue'),
  system: fc.constantFrom('salesforce', 'connectwise'),
  entity: fc.constantFrom('Account', 'ticket'),
  recordId: fc.constantFrom('001A', '42', '001000000000001AAA'),
  title: fc.option(title, { nil: null }),
  note: fc.option(title, { nil: null }),
  state: fc.constantFrom('open', 'dead', 'delivered'),
  action: fc.constantFrom('updated', 'deleted'),
  at: fc.integer({ min: 0, max: 9 }),
  deliveries: fc.array(
    fc.record({
      routeId: fc.constantFrom('a', 'b'),
      result: fc.constantFrom('created', 'updated'),
      state: fc.constantFrom('dead', 'delivered', 'waiting'),
      failure: fc.option(
        fc.record({
          class: fc.constantFrom('permanent', 'auth'),
          code: fc.constantFrom('PICKLIST', 'LOCKED'),
          sentence: fc.constantFrom('The picklist lacks needle.', 'Sign-in refused.'),
        }),
        { nil: null },
      ),
      isReplayed: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
})

const lists = {
  state: fc.constantFrom('open', 'dead', 'delivered'),
  system: fc.constantFrom('salesforce', 'connectwise'),
  sourceId: fc.constantFrom('hook', 'queue'),
  routeId: fc.constantFrom('a', 'b', 'none'),
  entity: fc.constantFrom('account', 'TICKET', 'none'),
  recordId: fc.constantFrom('001A', '42', 'none'),
  connectwiseId: fc.constantFrom('42', 'none'),
  salesforceId: fc.constantFrom('001A', '001000000000001'),
  error: fc.constantFrom('picklist', 'LOCK', 'in', 'none of it'),
  failureClass: fc.constantFrom('permanent', 'auth', 'limited'),
  result: fc.constantFrom('created', 'updated'),
  action: fc.constantFrom('updated', 'deleted'),
}
const text = fc.constantFrom(
  'acme',
  '%',
  '_',
  '\\',
  'eta 100',
  "o'n",
  'neill acme',
  '"100%"',
  'needle',
  'lacks',
  'tick',
  '  ',
  'nothing',
  '""',
)
const parts = {
  ...Object.fromEntries(
    Object.entries(lists).map(([key, one]) => [key, fc.uniqueArray(one, { minLength: 1, maxLength: 2 })]),
  ),
  text,
}
const someParts = fc
  .subarray(Object.keys(parts), { maxLength: 2 })
  .chain((keys) => fc.record(Object.fromEntries(Object.entries(parts).filter(([key]) => keys.includes(key)))))
const aMatch = fc
  .tuple(
    someParts,
    someParts,
    fc.record(
      { receivedFrom: fc.integer({ min: 0, max: 9 }), receivedBefore: fc.integer({ min: 0, max: 10 }) },
      { requiredKeys: [] },
    ),
  )
  .map(([wanted, not, times]): EventMatch => ({ ...eventCriteria.parse({ ...wanted, not }), ...times }))

/** The salesforce record 001A is paired with the ticket 42. */
const pair = { salesforce: ['Account', '001A'], connectwise: ['ticket', '42'] } as const

function isRecord(row: Row, system: Row['system'], id: string): boolean {
  const isLong = (own: string) => own === id || (id.length === 15 && own.length === 18 && own.startsWith(id))
  if (row.system === system) return isLong(row.recordId)
  return pair[system][1] === id && row.entity === pair[row.system][0] && row.recordId === pair[row.system][1]
}

function fits(row: Row, match: EventMatch): boolean {
  const { not = {}, receivedFrom = 0, receivedBefore = Infinity, ...wanted } = match
  const holds = (key: string, values: readonly string[]) => values.some((value) => test(row, key, value))
  return (
    row.at >= receivedFrom &&
    row.at < receivedBefore &&
    Object.entries(wanted).every(([key, values]) =>
      key === 'text'
        ? searchWords(String(values)).every((word) => test(row, key, word))
        : holds(key, values as string[]),
    ) &&
    !Object.entries(not).some(([key, values]) =>
      holds(key, key === 'text' ? searchWords(String(values)) : (values as string[])),
    )
  )
}

function test(row: Row, key: string, value: string): boolean {
  const standing = row.deliveries.filter(({ isReplayed }) => !isReplayed)
  const failures = standing.flatMap(({ failure }) => failure ?? [])
  const told = failures.flatMap(({ code, sentence }) => [code, sentence])
  const has = (texts: readonly (string | null)[]) =>
    texts.some((one) => one?.toLowerCase().includes(value.toLowerCase()))
  switch (key) {
    case 'text':
      return has([row.recordId, row.entity, row.title, row.note, ...told])
    case 'error':
      return has(told)
    case 'failureClass':
      return failures.some((failure) => failure.class === value)
    case 'routeId':
      return row.deliveries.some(({ routeId }) => routeId === value)
    case 'result':
      return standing.some(({ state, result }) => state === 'delivered' && result === value)
    case 'entity':
      return row.entity.toLowerCase() === value.toLowerCase()
    case 'connectwiseId':
      return isRecord(row, 'connectwise', value)
    case 'salesforceId':
      return isRecord(row, 'salesforce', value)
    default:
      return row[key as 'state'] === value
  }
}

function insert(tx: Transaction, row: Row): EventId {
  const id = insertEvent(tx, row)
  tx.run('update events set action = ?, received_at = ? where id = ?', row.action, row.at, id)
  for (const one of row.deliveries) {
    const { failure, ...rest } = one
    const delivery = insertDelivery(tx, id, failure === null ? rest : { ...rest, failure })
    if (one.isReplayed) tx.run('update deliveries set replayed_by = id where id = ?', delivery)
  }
  return id
}

describe('a filter', () => {
  it('finds exactly what fits, in the index, not in it yet, and changed since', async () => {
    await store.write((tx) =>
      tx.run(
        `insert into links (salesforce_entity, salesforce_id, salesforce_synced, connectwise_entity, connectwise_id, connectwise_synced, created_at, updated_at)
         values ('Account', '001A', '{}', 'ticket', '42', '{}', 1, 1)`,
      ),
    )
    const rows = fc.array(aRow, { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        rows,
        rows,
        title,
        fc.array(aMatch, { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (old, fresh, note, matches, limit) => {
          const all = new Map<EventId, Row>()
          await store.write((tx) => {
            tx.run('delete from events')
            for (const row of old) all.set(insert(tx, row), row)
            all.set(addFar(tx), far)
          })
          await indexAll()
          await store.write((tx) => {
            for (const one of fresh) all.set(insert(tx, one), one)
            const [first] = all
            if (first === undefined) return
            tx.run('update events set note = ? where id = ?', note, first[0])
            all.set(first[0], { ...first[1], note })
          })
          const newest = [...all].toSorted(([one], [other]) => other - one)
          for (const match of matches) {
            const expected = newest.filter(([, one]) => fits(one, match)).map(([id]) => id)
            expect({ match, ids: await found(match, limit) }).toEqual({ match, ids: expected })
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the search index', () => {
  const add = (title: string) => store.write((tx) => insertEvent(tx, { title }))

  it('takes in what has settled, in steps that go on where the last one ended', async () => {
    await store.write((tx) => {
      for (let index = 0; index < 30; index += 1) insertEvent(tx, { title: `needle ${index}` })
      addFar(tx)
    })
    expect(indexed()).toBe(0)
    await store.write((tx) => indexEvents(tx, 12))
    expect(indexed()).toBe(12)
    await store.close()
    store = new Store(store.file)
    expect(await indexAll()).toBe(18)
    expect([indexed(), (await found({ text: 'needle' })).length]).toEqual([30, 30])
    expect(await indexAll()).toBe(0)
  })

  it('follows a note that changes, also while it has not caught up', async () => {
    const id = await add('Acme')
    await store.write(addFar)
    await indexAll()
    await store.write((tx) => tx.run(`update events set note = 'now with needle' where id = ?`, id))
    expect(await found({ text: 'needle' })).toEqual([id])
    expect(await indexAll()).toBe(1)
    expect(await found({ text: 'needle' })).toEqual([id])
    expect(indexed()).toBe(1)
  })

  it('finds by a failure that came later, and no more once a replay stands for it', async () => {
    const id = await add('Acme')
    await store.write(addFar)
    await indexAll()
    const failure = { class: 'permanent', code: 'BAD_PICKLIST', sentence: 'No.' }
    const delivery = await store.write((tx) => {
      tx.run('update events set note = note where id = ?', id)
      return insertDelivery(tx, id, { failure })
    })
    await indexAll()
    expect([await found({ text: 'bad_pick' }), await found({ error: ['picklist'] })]).toEqual([[id], [id]])
    await store.write((tx) => tx.run('update deliveries set replayed_by = id where id = ?', delivery))
    expect([await found({ text: 'bad_pick' }), await found({ error: ['picklist'] })]).toEqual([[], []])
  })

  it('forgets what is taken away, and starts over with ids that are given anew', async () => {
    for (const title of ['one', 'two', 'three']) await add(title)
    await store.write(addFar)
    await indexAll()
    await store.write((tx) => tx.run(`delete from events where title = 'one'`))
    expect(indexed()).toBe(2)
    await store.write((tx) => tx.run('delete from events'))
    expect(indexed()).toBe(0)
    const again = await add('one')
    expect(again).toBe(1)
    expect(await found({ text: 'one' })).toEqual([again])
  })
})
