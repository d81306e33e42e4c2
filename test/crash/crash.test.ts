import { expect, it } from 'vitest'
import { crashRun } from './crash-run.ts'

it('survives kills under traffic: nothing acknowledged is lost, nothing is done twice, the order is kept', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const report = await crashRun({ rounds: 5, seed, say: () => {} })
  expect(report.broken, `seed ${seed}`).toEqual([])
  expect(report.acknowledged, `seed ${seed}`).toBeGreaterThan(0)
}, 180_000)
