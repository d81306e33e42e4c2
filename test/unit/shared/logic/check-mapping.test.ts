import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { mappingDocument, type mappingField } from '#shared/domain/mapping.ts'
import { fieldDescription, type FieldDescription } from '#shared/domain/schema.ts'
import { checkMapping } from '#shared/logic/check-mapping.ts'

type Row = z.input<typeof mappingField>

function field(name: string, more: Partial<FieldDescription> = {}): FieldDescription {
  const plain = { label: name, type: 'text', required: false, length: null, readOnly: false, createOnly: false }
  return fieldDescription.parse({ ...plain, name, values: null, restricted: false, referenceTo: null, ...more })
}

function pickList(name: string, ...values: string[]): FieldDescription {
  const offered = values.map((value) => ({ value, label: value, active: true }))
  return field(name, { type: 'picklist', values: offered, restricted: true })
}

const known = {
  salesforce: [
    field('Name', { required: true, length: 255 }),
    field('Phone', { type: 'phone', length: 40 }),
    field('Amount', { type: 'number' }),
    field('ContactId', { type: 'reference', referenceTo: 'Contact' }),
    field('ClosedDate', { type: 'instant', readOnly: true }),
    pickList('Status', 'New', 'Working', 'Closed'),
  ],
  connectwise: [
    field('name', { length: 50 }),
    field('contact/id', { type: 'reference' }),
    field('contact/name'),
    field('hours', { type: 'number' }),
    field('initial', { createOnly: true }),
    pickList('status/name', 'New', 'In Progress', 'Completed'),
  ],
}

/** What is said of one row, as code and direction. */
function codes(row: Row, fields: Parameters<typeof checkMapping>[1] = known): string[] {
  return found([row], fields).map(({ code, to }) => `${code} ${to}`)
}

function found(rows: readonly Row[], fields: Parameters<typeof checkMapping>[1] = known) {
  const entities = { salesforce: { entity: 'Case' }, connectwise: { entity: 'ticket' } }
  const document = mappingDocument.parse({ id: 'm', name: 'M', ...entities, fields: rows })
  return checkMapping(document, fields).filter(({ code }) => code !== 'required-unmapped')
}

const out = { direction: 'to-connectwise' } as const
const status = { salesforce: 'Status', connectwise: 'status/name', ...out }
const pairs = [
  { salesforce: 'New', connectwise: 'New' },
  { salesforce: 'Working', connectwise: 'In Progress' },
]

describe('a row is looked at for', () => {
  it.each<[string, Row, string[]]>([
    [
      'nothing, where all fits',
      { salesforce: 'Name', connectwise: 'name', maxLength: { connectwise: 50 }, whenTooLong: 'fail', ...out },
      [],
    ],
    ['a field that is not there', { salesforce: 'Name', connectwise: 'nmae', ...out }, ['unknown-field connectwise']],
    ['a source that is not there', { salesforce: 'Nmae', connectwise: 'name', ...out }, ['unknown-field connectwise']],
    ['another part of a known reference', { salesforce: 'Name', connectwise: 'contact/title', ...out }, []],
    [
      'a field that takes no value',
      { salesforce: 'ClosedDate', connectwise: 'name', direction: 'to-salesforce' },
      ['read-only salesforce', 'type-mismatch salesforce'],
    ],
    ['a field that is taken once', { salesforce: 'Name', connectwise: 'initial', ...out }, ['read-only connectwise']],
    ['text that would be refused', { salesforce: 'Name', connectwise: 'name', ...out }, ['too-long connectwise']],
    [
      'a limit above the room there is',
      { salesforce: 'Name', connectwise: 'name', maxLength: { connectwise: 80 }, ...out },
      ['too-long connectwise'],
    ],
    [
      'text that would be cut',
      { salesforce: 'Name', connectwise: 'name', maxLength: { connectwise: 50 }, ...out },
      ['would-truncate connectwise'],
    ],
    ['text for a number', { salesforce: 'Phone', connectwise: 'hours', ...out }, ['type-mismatch connectwise']],
    ['text that is read as a number', { salesforce: 'Phone', connectwise: 'hours', normalise: 'number', ...out }, []],
    [
      'an id of the other system',
      { salesforce: 'ContactId', connectwise: 'contact/id', ...out },
      ['type-mismatch connectwise'],
    ],
    [
      'an id that the links translate',
      {
        salesforce: 'ContactId',
        connectwise: 'contact/id',
        reference: { salesforce: 'Contact', connectwise: 'contact' },
        ...out,
      },
      [],
    ],
    [
      'a required field that may stay empty',
      { salesforce: 'Name', connectwise: 'name', direction: 'to-salesforce' },
      ['may-stay-empty salesforce'],
    ],
    [
      'a required field with a default',
      {
        salesforce: 'Name',
        connectwise: 'name',
        direction: 'to-salesforce',
        whenEmpty: 'default',
        default: { salesforce: '-' },
      },
      [],
    ],
    ['values without a pair', { ...status, valueMap: { pairs } }, ['value-unmapped connectwise']],
    [
      'values that have a default',
      { ...status, valueMap: { pairs, unmapped: 'default', defaults: { connectwise: 'Completed' } } },
      [],
    ],
    [
      'a pair with what the other side lacks',
      { ...status, valueMap: { pairs, unmapped: 'default', defaults: { connectwise: 'Done' } } },
      ['unknown-value connectwise'],
    ],
    ['two lists without a map', { ...status }, ['unknown-value connectwise']],
  ])('%s', (_what, row, expected) => {
    expect(codes(row)).toEqual(expected)
  })

  it('an expression that can not be read, with the place', () => {
    const [warning, ...others] = found([{ salesforce: 'Name', connectwise: 'name', toConnectwise: 'Name & (', ...out }])
    expect(others).toEqual([])
    expect(warning).toMatchObject({ severity: 'error', code: 'bad-expression', row: 0, field: 'name', position: 8 })
  })

  it('nothing that is not known', () => {
    expect(codes({ salesforce: 'Nowhere', connectwise: 'nowhere' }, {})).toEqual([])
  })
})

it('names required fields that no row writes, a reference by its word', () => {
  const required = {
    ...known,
    connectwise: [field('contact/id', { required: true }), field('contact/name', { required: true }), field('name')],
  }
  const entities = { salesforce: { entity: 'Case' }, connectwise: { entity: 'ticket' } }
  const document = (rows: Row[]) => mappingDocument.parse({ id: 'm', name: 'M', ...entities, fields: rows })
  const missing = (rows: Row[]) =>
    checkMapping(document(rows), required).filter(({ code }) => code === 'required-unmapped')
  expect(missing([{ salesforce: 'Name', connectwise: 'name', ...out }]).map(({ field: name }) => name)).toEqual([
    'contact/name',
    'Name',
  ])
  expect(missing([{ salesforce: 'Name', connectwise: 'contact/id' }])).toEqual([])
})

it('says when two rows write one field, and tells the row of each warning', () => {
  const rows: Row[] = [
    { salesforce: 'Name', connectwise: 'contact/name', ...out },
    { salesforce: 'Phone', connectwise: 'contact/name', ...out },
  ]
  expect(found(rows)).toMatchObject([{ code: 'written-twice', row: 1, to: 'connectwise', field: 'contact/name' }])
})
