import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { ok } from '#shared/domain/failure.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import type { mappingField } from '#shared/domain/mapping.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { applyMapping } from '#shared/logic/apply-mapping.ts'
import { isSourceUnchanged, threeWay } from '#shared/logic/three-way.ts'
import type { SyncedValues } from '#shared/logic/synced-values.ts'
import type { Comparison } from '#shared/logic/three-way.ts'

type Row = z.input<typeof mappingField>

function documentOf(...fields: Row[]) {
  return mappingDocument.parse({
    id: 'test',
    name: 'Test',
    salesforce: { entity: 'Case' },
    connectwise: { entity: 'ticket' },
    fields,
  })
}

async function compare(
  row: Partial<Row>,
  pair: SyncedValues,
  synced: SyncedValues | null,
  more: Partial<Comparison> = {},
) {
  const document = documentOf({ salesforce: 'S', connectwise: 'c', ...row })
  const to = more.to ?? 'connectwise'
  const source = pair[otherSystem(to)]
  const resolveReference = () => Promise.resolve(ok('1'))
  const mapped = await applyMapping({
    document,
    to,
    source,
    sourceId: '1',
    isFull: true,
    isCreate: false,
    resolveReference,
  })
  if (!mapped.ok) throw new Error(mapped.failure.sentence)
  const versions = { source: null, destination: null }
  return threeWay({ document, to, source, desired: mapped.value, destination: pair[to], synced, versions, ...more })
}

const both = (s: Values[string], c: Values[string] = s): SyncedValues => ({ salesforce: { S: s }, connectwise: { c } })

describe('with a base to compare with', () => {
  test('only what the source changed is written', async () => {
    const result = await compare({}, both('new', 'old'), both('old'))
    expect(result).toMatchObject({
      values: { c: 'new' },
      changes: [{ field: 'c', from: 'old', to: 'new' }],
      synced: both('new'),
    })
  })

  test('a field that only the destination changed is not touched, and its old base stays', async () => {
    const result = await compare({}, both('old', 'edited'), both('old'))
    expect(result).toMatchObject({ values: {}, conflicts: [], synced: both('old') })
  })

  test('both changed to the same is no conflict', async () => {
    expect(await compare({}, both('new'), both('old'))).toMatchObject({
      values: {},
      conflicts: [],
      synced: both('new'),
    })
  })

  test('clearing is a change like any other', async () => {
    expect(await compare({}, both(null, 'old'), both('old'))).toMatchObject({ values: { c: null }, synced: both(null) })
  })
})

describe('both sides changed', () => {
  const pair = both('mine', 'theirs')
  const newer = { source: '2026-05-02T00:00:00Z', destination: '2026-05-01T00:00:00Z' }
  const older = { source: newer.destination, destination: newer.source }

  test.each<[Row['conflict'], Comparison['versions'], SystemName | null]>([
    ['salesforce', older, 'salesforce'],
    ['connectwise', newer, 'connectwise'],
    ['newest', newer, 'salesforce'],
    ['newest', older, 'connectwise'],
    ['newest', { source: newer.source, destination: newer.source }, 'salesforce'],
    ['ask', newer, null],
  ])('%s with %j: %s wins', async (conflict, versions, winner) => {
    const result = await compare({ conflict }, pair, both('old'), { versions })
    expect(result.conflicts).toEqual([
      { field: 'c', salesforce: 'mine', connectwise: 'theirs', policy: conflict, winner },
    ])
    expect(result.values).toEqual(winner === 'salesforce' ? { c: 'mine' } : {})
    // The loser's base stays, so that the winner's own event still finds its change.
    expect(result.synced).toEqual(winner === 'salesforce' ? both('mine') : both('old'))
  })

  test('a tie has the same winner from either side', async () => {
    const versions = { source: null, destination: null }
    const back = await compare({}, pair, both('old'), { to: 'salesforce', versions })
    expect(back).toMatchObject({ conflicts: [{ winner: 'salesforce' }], values: {} })
  })
})

describe('joined for the first time', () => {
  test('empty fields are filled, filled ones are not emptied', async () => {
    expect(await compare({}, both('x', null), null)).toMatchObject({ values: { c: 'x' } })
    expect(await compare({}, both(null, 'x'), null)).toMatchObject({ values: {}, conflicts: [] })
  })

  test('two different values are a conflict', async () => {
    expect(await compare({ conflict: 'ask' }, both('x', 'y'), null)).toMatchObject({ conflicts: [{ winner: null }] })
  })
})

