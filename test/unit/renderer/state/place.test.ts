import { expect, test } from 'vitest'
import fc from 'fast-check'
import { addressOf, firstPlace, hashOf, placeOf, screens } from '#renderer/state/place.ts'

test('every place has an address that leads back to it', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 })
  const place = fc.record({
    screen: fc.constantFrom(...screens),
    path: fc.array(word, { maxLength: 4 }),
    query: fc.dictionary(word, fc.string({ maxLength: 12 }), { maxKeys: 3, noNullPrototype: true }),
  })
  fc.assert(
    fc.property(place, (one) => {
      expect(placeOf(hashOf(one))).toEqual(one)
    }),
  )
})

test('an event has a short address of its own beside the live list', () => {
  expect(addressOf('live', [123])).toBe('#/events/123')
  expect(placeOf('#/events/123?filter=state%3Adead')).toEqual({
    screen: 'live',
    path: ['123'],
    query: { filter: 'state:dead' },
  })
})

test('an unknown or broken address leads to the overview', () => {
  for (const hash of ['', '#', '#/nowhere', '#/events/0', '#/events/1e3', '#/events/-1', '#/events/']) {
    expect(placeOf(hash)).toEqual(firstPlace)
  }
  expect(placeOf('#/records/%E0%A4%A').path).toEqual(['%E0%A4%A'])
})
