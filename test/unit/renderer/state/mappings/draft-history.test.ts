import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edited, redone, startHistory, undone, type History } from '#renderer/state/mappings/draft-history.ts'

const writeAll = (states: readonly string[], step = ''): History<string> =>
  states.reduce((history, state, at) => edited(history, state, step, at), startHistory('start'))

it('undo leads back over every edit, and redo forth again', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 20 }), (states) => {
      const end = writeAll(states)
      let back = end
      for (let at = 0; at < states.length; at += 1) back = undone(back)
      expect(back.present).toBe('start')
      let forth = back
      for (let at = 0; at < states.length; at += 1) forth = redone(forth)
      expect(forth.present).toBe(end.present)
    }),
  )
})

it('a word that is typed is one step', () => {
  const typed = writeAll(['A', 'Ac', 'Acme'], 'name')
  expect(undone(typed).present).toBe('start')
})

it('what is typed after a rest, or elsewhere, is a step of its own', () => {
  const first = edited(startHistory('start'), 'A', 'name', 0)
  expect(undone(edited(first, 'B', 'name', 5_000)).present).toBe('A')
  expect(undone(edited(first, 'B', 'note', 1)).present).toBe('A')
})

it('an edit after an undo ends what could be redone, and begins a step of its own', () => {
  const back = undone(writeAll(['A', 'B']))
  const other = edited(back, 'C', '', 9)
  expect(redone(other).present).toBe('C')
  expect(undone(other).present).toBe('A')
})

it('an edit that changes nothing is none', () => {
  const history = startHistory('start')
  expect(edited(history, 'start', '', 0)).toBe(history)
})

it('at both ends nothing happens', () => {
  expect(undone(startHistory('start')).present).toBe('start')
  expect(redone(startHistory('start')).present).toBe('start')
})
