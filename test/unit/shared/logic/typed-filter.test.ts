import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { eventCriteria, type EventCriteria } from '#shared/contract/event-filter.ts'
import { filterKeys, type ListField } from '#shared/logic/filter-keys.ts'
import { suggestions } from '#shared/logic/filter-suggestions.ts'
import { quoteWord, searchWords } from '#shared/logic/filter-tokens.ts'
import { instantOf } from '#shared/logic/instant-text.ts'
import { parseFilter, printFilter } from '#shared/logic/typed-filter.ts'

const odd = fc.constantFrom(
  'state:dead',
  '-minus',
  '-',
  'say "so"',
  '"',
  '""',
  'two words',
  'a:b',
  '10:30',
  'ünder',
  '\\',
  '%',
)
const word = fc.oneof(
  odd,
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
)
const slug = fc.constantFrom('ticket-to-case', 'a', '0-1')

function values(field: ListField): fc.Arbitrary<string> {
  const options = filterKeys.find((key) => key.field === field)?.values ?? null
  if (options !== null) return fc.constantFrom(...options)
  return field === 'routeId' || field === 'sourceId' ? slug : word
}

const lists = Object.fromEntries(
  filterKeys.flatMap(({ field }) =>
    field === 'since' || field === 'until'
      ? []
      : [[field, fc.uniqueArray(values(field), { minLength: 1, maxLength: 3 })]],
  ),
)
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.map(quoteWord).join(' '))
const instant = fc.constantFrom('30m', '2h', '14d', '2w', '2026-11-01', '2026-02-28T08:30', '2026-02-28T08:30:01Z')
const fields = { ...lists, text }
const aFilter: fc.Arbitrary<EventCriteria> = fc
  .record(
    { ...fields, since: instant, until: instant, not: fc.record(fields, { requiredKeys: [] }) },
    { requiredKeys: [] },
  )
  .map(({ not, ...rest }) => ({ ...rest, ...(not !== undefined && Object.keys(not).length > 0 && { not }) }))
  .map((filter) => eventCriteria.parse(filter))

describe('a typed filter', () => {
  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(aFilter, (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual({ filter, problems: [] })
      }),
      { numRuns: 400 },
    )
  })

  it('makes something of any text, and puts each problem where it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.constantFrom('state:', 'since:x', '-until:2h', 'stat:dead'))), (parts) => {
        const typed = parts.join(' ')
        const { filter, problems } = parseFilter(typed)
        expect(eventCriteria.parse(filter)).toEqual(filter)
        for (const { at, length } of problems) expect([at >= 0, at + length <= typed.length]).toEqual([true, true])
      }),
    )
  })

  it.each<[string, z.input<typeof eventCriteria>]>([
    ['state:dead route:ticket-to-case', { state: ['dead'], routeId: ['ticket-to-case'] }],
    [
      'system:cw entity:ticket cw:48213 sf:001A',
      { system: ['connectwise'], entity: ['ticket'], connectwiseId: ['48213'], salesforceId: ['001A'] },
    ],
    [
      'error:picklist class:auth since:2h until:2026-11-01',
      { error: ['picklist'], failureClass: ['auth'], since: '2h', until: '2026-11-01' },
    ],
    ['result:created action:DELETED', { result: ['created'], action: ['deleted'] }],
    [
      'acme  "quoted words" -state:delivered -noise',
      { text: 'acme "quoted words"', not: { state: ['delivered'], text: 'noise' } },
    ],
    ['state:dead STATE:open state:dead', { state: ['dead', 'open'] }],
    ['error:"bad value" 10:30 "state:dead"', { error: ['bad value'], text: '10:30 "state:dead"' }],
    ['', {}],
  ])('understands %s', (typed, filter) => {
    expect(parseFilter(typed)).toEqual({ filter: eventCriteria.parse(filter), problems: [] })
  })

  it.each([
    ['acme stat:dead', 5, 9, "'stat' is not a filter. Did you mean 'state'?"],
    ['status:dead', 0, 11, "Did you mean 'state'?"],
    ['http://x', 0, 8, 'There are: state, route,'],
    ['state:ded', 0, 9, "'ded' is not a state. Did you mean 'dead'?"],
    ['-system:hubspot', 0, 15, 'There are: cw, sf,'],
    ['state:', 0, 6, "'state:' needs a value: stored,"],
    ['route:My Route', 0, 8, "'My' is not the id of a route."],
    ['since:soon', 0, 10, 'Say 30m, 2h, 7d'],
    ['since:2026-02-30', 0, 16, 'is not a time'],
    ['since:1h since:2h', 9, 8, 'once only'],
    ['-since:1h', 0, 9, "'until' is its opposite"],
    ['x "open end', 2, 9, 'not closed'],
  ])('says what is wrong with %s', (typed, at, length, sentence) => {
    expect(parseFilter(typed).problems).toEqual([{ at, length, sentence: expect.stringContaining(sentence) as string }])
  })

  it('keeps the rest of a filter that has a problem', () => {
    expect(parseFilter('state:dead stat:x acme').filter).toEqual({ state: ['dead'], text: 'acme' })
  })

  it('takes apart a plain text, in which keys mean nothing and an open quote is a letter', () => {
    expect(searchWords(` state:dead "two  words" o'n 5" "x`)).toEqual(['state:dead', 'two  words', "o'n", '5"', '"x'])
  })
})

