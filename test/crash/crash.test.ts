import { expect, it } from 'vitest'
import { crashRun } from './crash-run.ts'

it('survives 50 kills under traffic: nothing acknowledged is lost, nothing is done twice, the order is kept', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const report = await crashRun({ rounds: 50, seed, say: () => {} })
  expect(report.broken, `seed ${seed}`).toEqual([])
  expect(report.acknowledged, `seed ${seed}`).toBeGreaterThan(0)
  const missed = [...report.struck].filter(([, { struck }]) => struck === 0).map(([point]) => point)
  expect(missed, `points at which no host died; seed ${seed}`).toEqual([])
}, 300_000)
