import { expect, it } from 'vitest'
import { restartDelayMs } from '#electron/relay/restart-delay.ts'

it('waits longer after each crash in a row, up to a bound', () => {
  expect([1, 2, 3, 7, 100].map(restartDelayMs)).toEqual([500, 1_000, 2_000, 30_000, 30_000])
})
