import { beforeEach, describe, expect, test } from 'vitest'
import type { RecordRef } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '../two-systems.ts'

const accounts = mappingOf('account-company')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A00000000001AAA' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }

let systems: TwoSystems
beforeEach(async () => {
  systems = new TwoSystems()
  systems.put(account, { Name: 'Acme', Phone: '(312) 555-0142', BillingStreet: '1 Main St\nSuite 5' })
  systems.put(company, {
    name: 'Acme',
    phoneNumber: '(312) 555-0142',
    addressLine1: '1 Main St',
    addressLine2: 'Suite 5',
  })
  await systems.carry(accounts, account)
})

describe('a part of a record that the source does not show', () => {
  const event = { fields: { Phone: '(312) 555-0199' }, full: false, version: '2030-01-01T00:00:00.000Z' }

  test('changes of a linked pair what it names and nothing else', async () => {
    systems.remove(account)
    const { result } = await systems.prepare(accounts, account, { event })
    expect(result).toMatchObject({ value: { kind: 'update', values: { phoneNumber: '(312) 555-0199' } } })
    expect(result).not.toHaveProperty('value.values.addressLine1')
    expect(result).not.toHaveProperty('value.values.addressLine2')
  })

  test('is all there is of one that is not linked', async () => {
    const stranger: RecordRef = { ...account, id: '001A00000000009AAA' }
    const { result } = await systems.prepare(accounts, stranger, { event: { fields: { Name: 'New' }, full: false } })
    expect(result).toMatchObject({ value: { kind: 'create', values: { name: 'New', identifier: 'NEW00009AAA' } } })
  })
})

describe('values of an event that says no version', () => {
  test('give way to the record, and the note says so', async () => {
    const event = { fields: { Phone: '(312) 555-0199' }, full: false }
    const { result, facts } = await systems.prepare(accounts, account, { event })
    expect(result).toMatchObject({ value: { kind: 'unchanged' } })
    expect(facts.remark).toContain('says no version')
  })

  test.each([
    ['they are the record’s own', { fields: { Phone: '(312) 555-0142', Fax: null } }],
    ['there are none', {}],
    ['it says a version', { fields: { Phone: '(312) 555-0199' }, version: '2020-01-01T00:00:00.000Z' }],
  ])('no word of it where %s', async (_when, event) => {
    expect((await systems.prepare(accounts, account, { event })).facts.remark).toBeNull()
  })
})

test('an event of changes that were left out fails in words before anything is asked', async () => {
  systems.asked.length = 0
  const { result } = await systems.prepare(accounts, { ...account, id: '*' }, { event: { action: 'touched' } })
  const sentence = 'Salesforce says that it left out changes of Account. Compare the two systems.'
  expect(result).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'changes-left-out', sentence } })
  expect(systems.asked).toEqual([])
})
