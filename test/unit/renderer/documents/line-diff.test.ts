import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DiffLayout } from '#renderer/documents/diff-layout.ts'
import { diffLines } from '#renderer/documents/line-diff.ts'

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })

test('a comparison holds both texts whole, whatever they are', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const runs = diffLines(before, after)
      const without = (sign: string) => runs.filter((run) => run.sign !== sign).flatMap((run) => run.lines)
      expect(without('added')).toEqual(before)
      expect(without('removed')).toEqual(after)
    }),
    { numRuns: 500 },
  )
})

test('what did not move is the same', () => {
  expect(diffLines(['a', 'b', 'c', 'd', 'e'], ['a', 'x', 'c', 'e', 'f'])).toEqual([
    { sign: 'same', lines: ['a'] },
    { sign: 'removed', lines: ['b'] },
    { sign: 'added', lines: ['x'] },
    { sign: 'same', lines: ['c'] },
    { sign: 'removed', lines: ['d'] },
    { sign: 'same', lines: ['e'] },
    { sign: 'added', lines: ['f'] },
  ])
})

test('texts that have nothing in common are compared within a bound of time', () => {
  const many = (name: string) => Array.from({ length: 50_000 }, (_, index) => `${name} ${index}`)
  const started = performance.now()
  expect(diffLines(many('old'), many('new')).map(({ sign, lines: { length } }) => [sign, length])).toEqual([
    ['removed', 50_000],
    ['added', 50_000],
  ])
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('long stretches that are the same are folded, and long lines are broken', () => {
  const before = Array.from({ length: 40 }, (_, index) => `line ${index}`)
  const after = before.with(20, 'a line that is longer')
  const rows = new DiffLayout(before.join('\n'), after.join('\n'), 12).slice(0, 100)
  expect(rows.map(({ sign, text }) => `${sign} ${text}`)).toEqual([
    'fold 17 lines that are the same',
    ...['17', '18', '19'].map((number) => `same line ${number}`),
    'removed line 20',
    'added a line that ',
    'added is longer',
    ...['21', '22', '23'].map((number) => `same line ${number}`),
    'fold 16 lines that are the same',
  ])
})