describe('an instant', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  it.each([
    ['2h', 'since', now - 7_200_000],
    ['1w', 'until', now - 604_800_000],
    ['2026-11-01T10:00Z', 'since', Date.UTC(2026, 10, 1, 10)],
    ['2026-11-01', 'since', new Date(2026, 10, 1).getTime()],
    ['2026-11-01', 'until', new Date(2026, 10, 2).getTime()],
    ['2026-11-01T24:00', 'since', null],
    ['2026-13-01', 'since', null],
    ['yesterday', 'since', null],
  ] as const)('of %s for %s', (typed, side, at) => {
    expect(instantOf(typed, now, side)).toBe(at)
  })
})

describe('suggestions', () => {
  const vocabulary = {
    routes: ['case-to-ticket', 'ticket-to-case'],
    sources: ['hook'],
    entities: ['Account', 'ticket'],
  }
  /** The text after the first suggestion is taken; `|` is the caret. */
  function complete(typed: string): { readonly labels: string[]; readonly text: string } {
    const caret = typed.indexOf('|')
    const line = typed.replace('|', '')
    const { from, to, options } = suggestions(line, caret, vocabulary)
    return {
      labels: options.map(({ label }) => label),
      text: line.slice(0, from) + (options[0]?.text ?? '') + line.slice(to),
    }
  }

  it.each([
    ['sta|', ['state'], 'state:'],
    ['acme -st|', ['state'], 'acme -state:'],
    ['s|te:dead', ['state', 'source', 'system', 'sf', 'since'], 'state:dead'],
    ['state:de|', ['delivered', 'dead'], 'state:delivered '],
    ['state:de|ad', ['delivered', 'dead'], 'state:delivered '],
    ['route:t|', ['ticket-to-case'], 'route:ticket-to-case '],
    ['entity:a|', ['Account'], 'entity:Account '],
    ['system:|', ['cw', 'sf', 'salesforce', 'connectwise'], 'system:cw '],
    ['nothing:|', [], 'nothing:'],
    ['"quo|', [], ''],
  ])('complete %s', (typed, labels, text) => {
    expect(complete(typed)).toEqual({ labels, text })
  })

  it('offer all keys where nothing stands', () => {
    expect(complete('acme |').labels).toEqual(filterKeys.map(({ key }) => key))
  })

  it('always give what can be read when they are taken', () => {
    fc.assert(
      fc.property(fc.constantFrom(...filterKeys.map(({ key }) => key)), (key) => {
        for (const { text: taken } of suggestions(`${key}:`, key.length + 1, vocabulary).options)
          expect(parseFilter(`${key}:${taken}`).problems).toEqual([])
      }),
    )
  })
})
