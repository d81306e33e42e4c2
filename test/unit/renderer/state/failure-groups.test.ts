import { expect, test } from 'vitest'
import { groupFailures } from '#renderer/state/failure-groups.ts'
import { deliveryOf } from './samples.ts'

const failure = (code: string) => ({ class: 'permanent', stage: 'deliver', code, sentence: `It failed with ${code}.` })
const dead = (id: number, code: string, change: Record<string, unknown> = {}) =>
  deliveryOf(id, { state: 'dead', result: null, failure: failure(code), endedAt: id, ...change })

test('dead letters are grouped by route and code, the largest group first, the newest explains it', () => {
  const groups = groupFailures([
    dead(1, 'A'),
    dead(2, 'B'),
    dead(3, 'B', { failure: { ...failure('B'), sentence: 'The newest one.' } }),
    dead(4, 'B', { routeId: 'ticket-to-case' }),
  ])
  expect(groups.map((group) => [group.routeId, group.code, group.deliveries.map(({ id }) => id)])).toEqual([
    ['account-to-company', 'B', [3, 2]],
    ['ticket-to-case', 'B', [4]],
    ['account-to-company', 'A', [1]],
  ])
  expect(groups[0]).toMatchObject({ sentence: 'The newest one.', newestAt: 3, oldestAt: 2 })
})

test('replayed and delivered ones are left out, parked ones stand apart', () => {
  const groups = groupFailures([
    dead(1, 'A', { replayedBy: 9 }),
    deliveryOf(2),
    deliveryOf(3, { state: 'parked', note: 'Both sides changed the phone.', endedAt: null }),
  ])
  expect(groups).toHaveLength(1)
  expect(groups[0]).toMatchObject({ state: 'parked', sentence: 'Both sides changed the phone.' })
})
