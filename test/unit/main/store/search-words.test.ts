import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openForReading, type Connection } from '#main/store/open.ts'
import { readPageToken } from '#main/store/read/page-token.ts'
import { rareTrigrams } from '#main/store/read/rare-trigrams.ts'
import { Reading } from '#main/store/read/reading.ts'
import { prepareReads } from '#main/store/read/reads.ts'
import { indexEvents, unindexed } from '#main/store/search-index.ts'
import { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { quoteWord, searchWords } from '#shared/logic/filter-tokens.ts'
import { insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const folder = temporaryFolder()
let store: Store
let db: Connection
let count = 0

beforeEach(() => {
  store = new Store(join(folder.path, `${++count}.db`))
  db = openForReading(store.file)
})
afterEach(async () => {
  db.close()
  await store.close()
})

/** Moves the newest id so far on that all events before it are old enough for the index. */
function addFar(tx: Transaction): EventId {
  const id = insertEvent(tx, { recordId: 'far', title: '' })
  tx.run('delete from payloads where event_id = ?', id)
  tx.run('delete from dedupe_keys where event_id = ?', id)
  tx.run('update events set id = id + ? where id = ?', unindexed, id)
  return (id + unindexed) as EventId
}

async function indexAll(): Promise<void> {
  for (let taken = 1; taken > 0;) taken = await store.writeLight((tx) => indexEvents(tx, 7))
}

function found(text: string, limit: number): EventId[] {
  const ids: EventId[] = []
  const reads = prepareReads(db)
  let before: number | null = Number.MAX_SAFE_INTEGER
  while (before !== null) {
    const page: ReturnType<typeof reads.listEvents> = reads.listEvents({ text, before, limit })
    ids.push(...page.items.map(({ id }) => id))
    before = page.next === null ? null : readPageToken(page.next)
  }
  return ids
}

interface Texts {
  readonly recordId: string
  readonly title: string | null
  readonly note: string | null
}

// Few characters, so that pieces recur: everywhere, here and there, and in none; with what SQL, patterns and the index could take for a sign.
const character = fc.constantFrom(...Array.from('000011aAbB%_\\"\'-*: üÜßéИи日😀'))
const someText = (maxLength: number) => fc.string({ unit: character, maxLength })
const texts: fc.Arbitrary<Texts> = fc.record({
  recordId: someText(6).map((end) => `0010000${end}`),
  title: fc.option(someText(30), { nil: null }),
  note: fc.option(someText(30), { nil: null }),
})

/** What to look for: a piece of some text, or anything. */
type Word = string | { readonly which: number; readonly at: number; readonly length: number }
const word: fc.Arbitrary<Word> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ which: fc.nat(), at: fc.nat(30), length: fc.integer({ min: 1, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 20 }) },
)

/** A piece comes in the other letter case. */
function wordIn(rows: readonly Texts[], one: Word): string {
  if (typeof one === 'string') return one
  const all = rows.flatMap(({ recordId, title, note }) => [recordId, title ?? '', note ?? ''])
  const characters = Array.from(all[one.which % all.length] ?? '')
  const piece = characters.slice(one.at % Math.max(1, characters.length)).slice(0, one.length)
  return piece.join('').replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** As the rows are compared: of letters only A to Z count the same in either case. */
function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

describe('a search for words', () => {
  it('finds exactly the events that hold all of them, whatever the texts are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(texts, { minLength: 1, maxLength: 24 }),
        fc.array(texts, { maxLength: 6 }),
        fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), texts), { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.boolean(),
        async (old, fresh, queries, changes, deletes, isIndexedAgain) => {
          const all = new Map<EventId, Texts>()
          const add = (tx: Transaction, rows: readonly Texts[]) => {
            for (const row of rows) all.set(insertEvent(tx, row), row)
          }
          const which = (number: number) => [...all.keys()][number % all.size]
          await store.write((tx) => {
            tx.run('delete from events')
            add(tx, old)
            all.set(addFar(tx), { recordId: 'far', title: null, note: null })
          })
          await indexAll()
          await store.write((tx) => {
            add(tx, fresh)
            for (const [number, { title, note }] of changes) {
              const id = which(number)
              const row = id === undefined ? undefined : all.get(id)
              if (id === undefined || row === undefined) continue
              tx.run('update events set title = ?, note = ? where id = ?', title, note, id)
              all.set(id, { ...row, title, note })
            }
            for (const number of deletes) {
              const id = which(number)
              if (id === undefined) continue
              tx.run('delete from events where id = ?', id)
              all.delete(id)
            }
          })
          if (isIndexedAgain) await indexAll()
          const newest = [...all].toSorted(([one], [other]) => other - one)
          for (const query of queries) {
            const text = query.map((one) => quoteWord(wordIn([...old, ...fresh], one))).join(' ')
            const words = searchWords(text).map(fold)
            const holds = (row: Texts, one: string) =>
              [row.recordId, 'Account', row.title, row.note].some((own) => own !== null && fold(own).includes(one))
            const expected = newest.filter(([, row]) => words.every((one) => holds(row, one))).map(([id]) => id)
            expect({ text, ids: found(text, 5) }).toEqual({ text, ids: expected })
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a search whose pieces many events have', () => {
  it('loses nothing where one go through the index ends and the next begins', async () => {
    const titles = `iif(n % 2, 'Globex', iif(n in (2, 9996, 9998, 10000, 10002, 10004), 'abcde', 'abcd bcde'))`
    await store.write((tx) => {
      tx.run(
        `insert into events (id, source_id, via, system, entity, record_id, action, own_mark, fields_kind, verified_by, received_at, size, state, title)
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 20000)
         select n, 'hook', 'webhook', 'salesforce', 'Account', 'x', 'updated', 0, 'none', '', 5, 1, 'open', ${titles} from numbers`,
      )
      addFar(tx)
    })
    for (let taken = 1; taken > 0;) taken = await store.writeLight((tx) => indexEvents(tx, 5_000))
    expect(found('abcde', 5)).toEqual([10004, 10002, 10000, 9998, 9996, 2])
  })
})

describe('the trigrams asked for', () => {
  beforeEach(async () => {
    await store.write((tx) => {
      for (let number = 0; number < 1_200; number += 1)
        insertEvent(tx, {
          recordId: `001${String(number).padStart(12, '0')}`,
          title: number < 120 ? 'Company Zeta' : 'Company',
        })
      addFar(tx)
    })
    await indexAll()
  })
  const asked = (...words: string[]) => rareTrigrams(new Reading(db), words, 1_200).toSorted()

  it.each([
    ['leave out what all ids begin with', ['001000000000457'], ['"004"', '"045"', '"457"']],
    ['are those that the fewest have', ['zeta00045'], ['"045"', '"a00"', '"ta0"']],
    ['are of each word', ['001000000000457', 'zeta'], ['"004"', '"045"', '"457"', '"eta"', '"zet"']],
    ['are none where all have them', ['company', '0010000000'], []],
    ['are none of short words', ['ze', '4'], []],
    ['are none of what no query can hold', ['now\0her'], ['"her"', '"now"']],
    ['are those in none', ['nowhere'], ['"now"', '"owh"', '"whe"']],
  ])('%s', (_, words, expected) => {
    expect(asked(...words)).toEqual(expected)
  })
  it('are of each word, however long another one is', () => {
    const long = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x3b1 + (at % 25)) + at).join('')
    expect(asked(long, 'zeta')).toEqual(expect.arrayContaining(['"eta"', '"zet"']))
  })
})
