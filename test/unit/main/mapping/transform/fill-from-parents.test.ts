import { beforeEach, expect, test } from 'vitest'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '../two-systems.ts'

const opportunities = mappingOf('opportunity-opportunity')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A00000000001AAA' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }
const contact: RecordRef = { system: 'salesforce', entity: 'Contact', id: '003A00000000001AAA' }
const sale: RecordRef = { system: 'salesforce', entity: 'Opportunity', id: '006A00000000001AAA' }
const values: Values = { Name: 'New firewall', AccountId: account.id, ContactId: null, StageName: 'Prospecting' }

let systems: TwoSystems
beforeEach(() => {
  systems = new TwoSystems()
  systems.link(account, company)
  systems.put(sale, values)
})

test('an opportunity without a contact gets the default contact of its company', async () => {
  systems.put(company, { name: 'Acme', 'defaultContact/id': 31 })
  const { result } = await systems.prepare(opportunities, sale)
  expect(result).toMatchObject({ value: { kind: 'create', values: { 'contact/id': 31 } } })
})

test('without that one too it fails in words', async () => {
  systems.put(company, { name: 'Acme', 'defaultContact/id': null })
  const { result } = await systems.prepare(opportunities, sale)
  const sentence = 'ConnectWise wants a contact on each opportunity, and company 12 "Acme" has no default contact.'
  expect(result).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'nothing-from-parent', sentence } })
})

test('its own contact stays, and nobody asks for another', async () => {
  systems.link(contact, { system: 'connectwise', entity: 'contact', id: '40' })
  systems.edit(sale, { ContactId: contact.id })
  const { result } = await systems.prepare(opportunities, sale)
  expect(result).toMatchObject({ value: { kind: 'create', values: { 'contact/id': 40 } } })
  expect(systems.asked).not.toContain('look-up connectwise:company:12')
})
