import { expect, test } from 'vitest'
import { countSentence, matchWords, retryWords, routeSentence } from '#renderer/state/route-words.ts'
import { route } from '#shared/domain/route.ts'

const accounts = route.parse({
  id: 'accounts',
  name: 'Accounts',
  from: 'salesforce',
  match: { entity: 'Account', actions: ['created', 'updated', 'touched'] },
  mappingId: 'accounts',
  connectionId: 'connectwise',
  sourceConnectionId: 'salesforce',
})

test('a route says in a sentence what it does', () => {
  expect(routeSentence(accounts, 'company')).toBe(
    'When a Salesforce Account is created or changed, its ConnectWise company follows; one that is missing there is created.',
  )
  const narrowed = { ...accounts, mayCreate: false, match: { ...accounts.match, expression: 'true' } }
  expect(routeSentence(narrowed, null)).toBe(
    'When a Salesforce Account that meets the conditions is created or changed, its ConnectWise follows; nothing is created there.',
  )
})

test('conditions are said as they go together', () => {
  const { match } = accounts
  expect(matchWords(match)).toBeNull()
  const conditions = [
    { field: 'Type', operator: 'one-of' as const, value: ['A', 'B', 'C'] },
    { field: 'Fax', operator: 'is-empty' as const },
  ]
  expect(matchWords({ ...match, conditions })).toBe('Type is one of A, B or C and Fax is empty')
  expect(matchWords({ ...match, conditions, combine: 'any', expression: 'x' })).toBe(
    'Type is one of A, B or C or Fax is empty or an expression holds',
  )
})

test('retries are said in words', () => {
  expect(retryWords({ ...accounts.retry, maxAttempts: 8, maxAgeMs: 86_400_000 })).toBe(
    'Up to 8 tries within 24 hours, with growing waits of up to 15 minutes between them.',
  )
  expect(retryWords({ ...accounts.retry, maxAttempts: 1 })).toMatch(/^One try/)
})

test('a count is said with what it was counted on', () => {
  const found = { unknown: 0, failing: 0, failure: null, examples: [] }
  const say = (events: number, matching: number) => countSentence({ ...found, events, matching }, 'Salesforce')
  expect(say(0, 0)).toBe('No Salesforce event has come in yet to count on.')
  expect(say(1_000, 212)).toBe('212 of the last 1,000 Salesforce events would match.')
  expect(say(5, 5)).toBe('All of the last 5 Salesforce events match.')
  expect(say(1, 1)).toBe('The only Salesforce event matches.')
})
