import { expect, test } from 'vitest'
import { orderedWords, ordererOf, paceWords } from '#renderer/state/replay-words.ts'

test.each([
  [null, 'as fast as the systems take it'],
  [30, '30 a minute'],
  [60, '1 a second'],
  [90, '90 a minute'],
  [600, '10 a second'],
  [60_000, '1,000 a second'],
])('a rate of %s a minute is told as “%s”', (rate, words) => expect(paceWords({ rate })).toBe(words))

test.each([
  ['console', 'Console', 'Ordered by somebody at the console'],
  ['api', 'Script', 'Ordered by a script'],
  [null, '', 'Ordered'],
])('who ordered it: %s', (who, column, sentence) => {
  expect(ordererOf({ who })).toBe(column)
  expect(orderedWords({ who })).toBe(sentence)
})
