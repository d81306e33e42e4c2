import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalPairs, mappedValues, targetOf, withoutTarget, withTarget } from '#renderer/state/mappings/value-pairs.ts'
import type { ValueMap } from '#shared/domain/mapping.ts'
import { translate } from '#shared/logic/value-map.ts'

const mapOf = (...pairs: [string, string][]): ValueMap => ({
  pairs: pairs.map(([salesforce, connectwise]) => ({ salesforce, connectwise })),
  unmapped: 'fail',
  defaults: {},
})
const offer = (...values: string[]) => values.map((value) => ({ value, label: value, active: true }))

const word = fc.constantFrom('New', 'Open', 'Done', 'Held')
const map = fc
  .uniqueArray(fc.tuple(word, word), { selector: ([one, other]) => `${one} ${other}`, maxLength: 12 })
  .map((pairs) => mapOf(...pairs))
const side = fc.constantFrom('salesforce' as const, 'connectwise' as const)

describe('a value is given another target', () => {
  it('and is carried to it, as no other value is carried otherwise', () => {
    fc.assert(
      fc.property(map, side, word, word, fc.constantFrom('both' as const, 'to-connectwise' as const), (...given) => {
        const [before, to, value, target, direction] = given
        const after = withTarget(before, to, value, target, direction)
        expect(translate(after, value, to)).toEqual({ kind: 'value', value: target })
        for (const other of ['New', 'Open', 'Done', 'Held'].filter((one) => one !== value))
          expect(targetOf(after, to, other)).toBe(targetOf(before, to, other))
      }),
    )
  })

  it('and the way back stays for the value that it leaves', () => {
    const after = withTarget(
      mapOf(['Working', 'In Progress'], ['New', 'New']),
      'connectwise',
      'Working',
      'Assigned',
      'both',
    )
    expect(targetOf(after, 'salesforce', 'In Progress')).toBe('Working')
    expect(targetOf(after, 'salesforce', 'Assigned')).toBe('Working')
    expect(targetOf(after, 'salesforce', 'New')).toBe('New')
  })

  it('and in a row that works one way the pair that lost its effect goes', () => {
    const after = withTarget(mapOf(['A', 'x']), 'connectwise', 'A', 'y', 'to-connectwise')
    expect(after.pairs).toEqual([{ salesforce: 'A', connectwise: 'y' }])
  })

  it('or none, in any letter case', () => {
    expect(withoutTarget(mapOf(['A', 'x'], ['a', 'y'], ['B', 'x']), 'connectwise', 'A').pairs).toEqual([
      { salesforce: 'B', connectwise: 'x' },
    ])
  })
})

it('lists values without a pair first, with those that only events or pairs name', () => {
  const found = mappedValues(mapOf(['New', 'n'], ['Old', 'o']), 'connectwise', offer('New', 'Escalated'), [
    'new',
    'On Hold',
  ])
  expect(found.map(({ value, target, isOffered }) => [value, target, isOffered])).toEqual([
    ['Escalated', undefined, true],
    ['On Hold', undefined, false],
    ['New', 'n', true],
    ['Old', 'o', false],
  ])
})

it('leaves out values that the list offers no more', () => {
  expect(mappedValues(mapOf(), 'connectwise', [{ value: 'Gone', label: 'Gone', active: false }])).toEqual([])
})

it('suggests what has the same name, in whatever writing, and never for what is paired', () => {
  const values = mappedValues(mapOf(['Closed', 'Done']), 'connectwise', offer('In-Progress', 'Closed', 'Other'))
  expect(equalPairs(values, offer('in progress', 'closed', 'Done'))).toEqual([
    { value: 'In-Progress', target: 'in progress' },
  ])
})
