import { describe, expect, it } from 'vitest'
import { budgetStand, budgetWords, pausedTarget, rhythmWords, verdictSentence } from '#renderer/state/overview-words.ts'
import { apiBudget, openIssue, sourceRhythm } from '#shared/domain/overview.ts'

const minute = 60_000

describe('how a source is heard of', () => {
  const words = (quietMs: number | null, usualGapMs: number | null, isUnusuallyQuiet = false) =>
    rhythmWords(
      sourceRhythm.parse({ id: 'hooks', name: 'Hooks', lastEventAt: 1, quietMs, usualGapMs, isUnusuallyQuiet }),
    )

  it('says how long it is quiet and what is usual', () => {
    expect(words(180 * minute, 5 * minute, true)).toBe('quiet for 3 h, usually every 5 min')
    expect(words(180 * minute, null)).toBe('quiet for 3 h')
  })

  it('says nothing of a silence shorter than usual', () => {
    expect(words(4 * minute, 5 * minute)).toBe('usually every 5 min')
    expect(words(1_000, minute)).toBe('usually every minute')
    expect(words(1_000, null)).toBe('heard of just now')
  })

  it('knows a source that never spoke', () => {
    expect(words(null, null)).toBe('nothing was heard of it yet')
  })
})

describe('API budgets', () => {
  const budget = (more: object) =>
    apiBudget.parse({
      connectionId: 'salesforce',
      name: 'Salesforce',
      used: 900,
      limit: 1_000,
      usedByPatchbay: 900,
      countedBy: 'system',
      returnsAt: null,
      ...more,
    })

  it('grow graver towards the limit, and have no share without one', () => {
    const tones = [100, 700, 900, 1_200].map((used) => budgetStand(budget({ used })).tone)
    expect(tones).toEqual(['good', 'wait', 'bad', 'bad'])
    expect(budgetStand(budget({ limit: null }))).toEqual({ percent: null, tone: 'quiet' })
  })

  it('say whose calls they were', () => {
    expect(budgetWords(budget({}))).toBe('All of them Patchbay’s.')
    expect(budgetWords(budget({ usedByPatchbay: 100 }))).toContain('100 Patchbay’s, 800 of other')
    expect(budgetWords(budget({ countedBy: 'patchbay', returnsAt: 1 }))).toMatch(/own calls only.*calls come back/)
  })
})

it('says in one sentence how the bridge is, and only counts what is listed below', () => {
  const issue = openIssue.parse({
    key: 'dead',
    gravity: 'attention',
    sentence: 'One failed.',
    since: null,
    whatToDo: null,
    count: 1,
    place: { screen: 'failures', filter: '' },
  })
  const sentence = 'Said by the host.'
  expect(verdictSentence({ verdict: 'well', sentence, issues: [] })).toBe(sentence)
  expect(verdictSentence({ verdict: 'not-well', sentence, issues: [issue] })).toBe(sentence)
  expect(verdictSentence({ verdict: 'attention', sentence, issues: [issue] })).toContain('one thing wants')
  expect(verdictSentence({ verdict: 'attention', sentence, issues: [issue, issue] })).toContain('2 things want')
})

it('finds what is paused in the key of an issue', () => {
  expect(pausedTarget({ key: 'pause:route:case-to-ticket' })).toEqual({ scope: 'route', id: 'case-to-ticket' })
  expect(pausedTarget({ key: 'pause:everything:' })).toEqual({ scope: 'everything', id: '' })
  expect(pausedTarget({ key: 'dead:route:x' })).toBeNull()
})
