import { expect, test } from 'vitest'
import { deliveryBadge, eventBadge } from '#renderer/state/wording.ts'

test('a delivery that wrote nothing does not look like a write', () => {
  expect(eventBadge({ state: 'delivered', result: 'updated' })).toMatchObject({ label: 'Delivered', tone: 'good' })
  expect(eventBadge({ state: 'delivered', result: 'unchanged' })).toMatchObject({ label: 'No change', tone: 'quiet' })
  expect(deliveryBadge({ state: 'delivered', result: 'linked' })).toMatchObject({ label: 'Linked', tone: 'quiet' })
  expect(deliveryBadge({ state: 'delivered', result: 'created' })).toMatchObject({ label: 'Delivered', tone: 'good' })
})

test('without a result the state alone tells', () => {
  expect(eventBadge({ state: 'open', result: null }).label).toBe('In progress')
  expect(deliveryBadge({ state: 'dead', result: null }).label).toBe('Failed')
})
