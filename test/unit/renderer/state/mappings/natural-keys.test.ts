import { expect, it } from 'vitest'
import { naturalKeyOf, pairName, pairNames } from '#renderer/state/mappings/natural-keys.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'

const key = {
  salesforce: 'Email',
  connectwise: 'email',
  also: [{ salesforce: 'AccountId', connectwise: 'company/id' }],
}

it('a key is read from the names of its pairs and written as them', () => {
  const names = [key, ...key.also].map(pairName)
  expect(naturalKeyOf(names)).toEqual(key)
  expect(naturalKeyOf(names.slice(0, 1))).toEqual({ salesforce: 'Email', connectwise: 'email' })
})

it('what rows join can be chosen, each once, and what a key names already', () => {
  const row = { salesforce: 'Email', connectwise: 'email' }
  const document = mappingDocument.parse({
    id: 'contacts',
    name: 'Contacts',
    salesforce: { entity: 'Contact' },
    connectwise: { entity: 'contact' },
    fields: [row, row, { salesforce: 'Phone', connectwise: '' }],
    naturalKeys: [key],
  })
  expect(pairNames(document)).toEqual(['Email ↔ email', 'AccountId ↔ company/id'])
})
