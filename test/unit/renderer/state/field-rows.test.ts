import { expect, test } from 'vitest'
import { afterValues, fieldRows, isLongText, valueText } from '#renderer/state/field-rows.ts'
import { attemptOf, deliveryOf } from './samples.ts'

test('changed fields come first, then those that stay as they are', () => {
  const delivery = deliveryOf(1, {
    attempts: [
      attemptOf({
        mappedValues: { name: 'Acme', phone: '2' },
        beforeValues: { name: 'Acme', phone: '1' },
        changes: [{ field: 'phone', from: '1', to: '2' }],
      }),
    ],
  })
  const [attempt] = delivery.attempts
  expect(attempt && fieldRows(attempt)).toEqual([
    { field: 'phone', from: '1', to: '2', changed: true },
    { field: 'name', from: 'Acme', to: 'Acme', changed: false },
  ])
})

test('empty, not known and nested values can be told apart', () => {
  expect([valueText(null), valueText(undefined), valueText('x'), valueText({ id: 1 })]).toEqual([
    'empty',
    '',
    'x',
    '{"id":1}',
  ])
})

test('the record afterwards is the one before with what was written; nothing was written by an attempt that failed', () => {
  const change = { beforeValues: { name: 'Acme', phone: '1' }, changes: [{ field: 'phone', from: '1', to: '2' }] }
  const { attempts } = deliveryOf(1, { attempts: [attemptOf(change), attemptOf({ ...change, result: 'failed' })] })
  expect(attempts.map(afterValues)).toEqual([{ name: 'Acme', phone: '2' }, null])
  const created = deliveryOf(1, { attempts: [attemptOf({ ...change, beforeValues: null })] })
  expect(created.attempts.map(afterValues)).toEqual([{ phone: '2' }])
})

test('texts of many lines or letters are compared as texts, an address is not', () => {
  const row = { field: 'a', from: null, changed: true }
  const long = [{ to: 'x'.repeat(161) }, { to: 'a\nb\nc\nd' }, { from: 'a\nb\nc\nd', to: null }]
  expect(long.map((change) => isLongText({ ...row, ...change }))).toEqual([true, true, true])
  expect(isLongText({ ...row, to: '1 Harbor Street\nSuite 4' })).toBe(false)
  expect(isLongText({ ...row, to: { id: 1 } })).toBe(false)
})
