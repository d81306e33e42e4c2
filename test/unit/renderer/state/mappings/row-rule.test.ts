import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedOf, originTo, translationOf, withOrigin, withTranslation } from '#renderer/state/mappings/row-rule.ts'
import { mappingField } from '#shared/domain/mapping.ts'
import { evaluate } from '#shared/logic/expression.ts'

const row = mappingField.parse({ salesforce: 'Type', connectwise: 'type/name' })
const entities = { salesforce: 'Account', connectwise: 'company' }

describe('where a value comes from', () => {
  it('is the field, a fixed value or an expression, for each direction by itself', () => {
    const changed = withOrigin(row, 'connectwise', { kind: 'fixed', value: 'Help "Desk"' })
    expect(originTo(changed, 'connectwise')).toEqual({ kind: 'fixed', value: 'Help "Desk"' })
    expect(originTo(changed, 'salesforce')).toEqual({ kind: 'copy' })
    const back = withOrigin(changed, 'connectwise', { kind: 'copy' })
    expect(back).toEqual(row)
    expect(originTo({ ...row, toSalesforce: 'Name & "!"' }, 'salesforce')).toEqual({
      kind: 'expression',
      text: 'Name & "!"',
    })
  })

  it('and a fixed value is what an expression makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()), async (value) => {
        const { toConnectwise } = withOrigin(row, 'connectwise', { kind: 'fixed', value })
        expect(await evaluate(toConnectwise ?? '', {}, '1')).toEqual({ ok: true, value })
      }),
    )
  })

  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['true', true],
    ['007', '007'],
    ['1e5', '1e5'],
    ['12 pm', '12 pm'],
    ['', ''],
  ])('typed as "%s" it is %j', (typed, value) => {
    expect(fixedOf(typed)).toBe(value)
  })
})

it('a value is translated by a map, by the links, or not at all', () => {
  const mapped = withTranslation(row, 'value-map', entities)
  expect([translationOf(row), translationOf(mapped)]).toEqual(['none', 'value-map'])
  const linked = withTranslation(mapped, 'link', entities)
  expect(linked).toMatchObject({ reference: { ...entities, required: true } })
  expect(linked.valueMap).toBeUndefined()
  expect(withTranslation(linked, 'none', entities)).toEqual(row)
})
