import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzyFilter, fuzzyScore } from '#renderer/state/fuzzy.ts'

const names = ['Pause everything…', 'Replays', 'Records', 'Dark theme', 'Account to company', 'Theme like the system']
const find = (typed: string) => fuzzyFilter(typed, names, (name) => name)

test('beginnings of words find, in order, the best first', () => {
  expect(find('pe')[0]).toBe('Pause everything…')
  expect(find('pau')).toEqual(['Pause everything…'])
  expect(find('theme')).toEqual(['Theme like the system', 'Dark theme'])
  expect(find('acc comp')).toEqual(['Account to company'])
  expect(find('re')).toEqual(['Replays', 'Records'])
  expect(find('xyz')).toEqual([])
  expect(find('')).toEqual(names)
})

test('letters in the middle of words do not find by chance', () => {
  expect(find('rt')).toEqual([])
  expect(fuzzyScore('pay', 'Replays')).toBe(0)
  expect(fuzzyScore('play', 'Replays')).toBeGreaterThan(0)
})

test('every part of a text finds it, and case does not matter', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{2,12}$/), fc.nat(10), fc.nat(10), (text, from, length) => {
      const part = text.slice(from % text.length).slice(0, length + 1)
      expect(fuzzyScore(part.toUpperCase(), text)).toBeGreaterThan(0)
    }),
  )
})
