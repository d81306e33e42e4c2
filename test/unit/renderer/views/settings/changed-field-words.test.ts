import { expect, it } from 'vitest'
import { changedFieldWords, changedValueWords } from '#renderer/views/settings/changed-field-words.ts'

it.each([
  ['', 'All of it'],
  ['retry.maxAttempts', 'Most tries'],
  ['ratePerMinute', 'Deliveries a minute at the most'],
  ['match.actions.2', 'What happened to the record: 2'],
  ['settings.baseUrl', 'Address'],
  ['settings.allow.1', 'Allowed addresses: 1'],
  ['fields.4.whenEmpty', 'Row 4: When empty'],
  ['quietHours.from', 'Quiet hours: from'],
  ['naturalKeys.1', 'Recognised by: 1'],
])('%j is called %j', (path, words) => {
  expect(changedFieldWords(path)).toBe(words)
})

it.each([
  ['retry.maxAgeMs', 259_200_000, '3 d'],
  ['enabled', false, 'no'],
  ['retry.maxAttempts', 12, '12'],
  ['name', null, 'empty'],
] as const)('%s of %j is shown as %j', (path, value, words) => {
  expect(changedValueWords(path, value)).toBe(words)
})
