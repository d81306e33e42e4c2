import { expect, test } from 'vitest'
import { fieldRows, valueText } from '#renderer/state/field-rows.ts'
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
