import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, atRest, type UpdateFact, type UpdateStep } from '#electron/updates/update-plan.ts'

const found = { version: '0.2.0', notes: 'Better.' }
const file = 'patchbay-0.2.0.exe'

const fact: fc.Arbitrary<UpdateFact> = fc.oneof(
  fc.constantFrom<UpdateFact>(
    { type: 'check-wanted' },
    { type: 'download-wanted' },
    { type: 'install-wanted' },
    { type: 'drained' },
    { type: 'downloaded', file },
    { type: 'backed-up', backup: 'before.db' },
    { type: 'failed', sentence: 'No.' },
  ),
  fc.record({ type: fc.constant('checked' as const), found: fc.constantFrom(null, found), at: fc.nat() }),
  fc.record({ type: fc.constant('progressed' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
)

/** All steps of a plan that meets these facts, each with its fact. */
function follow(facts: readonly UpdateFact[]): readonly (UpdateStep & { fact: UpdateFact })[] {
  let state = atRest
  return facts.map((one) => {
    const step = advance(state, one)
    state = step.state
    return { ...step, fact: one }
  })
}

const facts = fc.array(fact, { minLength: 1, maxLength: 80 })

describe('whatever happens', () => {
  it('nothing is checked, downloaded or drained but on a word', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const words = new Map([
          ['check', 'check-wanted'],
          ['download', 'download-wanted'],
          ['drain', 'install-wanted'],
        ])
        const begun = follow(list).flatMap(({ fact: one, work }) => (words.has(work ?? '') ? [{ one, work }] : []))
        expect(begun.filter(({ one, work }) => words.get(work ?? '') !== one.type)).toEqual([])
      }),
    )
  })

  it('nothing is installed but after a word, a drained relay and a backup, in this order', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const works = follow(list).map(({ work }) => work)
        const done = works.filter((work) => work !== null).join(' ')
        expect(done.replaceAll('drain back-up install', '')).not.toContain('install')
      }),
    )
  })

  it('a relay that was drained is started again unless the update is installed', () => {
    fc.assert(
      fc.property(facts, (list) => {
        let isDown = false
        for (const { state, work } of follow(list)) {
          if (work === 'drain') isDown = true
          if (work === 'start-relay') isDown = false
          expect(isDown).toBe(['draining', 'backing-up', 'installing'].includes(state.phase))
        }
      }),
    )
  })

  it('a failure leads back, and says why where a person can see it', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const last = follow(list).at(-1)?.state ?? atRest
        const { state } = advance(last, { type: 'failed', sentence: 'The line is down.' })
        const isUnderWay = !['idle', 'available', 'ready'].includes(last.phase)
        expect('problem' in state && state.problem === 'The line is down.').toBe(isUnderWay)
      }),
    )
  })
})

it('goes the whole way', () => {
  const steps = follow([
    { type: 'check-wanted' },
    { type: 'checked', found, at: 1 },
    { type: 'download-wanted' },
    { type: 'downloaded', file },
    { type: 'install-wanted' },
    { type: 'drained' },
    { type: 'backed-up', backup: 'before.db' },
  ])
  expect(steps.map(({ work }) => work)).toEqual(['check', null, 'download', null, 'drain', 'back-up', 'install'])
  expect(steps.at(-1)?.state).toEqual({ phase: 'installing', ...found, file, backup: 'before.db' })
})
