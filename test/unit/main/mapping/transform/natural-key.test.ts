import { beforeEach, describe, expect, test } from 'vitest'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '../two-systems.ts'

const contacts = mappingOf('contact-contact')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A00000000001AAA' }
const otherAccount: RecordRef = { ...account, id: '001A00000000002AAA' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }
const otherCompany: RecordRef = { ...company, id: '13' }
const person: RecordRef = { system: 'salesforce', entity: 'Contact', id: '003A00000000001AAA' }
const known: RecordRef = { system: 'connectwise', entity: 'contact', id: '31' }

const ann: Values = { FirstName: 'Ann', LastName: 'Lee', AccountId: account.id, Email: 'office@acme.example' }
const annThere: Values = { firstName: 'Ann', lastName: 'Lee', 'company/id': 12, email: 'office@acme.example' }

let systems: TwoSystems
beforeEach(() => {
  systems = new TwoSystems()
  systems.link(account, company)
  systems.link(otherAccount, otherCompany)
})

describe('a contact is known again by e-mail, company and name together', () => {
  test.each<[string, Values, Values]>([
    ['all are equal', ann, annThere],
    ['the name is written in another way', { ...ann, LastName: ' LEE ' }, annThere],
    ['a dash stands for no first name', { ...ann, FirstName: null }, { ...annThere, firstName: '-' }],
  ])('joined where %s', async (_how, here, there) => {
    systems.put(person, here)
    systems.put(known, there)
    const { result } = await systems.prepare(contacts, person)
    expect(result).toMatchObject({ ok: true, value: { isNewLink: true } })
  })

  test('joined from ConnectWise too, also where a dash stands for no last name', async () => {
    systems.put(person, { ...ann, LastName: '-' })
    systems.put(known, { ...annThere, lastName: null })
    const { result } = await systems.prepare(contacts, known)
    expect(result).toMatchObject({ ok: true, value: { kind: 'wait-lane', lane: `salesforce:Contact:${person.id}` } })
  })

  test.each<[string, Values]>([
    ['company', { ...annThere, 'company/id': 13 }],
    ['lack of a company', { ...annThere, 'company/id': null }],
    ['first name', { ...annThere, firstName: 'Bob' }],
    ['last name', { ...annThere, lastName: 'Long' }],
  ])('made anew where one with the mailbox has another %s', async (_what, there) => {
    systems.put(person, ann)
    systems.put(known, there)
    const { result } = await systems.prepare(contacts, person)
    expect(result).toMatchObject({ value: { kind: 'create', values: { email: 'office@acme.example' } } })
  })

  test('only those that agree in all count as twins', async () => {
    systems.put(person, ann)
    systems.put(known, annThere)
    systems.put({ ...known, id: '32' }, { ...annThere, firstName: 'Bob' })
    expect((await systems.prepare(contacts, person)).result).toMatchObject({ ok: true, value: { isNewLink: true } })
    systems.put({ ...known, id: '33' }, annThere)
    expect((await systems.prepare(contacts, person)).result).toMatchObject({
      failure: { code: 'several-counterparts' },
    })
  })
})
