import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, condition } from '#main/connectors/connectwise/conditions.ts'

describe('conditions', () => {
  it('write each kind of value as ConnectWise reads it', () => {
    expect(condition('company/id', '=', 12)).toBe('company/id=12')
    expect(condition('closedFlag', '=', true)).toBe('closedFlag=True')
    expect(condition('url', 'contains', 'a.b')).toBe('url contains "a.b"')
    expect(all(condition('caption', '=', 'SF Id'), condition('value', '=', '001'))).toBe(
      'caption="SF Id" AND value="001"',
    )
  })

  it('escape quotes, backslashes and brackets', () => {
    expect(condition('name', '=', 'C:\\')).toBe('name="C:\\\\"')
    expect(condition('name', '=', 'The "Best" [Ltd]')).toBe('name="The ""Best"" [[]Ltd]"')
  })

  it('let no value end its own quotes', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const inner = condition('name', '=', value).slice('name="'.length, -1)
        expect(inner.replaceAll('""', '')).not.toContain('"')
      }),
    )
  })

  it('take no field name from outside', () => {
    expect(() => condition('name="" OR id', '>', 0)).toThrow('not a field name')
  })
})
