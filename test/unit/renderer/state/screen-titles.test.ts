import { expect, it } from 'vitest'
import { placeOf } from '#renderer/state/place.ts'
import { windowTitle } from '#renderer/state/screen-titles.ts'

it.each([
  ['#/overview', 0, false, 'Overview · Patchbay'],
  ['#/failures?route=tickets', 12, false, '(12) Failures · Patchbay'],
  ['#/events/48', 0, true, 'Event 48 · SANDBOX · Patchbay'],
  ['#/live/rejections', 1, true, '(1) Live · SANDBOX · Patchbay'],
])('%s with %d failing, sandbox %s: %s', (hash, failing, isSandbox, title) => {
  expect(windowTitle(placeOf(hash), failing, isSandbox)).toBe(title)
})
