import { expect, it } from 'vitest'
import { restAfter } from '#main/engine/upkeep/housekeeping-search.ts'

it.each([
  { what: 'a calm thread', load: 0.1, share: 0.1 },
  { what: 'a busy one', load: 0.95, share: 0.02 },
])('filling the search index takes $share of the time of $what', ({ load, share }) => {
  expect(6 / (6 + restAfter(6, load))).toBeCloseTo(share)
})
