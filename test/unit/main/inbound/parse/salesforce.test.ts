import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '#main/inbound/parse/json-text.ts'
import { parseItems, salesforceItems } from '#main/inbound/parse/parse-body.ts'
import type { ParsedBody, ParsedItem } from '#main/inbound/parse/parsed.ts'
import type { Checked } from '#main/inbound/parse/reason.ts'

const accountId = '001D000000IRFma'
const longAccountId = '001D000000IRFmaIAH'

function parse(body: unknown): Checked<ParsedBody> {
  const text = JSON.stringify(body)
  const value = parseJson(text)
  return value.ok ? parseItems(value.value, text, Buffer.from(text), salesforceItems('Patchbay')) : value
}

function items(body: unknown): readonly ParsedItem[] {
  const parsed = parse(body)
  if (!parsed.ok) throw new Error(parsed.reason.sentence)
  return parsed.value.items
}

describe('Flow and Apex events', () => {
  const event = {
    eventId: 'e-1',
    eventType: 'updated',
    objectApiName: 'Account',
    recordId: accountId,
    changedFields: ['Phone'],
    lastModifiedById: '00530000003xqAb',
    systemModstamp: '2026-03-01T10:20:30.000+0000',
    record: { attributes: { type: 'Account', url: '/x' }, Id: accountId, Name: 'Northwind', Phone: null },
  }

  test('reads the suggested form', () => {
    expect(items(event)).toEqual([
      {
        content: {
          recordId: longAccountId,
          entity: 'Account',
          action: 'updated',
          title: 'Northwind',
          version: '2026-03-01T10:20:30.000Z',
          occurredAt: Date.UTC(2026, 2, 1, 10, 20, 30),
          actor: '00530000003xqAbAAI',
          ownMark: false,
          fields: { Id: longAccountId, Name: 'Northwind', Phone: null },
          full: false,
        },
        body: Buffer.from(JSON.stringify(event)),
        ownKeys: ['flow:Account:001D000000IRFmaIAH:e-1'],
      },
    ])
  })

  test.each([
    ['the record names its type', { record: { attributes: { type: 'Account' }, Id: accountId } }],
    ['sobjectType names it', { sobjectType: 'Account', recordId: accountId }],
    ['the record carries sobjectType', { record: { sobjectType: 'Account', Id: accountId } }],
    ['a plain record', { attributes: { type: 'Account' }, Id: accountId, Name: 'x' }],
  ])('finds object and record when %s', (_how, body) => {
    expect(items(body)[0]?.content).toMatchObject({ entity: 'Account', recordId: longAccountId, action: 'touched' })
  })

  test('one event id for two records names two events', () => {
    const found = items([event, { ...event, recordId: '001D000000IRFmb' }, { ...event, objectApiName: 'Case' }])
    expect(new Set(found.flatMap((item) => item.ownKeys)).size).toBe(3)
  })

  test('each item of a list is an event with its own bytes', () => {
    const [first, second] = items([event, { ...event, eventId: 'e-2', eventType: 'Insert' }])
    expect(first?.body.toString()).toBe(JSON.stringify(event))
    expect(second?.ownKeys).toEqual(['flow:Account:001D000000IRFmaIAH:e-2'])
    expect(second?.content.action).toBe('created')
  })

  test.each([
    ['no object', { recordId: accountId }, /objectApiName/],
    ['no record', { objectApiName: 'Account' }, /recordId/],
    ['an object that is a path', { objectApiName: '../x', recordId: accountId }, /can't be one/],
    ['a record that is a path', { objectApiName: 'Account', recordId: '../../x' }, /can't be one/],
    ['a number', 42, /not a JSON object/],
    ['null', null, /not a JSON object/],
    ['an empty list', [], /no event/],
    ['a list with a bad item', [event, {}], /^Event 2 of 2: /],
  ])('refuses %s', (_what, body, sentence) => {
    expect(parse(body)).toMatchObject({
      ok: false,
      reason: { status: 400, code: 'bad-shape', sentence: expect.stringMatching(sentence) as unknown },
    })
  })

  test('refuses more events than one request may hold', () => {
    expect(parse(Array.from({ length: 1_001 }, () => event))).toMatchObject({ ok: false, reason: { status: 413 } })
    expect(items(Array.from({ length: 1_000 }, () => event))).toHaveLength(1_000)
  })
})

describe('change events', () => {
  const header = {
    entityName: 'Contact',
    recordIds: ['0035e00000AAAAAAA0'],
    changeType: 'UPDATE',
    changeOrigin: 'com/salesforce/api/soap/62.0;client=Patchbay',
    transactionKey: '0002343d-9d90',
    sequenceNumber: 1,
    commitTimestamp: 1772360430000,
    commitUser: '0055e00000BBBBBAA2',
    nulledFields: ['Phone', 'MailingAddress.Street', 'Name.Salutation'],
    diffFields: ['Description'],
  }
  const fields = {
    Name: { FirstName: 'Ada', LastName: 'Lovelace' },
    MailingAddress: { City: 'London' },
    Place__c: { Latitude: 51.5, Longitude: 0 },
    Description: '--- a\n+++ b',
    LastModifiedDate: '2026-03-01T10:20:30.000Z',
  }

  const expected = {
    entity: 'Contact',
    recordId: '0035e00000AAAAAAA0',
    action: 'updated',
    title: 'Ada Lovelace',
    version: '2026-03-01T10:20:30.000Z',
    occurredAt: 1772360430000,
    actor: '0055e00000BBBBBAA2',
    ownMark: true,
    full: false,
    fields: {
      Id: '0035e00000AAAAAAA0',
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Salutation: null,
      MailingCity: 'London',
      MailingStreet: null,
      Place__Latitude__s: 51.5,
      Place__Longitude__s: 0,
      Phone: null,
      LastModifiedDate: '2026-03-01T10:20:30.000Z',
    },
  }

  test.each([
    ['header and fields', { header, fields }],
    ['ChangeEventHeader and fields', { ChangeEventHeader: header, fields }],
    ['ChangeEventHeader beside the fields', { ChangeEventHeader: header, ...fields }],
    ['payload', { schema: 's', payload: { ChangeEventHeader: header, ...fields }, event: { replayId: 7 } }],
    ['data.payload', { channel: '/data/ChangeEvents', data: { payload: { ChangeEventHeader: header, ...fields } } }],
  ])('reads %s', (_form, body) => {
    const [item, ...others] = items(body)
    expect(others).toEqual([])
    expect(item?.content).toEqual(expected)
    expect(item?.ownKeys).toEqual(['cdc:0002343d-9d90:1:0035e00000AAAAAAA0'])
  })

  test('a create carries the whole record', () => {
    const [item] = items({
      header: { ...header, changeType: 'CREATE', nulledFields: [], diffFields: undefined },
      fields,
    })
    expect(item?.content).toMatchObject({ action: 'created', full: true })
    expect(item?.content.fields).toHaveProperty('Description')
  })

  test.each([
    ['DELETE', 'deleted'],
    ['UNDELETE', 'restored'],
    ['GAP_UPDATE', 'touched'],
    ['SOMETHING', 'touched'],
  ])('%s becomes %s', (changeType, action) => {
    const [item] = items({ header: { ...header, changeType }, fields })
    expect(item?.content.action).toBe(action)
    expect(item?.content.fields === null).toBe(action !== 'restored')
  })

  test('one event for each record, with a key of its own', () => {
    const found = items({
      header: { ...header, recordIds: ['0035e00000AAAAA', '0035e00000AAAAB', '0035e00000AAAAA'] },
      fields,
    })
    expect(found.map((item) => item.content.recordId)).toEqual(['0035e00000AAAAAAA5', '0035e00000AAAABAA5'])
    expect(new Set(found.flatMap((item) => item.ownKeys)).size).toBe(2)
  })

  test.each([
    ['a wildcard', { recordIds: ['003*'], changeType: 'UPDATE' }],
    ['an overflow', { recordIds: ['000000000000000AAA'], changeType: 'GAP_OVERFLOW' }],
  ])('%s stands for all records', (_what, change) => {
    const [item] = items({ header: { ...header, ...change }, fields })
    expect(item?.content).toMatchObject({ recordId: '*', action: 'touched', fields: null, full: false })
  })

  test('the second of the commit is the version where the fields name none', () => {
    const [item] = items({ header: { ...header, commitTimestamp: 1772360430987 }, fields: { Phone: '1' } })
    expect(item?.content).toMatchObject({ version: '2026-03-01T10:20:30.000Z', occurredAt: 1772360430987 })
  })

  test('a later gap is not taken for an earlier one', () => {
    const gap = (commitTimestamp: number) =>
      items({ header: { ...header, changeType: 'GAP_OVERFLOW', commitTimestamp }, fields: {} })[0]?.ownKeys
    expect(gap(1)).not.toEqual(gap(2))
  })

  test.each(['com/salesforce/api/soap/62.0;client=Astro', 'com/salesforce/api/rest/62.0', '', 'client=PatchbayX'])(
    '%j is not our mark',
    (changeOrigin) => {
      expect(items({ header: { ...header, changeOrigin }, fields })[0]?.content.ownMark).toBe(false)
    },
  )

  test.each([
    ['no entity', { entityName: undefined }],
    ['no ids', { recordIds: [] }],
    ['an id that is none', { recordIds: ['../x'] }],
    ['an id that is a number', { recordIds: [1] }],
  ])('refuses %s', (_what, change) => {
    expect(parse({ header: { ...header, ...change }, fields })).toMatchObject({
      ok: false,
      reason: { status: 400, code: 'bad-shape' },
    })
  })
})

test('never throws, whatever the JSON', () => {
  const known = [
    'header',
    'ChangeEventHeader',
    'payload',
    'data',
    'fields',
    'record',
    'recordIds',
    'recordId',
    'entityName',
    'objectApiName',
    'nulledFields',
    'Name',
    'attributes',
    '__proto__',
    'constructor',
  ]
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.jsonValue(),
      fc.constantFrom('Account', longAccountId, '001*', '__proto__'),
      fc.array(tie('value')),
      fc.dictionary(fc.constantFrom(...known), tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, (body) => {
      const parsed = parse(body ?? null)
      expect(parsed.ok && parsed.value.items.some(({ content }) => content.recordId === '')).toBe(false)
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})