describe('what only looks different settles', () => {
  test('phones, line ends, dates, cuts', async () => {
    expect((await compare({ normalise: 'phone' }, both('(312) 555-0142', '3125550142'), null)).values).toEqual({})
    expect((await compare({ normalise: 'multiline' }, both('a\r\nb', 'a\nb '), null)).values).toEqual({})
    expect((await compare({ normalise: 'date' }, both('2026-05-01', '2026-05-01T00:00:00Z'), null)).values).toEqual({})
    expect((await compare({ maxLength: { connectwise: 4 } }, both('abcdef', 'abc…'), null)).values).toEqual({})
  })

  test('a long text is not replaced by its own cut on the way back', async () => {
    const row = { maxLength: { connectwise: 4 } }
    expect((await compare(row, both('abcdef', 'abc…'), null, { to: 'salesforce' })).values).toEqual({})
    expect(
      (
        await compare(row, both('abcdef', 'xyz'), null, {
          to: 'salesforce',
          versions: { source: '2026-05-02T00:00:00Z', destination: '2026-05-01T00:00:00Z' },
        })
      ).values,
    ).toEqual({ S: 'xyz' })
  })

  test('of several statuses with one counterpart, the one that is there stays', async () => {
    const pairs = [
      { salesforce: 'Working', connectwise: 'In Progress' },
      { salesforce: 'Escalated', connectwise: 'In Progress' },
    ]
    const back = await compare({ valueMap: { pairs } }, both('Escalated', 'In Progress'), both('New'), {
      to: 'salesforce',
    })
    expect(back).toMatchObject({ values: {}, conflicts: [], synced: both('Escalated', 'In Progress') })
  })
})

const rows: Row[] = [
  { salesforce: 'Name', connectwise: 'name', normalise: 'text', maxLength: { connectwise: 8, salesforce: 12 } },
  { salesforce: 'Phone', connectwise: 'phone', normalise: 'phone' },
  { salesforce: 'Close', connectwise: 'close', normalise: 'date' },
  { salesforce: 'Body', connectwise: 'body', normalise: 'multiline', whenEmpty: 'leave' },
  {
    salesforce: 'First',
    connectwise: 'first',
    normalise: 'text',
    whenEmpty: 'default',
    default: { connectwise: '-', salesforce: null },
  },
  { salesforce: 'Mail', connectwise: 'mail', normalise: 'email', conflict: 'connectwise' },
  { salesforce: 'Both', connectwise: 'upper', toConnectwise: '$uppercase(Both)', toSalesforce: '$lowercase(upper)' },
]
const document = documentOf(...rows)
const texts = fc.constantFrom(
  null,
  '',
  'a',
  'A',
  'long text here',
  'long text',
  '312-555-0142',
  '+1 312 555 0142',
  '2026-05-01',
  'x\r\ny',
  'x y',
)
const side = (system: SystemName): fc.Arbitrary<Values> =>
  fc
    .subarray(rows.map((row) => row[system]))
    .chain((fields) => fc.record(Object.fromEntries(fields.map((f) => [f, texts]))))
const pairs = fc.record({ salesforce: side('salesforce'), connectwise: side('connectwise') })
const system = fc.constantFrom<SystemName>('salesforce', 'connectwise')

async function pass(pair: SyncedValues, to: SystemName, synced: SyncedValues | null) {
  const source = pair[otherSystem(to)]
  const resolveReference = () => Promise.resolve(ok('1'))
  const mapped = await applyMapping({
    document,
    to,
    source,
    sourceId: '1',
    isFull: true,
    isCreate: false,
    resolveReference,
  })
  if (!mapped.ok) throw new Error(mapped.failure.sentence)
  const comparison = { document, to, source, desired: mapped.value, synced }
  const versions = { source: null, destination: null }
  const difference = threeWay({ ...comparison, destination: pair[to], versions })
  const after = { ...pair, [to]: { ...pair[to], ...difference.values } } as SyncedValues
  return { ...difference, after, isUnchanged: isSourceUnchanged(comparison) }
}

test('a second pass after a write changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, system, fc.option(pairs), async (pair, to, base) => {
      const first = await pass(pair, to, base)
      const second = await pass(first.after, to, first.synced)
      expect(second.changes).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('an unchanged source never overwrites an edit at the destination', async () => {
  await fc.assert(
    fc.asyncProperty(
      pairs,
      system,
      fc.record({ salesforce: side('salesforce'), connectwise: side('connectwise') }),
      async (pair, to, edits) => {
        const synced = await pass(pair, to, null)
        const kept = synced.conflicts.length === 0
        fc.pre(kept)
        const edited = { ...synced.after, [to]: { ...synced.after[to], ...edits[to] } } as SyncedValues
        const again = await pass(edited, to, synced.synced)
        const overwritten = again.changes.filter((change) => Object.hasOwn(edits[to], change.field))
        // Where the two sides never agreed there is no base; only filling an empty field is allowed then.
        expect(overwritten.filter((change) => change.from !== null && change.from !== '')).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('changes carried there and back again come to rest with both sides in step', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, system, async (pair, to) => {
      const there = await pass(pair, to, null)
      const back = await pass(there.after, otherSystem(to), there.synced)
      const again = await pass(back.after, to, back.synced)
      const rest = await pass(again.after, otherSystem(to), again.synced)
      expect(again.changes).toEqual([])
      expect(rest.changes).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('when nothing counts as changed at the source, nothing is written', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, system, pairs, async (pair, to, base) => {
      const result = await pass(pair, to, base)
      fc.pre(result.isUnchanged)
      expect(result.changes).toEqual([])
    }),
    { numRuns: 500 },
  )
})
