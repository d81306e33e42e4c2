import { expect, it } from 'vitest'
import { backtestSentences } from '#renderer/state/mappings/backtest-words.ts'
import { changeLines, differenceSum } from '#renderer/state/mappings/difference-words.ts'
import { foldSummary, ruleSummary } from '#renderer/state/mappings/mapping-words.ts'
import { mappingField } from '#shared/domain/mapping.ts'
import type { MappingBacktest } from '#shared/domain/mapping-draft.ts'
import { eventOf } from '../samples.ts'

const nothing = { compared: 0, unchanged: 0, withoutValues: 0, failing: 0, failingBefore: 0, stopped: null, events: [] }
const event = { eventId: eventOf(1).id, system: 'salesforce' as const, recordId: '1', title: null, changes: [] }

it.each<[Partial<MappingBacktest>, string[]]>([
  [{}, ['There is no event to compare on yet.']],
  [{ compared: 186 }, ['Changes none of 186 outputs.']],
  [
    { compared: 186, events: [event], failingBefore: 3 },
    ['Changes 1 of 186 outputs.', 'None of these events would fail; with version 4 it is 3.'],
  ],
  [
    { compared: 1, failing: 1, failingBefore: 1, stopped: 'time' },
    [
      'Changes none of 1 output.',
      '1 of these events would fail, as with the stored version.',
      'It took too long for all events; the newest ones were compared.',
    ],
  ],
])('a backtest is told in sentences', (change, sentences) => {
  expect(backtestSentences({ ...nothing, version: 4, ...change })).toEqual(sentences)
})

it('a value map that changed tells each pair that came or went, and what happens to others', () => {
  const pair = (value: string) => ({ salesforce: value, connectwise: value })
  const lines = changeLines({
    property: 'valueMap',
    from: { pairs: [pair('New'), pair('Old')], unmapped: 'fail', defaults: {} },
    to: { pairs: [pair('New'), pair('Held')], unmapped: 'default', defaults: { connectwise: 'New' } },
  })
  expect(lines).toEqual([
    { what: 'Value map', before: 'Old ↔ Old', after: null },
    { what: 'Value map', before: null, after: 'Held ↔ Held' },
    { what: 'Any other value', before: 'Stop with a dead letter', after: 'Write a default' },
    { what: 'Default of the value map', before: null, after: 'New' },
  ])
  const swapped = {
    property: 'valueMap',
    from: { pairs: [pair('A'), pair('B')] },
    to: { pairs: [pair('B'), pair('A')] },
  }
  expect(changeLines(swapped)).toMatchObject([{ what: 'Value map' }])
})

it('other settings are told in words', () => {
  expect(changeLines({ property: 'whenEmpty', from: 'clear', to: 'leave' })).toEqual([
    { what: 'When empty', before: 'Empty the other field too', after: 'Leave the other field alone' },
  ])
  const lengths = { property: 'maxLength', from: { salesforce: 9, connectwise: 5 }, to: { salesforce: 9 } }
  expect(changeLines(lengths)).toEqual([{ what: 'Longest text: ConnectWise', before: '5', after: null }])
  expect(changeLines({ property: 'createOnly', to: true })).toEqual([
    { what: 'New records only', before: null, after: 'Yes' },
  ])
})

it('a difference is summed up', () => {
  const row = { salesforce: 'A', connectwise: 'a', changes: [] }
  expect(differenceSum({ rows: [], settings: [], isReordered: false })).toBe('Nothing differs')
  expect(
    differenceSum({
      rows: [
        { ...row, kind: 'changed' },
        { ...row, kind: 'added' },
        { ...row, kind: 'changed' },
      ],
      settings: [{ property: 'name' }],
      isReordered: true,
    }),
  ).toBe('2 rows changed, 1 row added, 1 setting changed, rows in another order')
})

it('a row says in short what it does', () => {
  const row = mappingField.parse({
    salesforce: 'A',
    connectwise: 'a',
    maxLength: { connectwise: 50 },
    createOnly: true,
  })
  expect(ruleSummary(row, 'connectwise')).toBe('Copy')
  expect(ruleSummary({ ...row, toConnectwise: '"Help Desk"' }, 'connectwise')).toBe('Fixed value')
  expect(foldSummary(row, 'connectwise')).toBe('cut at 50 · new records only')
  const mapped = { ...row, valueMap: { pairs: [], unmapped: 'fail' as const, defaults: {} }, toSalesforce: 'a & b' }
  expect([ruleSummary(mapped, 'connectwise'), ruleSummary(mapped, 'salesforce')]).toEqual([
    'Value map, 0 values',
    'Expression, 0 values',
  ])
})
