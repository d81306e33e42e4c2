import { expect, it } from 'vitest'
import {
  rowOfField,
  sendable,
  withMovedRow,
  withNewRow,
  withoutRow,
  withRow,
} from '#renderer/state/mappings/draft-document.ts'
import { mappingDocument, mappingField } from '#shared/domain/mapping.ts'

const row = (salesforce: string, connectwise: string, direction = 'both') =>
  mappingField.parse({ salesforce, connectwise, direction })
const draft = mappingDocument.parse({
  id: 'cases',
  name: 'Cases',
  salesforce: { entity: 'Case' },
  connectwise: { entity: 'ticket' },
  fields: [
    row('', 'summary'),
    row('Status', 'status/name', 'to-salesforce'),
    row('Status', 'status/name'),
    row('Type', ''),
  ],
})
const names = (document: typeof draft) => document.fields.map((one) => `${one.salesforce}-${one.connectwise}`)

it('only complete rows are sent, and each knows its place in the draft', () => {
  expect(sendable(draft)).toMatchObject({ rows: [1, 2] })
  expect(sendable({ ...draft, fields: [row('', 'a')] })).toBeNull()
})

it('the row of a field is the one that writes it', () => {
  expect(rowOfField(draft, 'status/name')).toEqual({ row: 2, to: 'connectwise' })
  expect(rowOfField(draft, 'Status')).toEqual({ row: 1, to: 'salesforce' })
  expect(rowOfField(draft, 'nowhere')).toBeNull()
})

it('rows are added, moved and removed, and the ends hold', () => {
  expect(names(withNewRow(draft, 1, { salesforce: 'Origin', connectwise: '' }))[1]).toBe('Origin-')
  expect(names(withMovedRow(draft, 0, 1)).slice(0, 2)).toEqual(['Status-status/name', '-summary'])
  expect(withMovedRow(draft, 0, -1)).toBe(draft)
  expect(withMovedRow(draft, 3, 1)).toBe(draft)
  expect(withoutRow(draft, 3).fields).toHaveLength(3)
  const other = row('Origin', 'source/name')
  expect(withRow(draft, 0, other).fields[0]).toBe(other)
  expect(withRow(withRow(draft, 0, other), 0, other).fields).toHaveLength(4)
})
