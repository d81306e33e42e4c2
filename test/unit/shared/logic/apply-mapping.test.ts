import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { failed, ok } from '#shared/domain/failure.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import type { mappingField } from '#shared/domain/mapping.ts'
import type { Values } from '#shared/domain/record.ts'
import { applyMapping } from '#shared/logic/apply-mapping.ts'
import type { MappingRun } from '#shared/logic/apply-mapping.ts'

type Row = z.input<typeof mappingField>

function run(row: Partial<Row>, source: Values, more: Partial<MappingRun> = {}) {
  const document = mappingDocument.parse({
    id: 'test',
    name: 'Test',
    salesforce: { entity: 'Case' },
    connectwise: { entity: 'ticket' },
    fields: [{ salesforce: 'S', connectwise: 'c', ...row }],
  })
  const resolveReference = () => Promise.resolve(ok('77'))
  return applyMapping({
    document,
    to: 'connectwise',
    source,
    sourceId: '1',
    isFull: true,
    isCreate: false,
    resolveReference,
    ...more,
  })
}

describe('set, clear and leave are three things', () => {
  test('a value sets, null clears, a field that is not there leaves', async () => {
    expect(await run({}, { S: 'x' })).toEqual(ok({ c: 'x' }))
    expect(await run({}, { S: null })).toEqual(ok({ c: null }))
    expect(await run({}, { other: 1 })).toEqual(ok({}))
  })

  test('an empty value follows the row’s rule', async () => {
    expect(await run({ whenEmpty: 'leave' }, { S: '' })).toEqual(ok({}))
    expect(await run({ whenEmpty: 'default', default: { connectwise: 'd' } }, { S: '  ' })).toEqual(ok({ c: 'd' }))
    expect(await run({ normalise: 'html-to-text', whenEmpty: 'leave' }, { S: '<p></p>' })).toEqual(ok({}))
  })

  test('for a new record, what is not known counts as empty', async () => {
    const row = { whenEmpty: 'default', default: { connectwise: 'd' } } as const
    expect(await run(row, {})).toEqual(ok({}))
    expect(await run(row, {}, { isCreate: true })).toEqual(ok({ c: 'd' }))
  })
})

test('rows of the other direction and rows for creation only stay out', async () => {
  expect(await run({ direction: 'to-salesforce' }, { S: 'x' })).toEqual(ok({}))
  expect(await run({ createOnly: true }, { S: 'x' })).toEqual(ok({}))
  expect(await run({ createOnly: true }, { S: 'x' }, { isCreate: true })).toEqual(ok({ c: 'x' }))
})

describe('value maps', () => {
  const pairs = [
    { salesforce: 'Working', connectwise: 'In Progress' },
    { salesforce: 'Escalated', connectwise: 'In Progress' },
  ]

  test('pairs translate both ways, without regard to case, and the first is the way back', async () => {
    expect(await run({ valueMap: { pairs } }, { S: 'ESCALATED' })).toEqual(ok({ c: 'In Progress' }))
    expect(await run({ valueMap: { pairs } }, { c: 'In Progress' }, { to: 'salesforce' })).toEqual(ok({ S: 'Working' }))
  })

  test('a value without a pair fails by name, passes, is left, or gets the default', async () => {
    const failure = {
      class: 'permanent',
      code: 'unmapped-value',
      field: 'c',
      sentence: expect.stringContaining('"Odd" in S') as string,
    }
    expect(await run({ valueMap: { pairs } }, { S: 'Odd' })).toMatchObject({ ok: false, failure })
    expect(await run({ valueMap: { pairs, unmapped: 'pass' } }, { S: 'Odd' })).toEqual(ok({ c: 'Odd' }))
    expect(await run({ valueMap: { pairs, unmapped: 'leave' } }, { S: 'Odd' })).toEqual(ok({}))
    const byDefault = { pairs, unmapped: 'default', defaults: { connectwise: 'New' } } as const
    expect(await run({ valueMap: byDefault }, { S: 'Odd' })).toEqual(ok({ c: 'New' }))
    expect(await run({ valueMap: { pairs, unmapped: 'default' } }, { S: 'Odd' })).toMatchObject({ ok: false })
  })
})

test('text that is too long is cut or refused', async () => {
  expect(await run({ maxLength: { connectwise: 4 } }, { S: 'abcdef' })).toEqual(ok({ c: 'abc…' }))
  const refused = await run({ maxLength: { connectwise: 4 }, whenTooLong: 'fail' }, { S: 'abcdef' })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'too-long', field: 'c' } })
})

describe('expressions', () => {
  test('they replace the copy, go through the rest of the row, and need the whole record', async () => {
    const row = { toConnectwise: 'S & " " & Other', maxLength: { connectwise: 5 } }
    expect(await run(row, { S: 'abc', Other: 'def' })).toEqual(ok({ c: 'abc…' }))
    expect(await run(row, { S: 'abc', Other: 'def' }, { isFull: false })).toEqual(ok({}))
  })

  test('one that fails names its row', async () => {
    const result = await run({ toConnectwise: '$number(S)' }, { S: 'abc' })
    const sentence = expect.stringContaining('expression for c in the mapping "Test"') as string
    expect(result).toMatchObject({ ok: false, failure: { code: 'bad-expression', sentence } })
  })
})

describe('references', () => {
  const row: Partial<Row> = { reference: { salesforce: 'Account', connectwise: 'company' } }

  test('ids are translated: numbers for ConnectWise, text for Salesforce', async () => {
    expect(await run(row, { S: '001' })).toEqual(ok({ c: 77 }))
    expect(await run(row, { c: 12 }, { to: 'salesforce' })).toEqual(ok({ S: '77' }))
    expect(await run(row, { S: null })).toEqual(ok({ c: null }))
  })

  test('one that is not there is left out, and a failure to find it is the mapping’s', async () => {
    expect(await run(row, { S: '001' }, { resolveReference: () => Promise.resolve(ok(null)) })).toEqual(ok({}))
    const failure = failed({ class: 'dependency', stage: 'transform', code: 'x', sentence: 'waits' })
    expect(await run(row, { S: '001' }, { resolveReference: () => Promise.resolve(failure) })).toEqual(failure)
  })
})
