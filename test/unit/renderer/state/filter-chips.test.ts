import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chipsOf, isSearch, joinChips, splitDraft, withTimes } from '#renderer/state/filter-chips.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'

describe('the parts of a filter', () => {
  it('are shown as typed, each with its own problem', () => {
    const chips = chipsOf('state:dead -sys:x "two words"')
    expect(chips).toMatchObject([
      { text: 'state:dead', lead: 'state:', value: 'dead', problem: null },
      {
        text: '-sys:x',
        lead: '-sys:',
        value: 'x',
        problem: expect.stringContaining("Did you mean 'system'?") as string,
      },
      { text: '"two words"', lead: '', value: '"two words"', problem: null },
    ])
  })

  it('say together what the whole says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseFilter(joinChips(chipsOf(text))).filter).toEqual(parseFilter(text).filter)
      }),
    )
  })
})

describe('what is being typed', () => {
  it.each([
    ['sta', '', 'sta'],
    ['state:dead', '', 'state:dead'],
    ['state:dead ', 'state:dead', ''],
    ['acme state:de', 'acme', 'state:de'],
    ['state: ', '', 'state:'],
    ['"two wor', '', '"two wor'],
    ['"two words" ', '"two words"', ''],
    ['   ', '', ''],
  ])('%j is finished as %j and goes on with %j', (typed, finished, draft) => {
    expect(splitDraft(typed)).toEqual({ finished, draft })
  })

  it('narrows the list only when it is a word and can not become a key', () => {
    expect(['ab', 'acme', '48213'].map(isSearch)).toEqual([true, true, true])
    expect(['a', 'sta', 'state:', 'state:dead', '-acme', '"acme', 'ac', ''].map(isSearch)).toEqual(Array(8).fill(false))
  })
})

it('puts times in place of those that are there, and takes them out', () => {
  const times = { since: '2026-11-22T03:00', until: '2026-11-22T04:00' }
  const text = withTimes('since:2h state:dead acme', times)
  expect(text).toBe('state:dead acme since:2026-11-22T03:00 until:2026-11-22T04:00')
  expect(parseFilter(text).problems).toEqual([])
  expect(withTimes(text, null)).toBe('state:dead acme')
})
