import { describe, expect, it } from 'vitest'
import { documentOf, likelyIdentity, missingOf, nothingChosen } from '#renderer/state/mappings/new-mapping.ts'
import { fieldDescription, type FieldDescription } from '#shared/domain/schema.ts'

const field = (name: string, change: Partial<FieldDescription> = {}): FieldDescription =>
  fieldDescription.parse({
    name,
    label: name,
    type: 'text',
    required: false,
    length: null,
    readOnly: false,
    createOnly: false,
    values: null,
    restricted: false,
    referenceTo: null,
    ...change,
  })
const draft = {
  name: ' Asset ↔ configuration ',
  salesforce: { entity: 'Asset', field: 'SerialNumber' },
  connectwise: { entity: 'configuration', field: 'serialNumber' },
}

describe('what a new mapping begins with', () => {
  it.each([
    [['SerialNumber', 'Name'], ['serialNumber'], ['SerialNumber', 'serialNumber']],
    [
      ['LastName', 'Name'],
      ['lastName', 'name'],
      ['Name', 'name'],
    ],
    [['LastName', 'City'], ['lastName', 'city'], null],
    [['Name'], [], null],
  ])('of %j and %j proposes %j', (here, there, proposed) => {
    const found = likelyIdentity(
      here.map((name) => field(name)),
      [...there.map((name) => field(name)), field('Name', { readOnly: true })],
    )
    expect(found).toEqual(proposed === null ? null : { salesforce: proposed[0], connectwise: proposed[1] })
  })

  it('is one row that is the natural key, too, under an id that nothing has', () => {
    const pair = { salesforce: 'SerialNumber', connectwise: 'serialNumber' }
    const made = documentOf(draft, ['asset-configuration', 'asset-configuration-2'])
    expect(made).toMatchObject({ id: 'asset-configuration-3', name: 'Asset ↔ configuration', naturalKeys: [pair] })
    expect(made.fields).toEqual([expect.objectContaining(pair)])
    expect(documentOf({ ...draft, name: '资产' }, []).id).toBe('mapping')
  })

  it('says what is missing, in its place', () => {
    expect(Object.keys(missingOf(nothingChosen))).toEqual(['name', 'salesforce.entity', 'connectwise.entity'])
    const half = { ...draft, name: 'x', connectwise: { entity: 'configuration', field: '' } }
    expect(Object.keys(missingOf(half))).toEqual(['connectwise.field'])
    expect(missingOf(draft)).toEqual({})
  })
})
