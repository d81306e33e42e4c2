import { expect, test } from 'vitest'
import { comparedPairs, isBare, isDifferent, mappingOf, rememberedPairs } from '#renderer/state/record-fields.ts'
import type { ComparedField } from '#shared/domain/known-record.ts'
import type { Link } from '#shared/domain/link.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'

const field = (name: string, verdict: ComparedField['verdict']): ComparedField => ({
  salesforce: { field: name, value: 'a' },
  connectwise: { field: name.toLowerCase(), value: 'b' },
  direction: 'both',
  verdict,
  note: null,
})

const link = {
  salesforce: { entity: 'Account', id: '001A', version: null, synced: { Name: 'Acme', Phone: null, Fax: '1' } },
  connectwise: { entity: 'company', id: '42', version: null, synced: { name: 'Acme', phoneNumber: null } },
} as unknown as Link

const document = mappingDocument.parse({
  id: 'accounts',
  name: 'Accounts',
  salesforce: { entity: 'Account' },
  connectwise: { entity: 'company' },
  fields: [
    { salesforce: 'Name', connectwise: 'name' },
    { salesforce: 'Phone', connectwise: 'phoneNumber' },
    { salesforce: 'Fax', connectwise: 'faxNumber' },
  ],
})

test('what differs comes first, what could not be compared last, each in the order of the mapping', () => {
  const fields = [
    field('A', 'not-compared'),
    field('B', 'equal'),
    field('C', 'differs'),
    field('D', 'only-salesforce'),
    field('E', 'equal'),
  ]
  const pairs = comparedPairs({ fields })
  expect(pairs.map(({ salesforce }) => salesforce.field).join('')).toBe('CDBEA')
  expect(pairs.filter(isDifferent)).toHaveLength(2)
})

test('remembered are the fields that were known of both sides, without a verdict', () => {
  const pairs = rememberedPairs(link, document)
  expect(pairs.map(({ salesforce, connectwise }) => [salesforce.field, connectwise.value])).toEqual([
    ['Name', 'Acme'],
    ['Phone', null],
  ])
  expect(pairs.some(isDifferent)).toBe(false)
  expect(pairs.map(isBare)).toEqual([false, true])
})

test('the mapping of a pair joins both of its entities', () => {
  const other = { document: { ...document, connectwise: { entity: 'contact' } } }
  expect(mappingOf(link, [other, { document }])).toEqual({ document })
  expect(mappingOf(link, [other])).toBeNull()
})
