import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entities } from '#main/connectors/connectwise/entities.ts'
import { sortValues, toBody, toOperations } from '#main/connectors/connectwise/patch.ts'
import { isTaken } from '#main/connectors/connectwise/read-back.ts'
import { rawRecord, toRemoteRecord } from '#main/connectors/connectwise/raw-record.ts'

describe('patch operations', () => {
  it('replace references whole, by id where it is known', () => {
    expect(
      toOperations({
        summary: 'Printer',
        'company/id': '12',
        'company/name': 'Acme',
        'status/name': 'New',
        'contact/id': null,
      }),
    ).toEqual([
      { op: 'replace', path: 'summary', value: 'Printer' },
      { op: 'replace', path: 'company', value: { id: 12 } },
      { op: 'replace', path: 'status', value: { name: 'New' } },
      { op: 'replace', path: 'contact', value: null },
    ])
  })

  it('never address a part of a reference', () => {
    const fields = fc.dictionary(
      fc.constantFrom('summary', 'company/id', 'company/name', 'company/identifier', 'status/name'),
      fc.constantFrom(null, 'x', '7'),
    )
    fc.assert(fc.property(fields, (values) => toOperations(values).every(({ path }) => !path.includes('/'))))
  })

  it('leave custom fields and communication items to their own ways', () => {
    expect(sortValues('contact', { firstName: 'Ann', email: 'a@b.c', 'customFields/SF Id': '003' })).toEqual({
      fields: { firstName: 'Ann' },
      customFields: { 'SF Id': '003' },
      communications: { email: 'a@b.c' },
    })
    expect(sortValues('ticket', { email: 'x' }).fields).toEqual({ email: 'x' })
  })

  it('are not needed for what is empty in a new record', () => {
    expect(toBody({ summary: 'Printer', 'contact/id': null, 'company/id': 12 })).toEqual({
      summary: 'Printer',
      company: { id: 12 },
    })
  })
})

describe('records', () => {
  const shape = entities['contact']
  if (shape === undefined) throw new Error('no contact')

  it('are read into flat names', () => {
    const raw = rawRecord.parse({
      id: 42,
      firstName: 'Ann',
      company: { id: 12, identifier: 'ACME', name: 'Acme', _info: { company_href: 'x' } },
      types: [{ id: 1, name: 'User', _info: {} }],
      communicationItems: [
        { id: 1, type: { id: 1, name: 'Email' }, value: 'old@x.y', communicationType: 'Email', defaultFlag: false },
        { id: 2, type: { id: 1, name: 'Email' }, value: 'ann@x.y', communicationType: 'Email', defaultFlag: true },
        { id: 3, type: { id: 2, name: 'Direct' }, value: '5550100', extension: '12', communicationType: 'Phone' },
      ],
      customFields: [{ id: 3, caption: 'SF Id', type: 'Text', value: '003A' }],
      _info: { lastUpdated: '2026-01-31T18:04:26Z', updatedBy: 'jmiller' },
    })
    const record = toRemoteRecord('contact', shape, 'SF Id', raw)
    expect(record).toMatchObject({
      ref: { id: '42' },
      version: '2026-01-31T18:04:26Z',
      changedBy: 'jmiller',
      crossReference: '003A',
    })
    expect(record.values).toMatchObject({
      'company/id': 12,
      'company/identifier': 'ACME',
      'customFields/SF Id': '003A',
      email: 'ann@x.y',
      phone: '5550100 x12',
      mobile: null,
      fax: null,
      lastName: null,
      'site/id': null,
      types: [{ id: 1, name: 'User' }],
    })
    expect(Object.keys(record.values).filter((name) => name.includes('_info'))).toEqual([])
  })
})

describe('read-back', () => {
  it.each([
    ['summary', 'a\r\nb', 'a b', true],
    ['summary', ' a ', 'a', true],
    ['summary', null, undefined, true],
    ['summary', '', null, true],
    ['summary', 'a', 'A', false],
    ['status/name', 'new', 'New', true],
    ['company/id', '12', 12, true],
    ['phoneNumber', '+1 (555) 0100', '15550100', true],
    ['email', 'Ann@X.y', 'ann@x.y', true],
    ['expectedCloseDate', '2026-03-31', '2026-03-31T00:00:00Z', true],
    ['expectedCloseDate', '2026-03-31', '2026-04-01T00:00:00Z', false],
    ['annualRevenue', 5, 5.5, false],
    ['summary', 'a', undefined, false],
  ] as const)('%s: %j came back as %j', (field, sent, found, expected) => {
    expect(isTaken(field, sent, found)).toBe(expected)
  })
})
