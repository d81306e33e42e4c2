import { expect, test } from 'vitest'
import { storySentence, storySteps } from '#renderer/state/event-story.ts'
import { attemptOf, deliveryOf, detailOf, eventOf } from './samples.ts'

const changes = [
  { field: 'phoneNumber', from: null, to: '1' },
  { field: 'website', from: null, to: '2' },
]

test('a delivered event tells both sides and how many fields were written', () => {
  const event = detailOf(eventOf(1), [deliveryOf(1, { attempts: [attemptOf({ changes })] })])
  expect(storySentence(event)).toBe(
    'Account ‘Acme’ was updated in Salesforce; company 12 was updated in ConnectWise (2 fields).',
  )
})

test('the other record is called by its name where the attempt read or wrote one', () => {
  const mappedValues = { firstName: 'Jo', lastName: 'Park' }
  const destination = { system: 'connectwise', entity: 'contact', id: '7' }
  const event = detailOf(eventOf(1), [
    deliveryOf(1, { destination, result: 'unchanged', attempts: [attemptOf({ mappedValues })] }),
  ])
  expect(storySentence(event)).toBe(
    'Account ‘Acme’ was updated in Salesforce; contact ‘Jo Park’ in ConnectWise already had these values.',
  )
})

test('a failed event tells the reason', () => {
  const failure = { class: 'permanent', stage: 'deliver', code: 'X', sentence: 'ConnectWise refused the company.' }
  const event = detailOf(eventOf(1, { title: null }), [
    deliveryOf(1, { state: 'dead', result: null, destination: null, failure }),
  ])
  expect(storySentence(event)).toBe(
    'Account 001-1 was updated in Salesforce; the delivery to ConnectWise failed: ConnectWise refused the company.',
  )
})

test('a replayed delivery gives way to its replay', () => {
  const event = detailOf(eventOf(1), [
    deliveryOf(1, { state: 'dead', replayedBy: 2 }),
    deliveryOf(2, { result: 'created', replayOf: 1 }),
  ])
  expect(storySentence(event)).toBe('Account ‘Acme’ was updated in Salesforce; company 12 was created in ConnectWise.')
  expect(storySteps(event).at(-1)?.text).toBe('1 route wants this event.')
})

test('an event that no route wants says so', () => {
  const event = detailOf(eventOf(1, { state: 'unmatched' }), [])
  expect(storySentence(event)).toContain('no route wants it')
  expect(storySteps(event).map((step) => step.key)).toEqual(['received', 'verified', 'stored', 'deduped', 'routed'])
})

test('what is known of its repetitions is told', () => {
  const told = (change: object) =>
    storySteps({ ...detailOf(eventOf(1), []), ...change }).find(({ key }) => key === 'deduped')?.text
  expect(told({ duplicates: 2 })).toBe('It came again 2 times and was recognised.')
  expect(told({ dedupeKeys: ['a'] })).toBe('New: its key was not known, and it did not come again.')
  expect(told({ dedupeKeys: ['a', 'b'] })).toContain('its 2 keys were')
  expect(told({})).toBe('The sender gave nothing to recognise it by.')
})

test('the time of each step is told where it was measured, and nowhere else', () => {
  const times = (change: object) =>
    storySteps({ ...detailOf(eventOf(1), []), receivedAt: 1_000, ...change }).map(({ at, afterMs }) => [at, afterMs])
  const unknown = [null, null]
  expect(times({ routedAt: null })).toEqual([[1_000, null], unknown, unknown, unknown, unknown])
  expect(times({ verifiedMs: 3, writtenMs: 7, routedAt: 1_009 })).toEqual([
    [1_000, null],
    [1_003, 3],
    [1_007, 7],
    [1_007, 7],
    [1_009, 9],
  ])
})

test('who changed the record is told by name, and a bare id by what it is', () => {
  const told = (actor: string | null) => storySteps({ ...detailOf(eventOf(1), []), actor })[0]?.text
  expect(told('jane')).toMatch(/; changed there by jane\.$/)
  expect(told('005PB00000000GAYAY')).toMatch(/; changed there by the Salesforce user 005PB00000000GAYAY\.$/)
  for (const nobody of [null, '', ' ']) expect(told(nobody)).not.toContain('changed')
})

test('the time to routing is counted from reception', () => {
  expect(storySteps(detailOf(eventOf(1), [deliveryOf(1)])).at(-1)).toMatchObject({ afterMs: 2, tone: 'good' })
})
