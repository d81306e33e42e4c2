import { expect, it } from 'vitest'
import { atLeast, below, formatTable, none, toFigure, type Measured } from '#test/bench/figure.ts'
import { Ground } from '#test/bench/ground.ts'
import { definePart, measure } from '#test/bench/part.ts'

const aims = {
  rate: { name: 'rate', unit: '/s' },
  p99: { name: 'wait', unit: 'ms', bar: below(25) },
}
const silent = (): void => undefined

function partThat(run: (ground: Ground) => Promise<Record<keyof typeof aims, Measured>>) {
  return definePart({ about: 'a trial', aims, measure: run })
}

it('gives each announced figure with its bar', async () => {
  const part = partThat(() => Promise.resolve({ rate: 7, p99: 30 }))
  expect(await measure(part, new Ground(silent))).toEqual([
    { name: 'rate', value: 7, unit: '/s', bar: null, holds: null },
    { name: 'wait', value: 30, unit: 'ms', bar: '< 25', holds: false },
  ])
})

it('names the reason for every figure of a part that fails, and clears its ground all the same, the last first', async () => {
  const cleared: string[] = []
  const part = partThat((ground) => {
    ground.after(() => cleared.push('folder'))
    ground.after(() => Promise.reject(new Error('it had ended already')))
    ground.after(() => cleared.push('host'))
    return Promise.reject(new Error('the host did not start'))
  })
  const reason = 'the host did not start'
  const figures = await measure(part, new Ground(silent))
  expect(figures).toEqual([
    { name: 'rate', value: null, unit: '/s', bar: null, holds: false, reason },
    { name: 'wait', value: null, unit: 'ms', bar: '< 25', holds: false, reason },
  ])
  expect(cleared).toEqual(['host', 'folder'])
  expect(formatTable(figures)).toContain(`not measured: ${reason}`)
})

it.each([
  [below(25), 25, false],
  [below(25), 24.9, true],
  [atLeast(1), 1, true],
  [atLeast(1), 0.99, false],
  [none, 0, true],
  [none, 1, false],
  [none, -1, false],
  [below(25), Number.NaN, false],
])('%o and %d: %s', (bar, value, holds) => {
  expect(toFigure({ name: 'one', unit: '', bar }, value).holds).toBe(holds)
})
