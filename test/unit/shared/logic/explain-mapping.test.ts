import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { failed, ok } from '#shared/domain/failure.ts'
import { mappingDocument, type mappingField } from '#shared/domain/mapping.ts'
import type { Values } from '#shared/domain/record.ts'
import type { MappingRun } from '#shared/logic/apply-mapping.ts'
import { compareOutputs, explainMapping } from '#shared/logic/explain-mapping.ts'

type Row = z.input<typeof mappingField>

function documentOf(...fields: Row[]) {
  const entities = { salesforce: { entity: 'Case' }, connectwise: { entity: 'ticket' } }
  return mappingDocument.parse({ id: 'm', name: 'M', ...entities, fields })
}

const notLinked = failed({ class: 'dependency', stage: 'transform', code: 'parent', sentence: 'It waits.' } as const)

function runOf(source: Values, more: Partial<MappingRun> = {}): Omit<MappingRun, 'document'> {
  return {
    to: 'connectwise',
    source,
    sourceId: '500A',
    isFull: true,
    isCreate: false,
    resolveReference: ({ id }) => Promise.resolve(id === '003A' ? ok('12') : notLinked),
    ...more,
  }
}

const row = { salesforce: 'A', connectwise: 'a' }
const valueMap = { pairs: [{ salesforce: 'x', connectwise: 'y' }] }

describe('each row tells its value and what made it', () => {
  it.each<[string, Partial<Row>, Values, object]>([
    ['a copy', {}, { A: 'x' }, { outcome: 'set', value: 'x', rules: ['copy'], sourceValue: 'x' }],
    ['an expression', { toConnectwise: 'A & "!"' }, { A: 'x' }, { outcome: 'set', value: 'x!', rules: ['expression'] }],
    ['a pair', { valueMap }, { A: 'x' }, { outcome: 'set', value: 'y', rules: ['copy', 'value-map'] }],
    [
      'a default of the map',
      { valueMap: { pairs: [], unmapped: 'default', defaults: { connectwise: 'd' } } },
      { A: 'x' },
      { value: 'd', rules: ['copy', 'value-map-default'] },
    ],
    [
      'no pair',
      { valueMap },
      { A: 'z' },
      { outcome: 'failed', rules: ['copy', 'value-map'], failure: { code: 'unmapped-value' } },
    ],
    [
      'no pair, left',
      { valueMap: { ...valueMap, unmapped: 'leave' } },
      { A: 'z' },
      { outcome: 'left', rules: ['copy', 'leave'] },
    ],
    ['a normaliser', { normalise: 'text' }, { A: ' x ' }, { value: 'x', rules: ['copy', 'normalise'] }],
    [
      'a cut',
      { maxLength: { connectwise: 3 } },
      { A: 'xyzzy' },
      { value: 'xy…', rules: ['copy', 'truncate'], warning: 'It is cut from 5 to 3 characters.' },
    ],
    [
      'a reference',
      { reference: { salesforce: 'Contact', connectwise: 'contact' } },
      { A: '003A' },
      { value: 12, rules: ['copy', 'reference'] },
    ],
    [
      'a reference to nothing',
      { reference: { salesforce: 'Contact', connectwise: 'contact' } },
      { A: '003B' },
      { outcome: 'failed', failure: { class: 'dependency' } },
    ],
    ['an empty value', {}, { A: '' }, { outcome: 'cleared', value: null, rules: ['copy', 'clear'] }],
    [
      'a default',
      { whenEmpty: 'default', default: { connectwise: '-' } },
      { A: null },
      { outcome: 'set', value: '-', rules: ['copy', 'default'] },
    ],
    ['an empty value, left', { whenEmpty: 'leave' }, { A: null }, { outcome: 'left', rules: ['copy', 'leave'] }],
    ['what the record does not tell', {}, {}, { outcome: 'left', rules: ['not-known'] }],
    ['what is for new records', { createOnly: true }, { A: 'x' }, { outcome: 'left', rules: ['create-only'] }],
    [
      'a broken expression',
      { toConnectwise: '$number(A)' },
      { A: 'x' },
      { outcome: 'failed', failure: { code: 'bad-expression' } },
    ],
  ])('%s', async (_what, more, source, expected) => {
    const rows = await explainMapping({ document: documentOf({ ...row, ...more }), ...runOf(source) })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ row: 0, source: 'A', field: 'a', ...expected })
  })
})

it('goes on after a row that fails, and passes over rows of the other direction', async () => {
  const other: Row = { ...row, direction: 'to-salesforce' }
  const document = documentOf({ ...row, valueMap }, other, { salesforce: 'B', connectwise: 'b' })
  const rows = await explainMapping({ document, ...runOf({ A: 'z', B: 1 }) })
  expect(rows.map(({ row: at, outcome }) => [at, outcome])).toEqual([
    [0, 'failed'],
    [2, 'set'],
  ])
})

describe('two documents are compared by what they write', () => {
  const before = documentOf(row, { salesforce: 'B', connectwise: 'b' }, { salesforce: 'C', connectwise: 'c' })
  const after = documentOf(
    { ...row, normalise: 'text' },
    { salesforce: 'B', connectwise: 'b', valueMap },
    { salesforce: 'C', connectwise: 'd' },
  )

  it('and only outputs that differ are told', async () => {
    expect(await compareOutputs(runOf({ A: 'x', B: 'x', C: 1 }), before, after)).toEqual({
      changes: [
        { field: 'b', before: 'x', after: 'y' },
        { field: 'c', before: 1 },
        { field: 'd', after: 1 },
      ],
      failing: false,
      failingBefore: false,
    })
  })

  it('with the reason where one fails', async () => {
    const { changes, failing } = await compareOutputs(runOf({ B: 'z' }), before, after)
    expect(failing).toBe(true)
    expect(changes).toMatchObject([{ field: 'b', before: 'z', failureAfter: expect.stringContaining('"z"') as string }])
  })

  it('and told which of the two fails; to wait for another record is not to fail', async () => {
    const reference = { salesforce: 'Contact', connectwise: 'contact', required: true }
    const waiting = documentOf({ ...row, reference })
    expect(await compareOutputs(runOf({ A: '003Z' }), documentOf(row), waiting)).toMatchObject({ failing: false })
    expect(await compareOutputs(runOf({ B: 'z' }), after, before)).toMatchObject({
      failing: false,
      failingBefore: true,
    })
  })

  it('and nothing differs from itself', async () => {
    expect(await compareOutputs(runOf({ A: 'x', B: 'z' }), after, after)).toMatchObject({ changes: [] })
  })
})
