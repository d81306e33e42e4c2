import { expect, test } from 'vitest'
import { hashOf, livePlace, placeOf } from '#renderer/state/place.ts'

test('every place has an address that leads back to it', () => {
  for (const hash of ['#/live', '#/live/rejections', '#/events/123', '#/failures', '#/connections']) {
    expect(hashOf(placeOf(hash))).toBe(hash)
  }
})

test('an unknown address leads to the live list', () => {
  for (const hash of ['', '#', '#/nowhere', '#/events/0', '#/events/1e3', '#/events/-1', '#/events/']) {
    expect(placeOf(hash)).toEqual(livePlace)
  }
})
