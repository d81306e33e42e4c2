import { beforeEach, describe, expect, test } from 'vitest'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '../two-systems.ts'

const accounts = mappingOf('account-company')
const contacts = mappingOf('contact-contact')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A00000000001AAA' }
const otherAccount: RecordRef = { ...account, id: '001A00000000002AAA' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }
const otherCompany: RecordRef = { ...company, id: '13' }
const contact: RecordRef = { system: 'salesforce', entity: 'Contact', id: '003A00000000001AAA' }

let systems: TwoSystems
beforeEach(() => {
  systems = new TwoSystems()
})

describe('reading the source', () => {
  test('a thin event is refetched; a full one on a linked record is used as it came', async () => {
    systems.put(account, { Name: 'Acme', Phone: '1' })
    systems.put(company, { name: 'Acme', phoneNumber: '1' })
    await systems.carry(accounts, account)
    systems.asked.length = 0
    const full = { fields: { Name: 'Acme Ltd', Phone: '1' }, full: true, version: '2030-01-01T00:00:00.000Z' }
    const preparation = await systems.prepare(accounts, account, { event: full })
    expect(systems.asked).toEqual(['compare connectwise:company:12'])
    expect(preparation.result).toMatchObject({ value: { kind: 'update', values: { name: 'Acme Ltd' } } })
    systems.asked.length = 0
    await systems.prepare(accounts, account, { event: { fields: { Phone: '2' }, full: false } })
    expect(systems.asked[0]).toBe(`refetch salesforce:Account:${account.id}`)
  })

  test('an event older than what was carried over is refetched, never skipped and never believed', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    await systems.carry(accounts, account)
    const stale = { fields: { Name: 'Old name' }, full: true, version: '2020-01-01T00:00:00.000+0000' }
    const preparation = await systems.prepare(accounts, account, { event: stale })
    expect(preparation.result).toMatchObject({ value: { kind: 'unchanged' } })
    expect(preparation.facts.sourceValues).toEqual({ Name: 'Acme' })
  })

  test('a replay as received maps the event’s own values, one of today the newer record', async () => {
    systems.put(account, { Name: 'Now' })
    systems.put(company, { name: 'Then' })
    await systems.carry(accounts, account)
    const event = { fields: { Name: 'Received' }, full: true, version: '2020-01-01T00:00:00.000+0000' }
    const asReceived = await systems.prepare(accounts, account, { event, mode: 'as-received' })
    expect(asReceived.facts.mappedValues).toMatchObject({ name: 'Received' })
    const current = await systems.prepare(accounts, account, { event, mode: 'current' })
    expect(current.facts.mappedValues).toMatchObject({ name: 'Now' })
  })

  test('a whole payload of a record that is not linked counts as it came, unless the source is newer', async () => {
    systems.put(account, { Name: 'At the source' })
    const event = { fields: { Name: 'As sent' }, full: true }
    const newer = await systems.prepare(accounts, account, { event: { ...event, version: '2030-01-01T00:00:00.000Z' } })
    expect(newer.result).toMatchObject({ value: { kind: 'create', values: { name: 'As sent' } } })
    const older = await systems.prepare(accounts, account, { event: { ...event, version: '2020-01-01T00:00:00.000Z' } })
    expect(older.result).toMatchObject({ value: { kind: 'create', values: { name: 'At the source' } } })
  })

  test('values that came stand for themselves when the source does not show the record; a thin event has none', async () => {
    const whole = await systems.prepare(accounts, account, { event: { fields: { Name: 'As sent' }, full: true } })
    expect(whole.result).toMatchObject({ value: { kind: 'create', values: { name: 'As sent' } } })
    for (const event of [{}, { fields: { Name: 'As sent' }, full: true, action: 'deleted' as const }]) {
      const gone = await systems.prepare(accounts, account, { event })
      expect(gone.result).toMatchObject({ value: { kind: 'skip' } })
    }
  })

  test('values of a linked record that the source does not show are carried over, unless newer ones were', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    await systems.carry(accounts, account)
    systems.records.delete(recordKey(account))
    const event = { fields: { Name: 'As sent' }, full: false }
    const newer = await systems.prepare(accounts, account, { event: { ...event, version: '2030-01-01T00:00:00.000Z' } })
    expect(newer.result).toMatchObject({ value: { kind: 'update', values: { name: 'As sent' } } })
    const older = await systems.prepare(accounts, account, { event: { ...event, version: '2020-01-01T00:00:00.000Z' } })
    expect(older.result).toMatchObject({
      value: { kind: 'skip', reason: expect.stringContaining('newer change') as string },
    })
  })

  test('a ConnectWise field that was filled and is not sent any more was emptied', async () => {
    systems.put(account, { Name: 'Acme', Phone: '(312) 555-0142' })
    systems.put(company, { name: 'Acme', phoneNumber: '3125550142' })
    await systems.carry(accounts, account)
    systems.put(company, { name: 'Acme' })
    const preparation = await systems.prepare(accounts, company)
    expect(preparation.result).toMatchObject({ value: { kind: 'update', values: { Phone: null } } })
  })
})

describe('after a write whose outcome was lost', () => {
  beforeEach(async () => {
    systems.put(account, { Name: 'Old' })
    systems.put(company, { name: 'Old' })
    await systems.carry(accounts, account)
  })

  test('what the destination holds is known as our own, and a newer change at the source wins over it', async () => {
    systems.edit(account, { Name: 'New' })
    systems.edit(company, { name: 'Mid' })
    const unaware = await systems.prepare(accounts, account)
    expect(unaware.result).toMatchObject({ value: { kind: 'unchanged' } })
    const aware = await systems.prepare(accounts, account, { sentBefore: [{ name: 'Mid' }] })
    expect(aware.result).toMatchObject({ value: { kind: 'update', values: { name: 'New' } } })
  })

  test('also what another try before the last one sent, which was refused', async () => {
    systems.edit(account, { Name: 'New' })
    systems.edit(company, { name: 'Mid' })
    const aware = await systems.prepare(accounts, account, { sentBefore: [{ name: 'Mid' }, { name: 'New' }] })
    expect(aware.result).toMatchObject({ value: { kind: 'update', values: { name: 'New' } } })
  })

  test('also when the two were not linked before: the first try was to do that', async () => {
    systems.links.length = 0
    systems.edit(account, { Name: 'New' })
    const late = systems.edit(company, { name: 'Mid' })
    systems.put(company, late.values, account.id)
    const aware = await systems.prepare(accounts, account, { sentBefore: [{ name: 'Mid' }] })
    expect(aware.result).toMatchObject({ value: { kind: 'update', values: { name: 'New' } } })
  })

  test('a change back to the old value is carried over, too', async () => {
    systems.edit(company, { name: 'Mid' })
    const { result } = await systems.prepare(accounts, account, { sentBefore: [{ name: 'Mid' }] })
    expect(result).toMatchObject({ value: { kind: 'update', values: { name: 'Old' } } })
  })

  test('what somebody else wrote there meanwhile is still theirs', async () => {
    systems.edit(company, { name: 'Theirs' })
    const { result } = await systems.prepare(accounts, account, { sentBefore: [{ name: 'Mid' }] })
    expect(result).toMatchObject({ value: { kind: 'unchanged' } })
  })
})

describe('whose counterpart', () => {
  test('none: the record is created with what the mapping says, and linked', async () => {
    systems.put(account, { Name: 'Acme & Sons', Phone: null, BillingStreet: '1 Main St\r\nSuite 5' })
    const created = await systems.carry(accounts, account)
    expect(created).toMatchObject({
      kind: 'create',
      entity: 'company',
      foreignId: account.id,
      values: {
        name: 'Acme & Sons',
        identifier: 'ACMESONS00001AAA',
        'status/name': 'Active',
        addressLine1: '1 Main St',
        addressLine2: 'Suite 5',
      },
    })
    expect(created).not.toHaveProperty('values.phoneNumber')
  })

  test('the echo of that creation only links, and later ones cost a single read', async () => {
    systems.put(account, { Name: 'Acme' })
    await systems.carry(accounts, account)
    const made = [...systems.records.values()].find(({ ref }) => ref.system === 'connectwise')
    if (made === undefined) throw new Error('not created')
    systems.links.length = 0
    expect(await systems.carry(accounts, made.ref)).toMatchObject({ kind: 'unchanged', isNewLink: true })
    systems.asked.length = 0
    expect(await systems.carry(accounts, made.ref)).toMatchObject({ kind: 'unchanged', isNewLink: false })
    expect(systems.asked).toEqual([`refetch connectwise:company:${made.ref.id}`])
  })

  test('the id the record itself carries is taken first, then the one that carries ours', async () => {
    systems.put(account, { Name: 'Acme' }, company.id)
    systems.put(company, { name: 'Acme' })
    expect(await systems.carry(accounts, account)).toMatchObject({ kind: 'unchanged', destination: company })
    systems.put(otherCompany, { name: 'Beta Ltd' }, otherAccount.id)
    systems.put(otherAccount, { Name: 'Beta' })
    expect(await systems.carry(accounts, otherAccount)).toMatchObject({
      kind: 'update',
      values: { name: 'Beta' },
      isNewLink: true,
    })
  })

  test('one hit by natural key is joined, with the value as the mapping writes it', async () => {
    systems.put(account, { Name: '  ACME   Inc ' })
    systems.put(company, { name: 'Acme Inc' })
    expect(await systems.carry(accounts, account)).toMatchObject({ isNewLink: true })
    expect(systems.asked).toContain('field name=ACME Inc')
  })

  test('several hits are never picked from', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    systems.put(otherCompany, { name: 'ACME' })
    const { result } = await systems.prepare(accounts, account)
    const sentence = 'ConnectWise company 12 "Acme", 13 "ACME" all have "Acme" as name; Patchbay does not pick one.'
    expect(result).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'several-counterparts', sentence } })
  })

  test('several records that carry our id are a failure too', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'x' }, account.id)
    systems.put(otherCompany, { name: 'y' }, account.id)
    expect((await systems.prepare(accounts, account)).result).toMatchObject({
      failure: { code: 'several-counterparts' },
    })
  })

  test('what belongs to another record is not taken: by name it is passed over, by id it is a failure', async () => {
    systems.put(otherAccount, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    systems.link(otherAccount, company)
    systems.put(account, { Name: 'Acme' })
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ value: { kind: 'create' } })
    systems.put(account, { Name: 'Acme' }, company.id)
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ failure: { code: 'counterpart-taken' } })
  })

  test('a route that may not create says so', async () => {
    systems.put(account, { Name: 'Acme' })
    const { result } = await systems.prepare(accounts, account, { route: { mayCreate: false } })
    expect(result).toMatchObject({
      value: { kind: 'skip', reason: expect.stringContaining('may not create') as string },
    })
  })
})

describe('deletions', () => {
  test('a deleted source ends the link and touches nothing', async () => {
    systems.put(company, { name: 'Acme' })
    const link = systems.link(account, company)
    const { result } = await systems.prepare(accounts, account, { event: { action: 'deleted' } })
    expect(result).toMatchObject({
      value: { kind: 'unlink', link, reason: expect.stringContaining('left as it is') as string },
    })
  })

  test('a deletion is believed only when the record is really gone', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    systems.link(account, company)
    const { result } = await systems.prepare(accounts, account, { event: { action: 'deleted' } })
    expect(result).toMatchObject({ value: { kind: 'unchanged' } })
  })

  test('a deleted destination ends the link, and is not made again by its tombstone or by the id left behind', async () => {
    systems.put(account, { Name: 'Acme' }, company.id)
    const link = systems.link(account, company)
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ value: { kind: 'unlink', link } })
    systems.links[0] = { ...link, endedAt: 1 }
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ value: { kind: 'skip' } })
    systems.links.length = 0
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ value: { kind: 'skip' } })
  })

  test('a restored record revives its pair', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    systems.link(account, company, 1)
    const { result } = await systems.prepare(accounts, account, { event: { action: 'restored' } })
    expect(result).toMatchObject({ value: { kind: 'unchanged', destination: company } })
  })

  test('nothing linked, nothing there: skipped with a reason', async () => {
    expect((await systems.prepare(accounts, account)).result).toMatchObject({ value: { kind: 'skip' } })
  })
})

describe('references', () => {
  test('a parent that is not linked is waited for by name', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(contact, { FirstName: 'Ann', LastName: 'Lee', AccountId: account.id })
    const { result, facts } = await systems.prepare(contacts, contact)
    expect(result).toMatchObject({
      failure: {
        class: 'dependency',
        waitsFor: `salesforce:Account:${account.id}`,
        sentence: expect.stringContaining(account.id) as string,
      },
    })
    expect(facts.sourceValues).toMatchObject({ LastName: 'Lee' })
  })

  test('a parent that names its own counterpart is enough', async () => {
    systems.put(account, { Name: 'Acme' }, '12')
    systems.put(contact, { FirstName: 'Ann', LastName: 'Lee', AccountId: account.id })
    expect((await systems.prepare(contacts, contact)).result).toMatchObject({
      value: { kind: 'create', values: { 'company/id': 12 } },
    })
  })

  test('a parent that is gone is no use waiting for', async () => {
    systems.put(contact, { FirstName: 'Ann', LastName: 'Lee', AccountId: account.id })
    expect((await systems.prepare(contacts, contact)).result).toMatchObject({
      failure: { class: 'permanent', code: 'parent-gone' },
    })
  })
})

describe('lanes and conditions', () => {
  test('a ConnectWise record moves into the lane of its Salesforce counterpart, before anything is asked', async () => {
    systems.put(company, { name: 'Acme' }, account.id)
    systems.put(account, { Name: 'Acme' })
    const lane = `salesforce:Account:${account.id}`
    const own = 'connectwise:company:12'
    expect((await systems.prepare(accounts, company, { lane: own })).result).toEqual({
      ok: true,
      value: { kind: 'wait-lane', lane },
    })
    systems.link(account, company)
    systems.asked.length = 0
    expect((await systems.prepare(accounts, company, { lane: own })).result).toEqual({
      ok: true,
      value: { kind: 'wait-lane', lane },
    })
    expect(systems.asked).toEqual([])
  })

  test('a condition that the event left open is judged on the whole record', async () => {
    systems.put(account, { Name: 'Acme', Type: 'Vendor' })
    const conditions = [{ field: 'Type', operator: 'is' as const, value: 'Customer' }]
    const match = { entity: 'Account', actions: ['updated' as const], conditions }
    const { result } = await systems.prepare(accounts, account, { route: { match } })
    expect(result).toMatchObject({ value: { kind: 'skip', reason: expect.stringContaining('on Type') as string } })
  })
})

describe('conflicts', () => {
  test('a field that a person has to decide parks the delivery, and names both values', async () => {
    const asking = { ...accounts, fields: accounts.fields.map((row) => ({ ...row, conflict: 'ask' as const })) }
    systems.put(account, { Name: 'Acme', Phone: null })
    systems.put(company, { name: 'Acme' })
    await systems.carry(asking, account)
    systems.edit(account, { Name: 'Acme One' })
    systems.edit(company, { name: 'Acme Two' })
    const { result } = await systems.prepare(asking, account)
    const conflict = { field: 'name', salesforce: 'Acme One', connectwise: 'Acme Two', winner: null }
    expect(result).toMatchObject({ value: { kind: 'park', conflicts: [conflict] } })
  })

  test('newest wins, and the loser’s event later agrees', async () => {
    systems.put(account, { Name: 'Acme' })
    systems.put(company, { name: 'Acme' })
    await systems.carry(accounts, account)
    systems.edit(account, { Name: 'Acme One' })
    systems.edit(company, { name: 'Acme Two' })
    expect(await systems.carry(accounts, account)).toMatchObject({
      kind: 'unchanged',
      conflicts: [{ winner: 'connectwise' }],
    })
    expect(await systems.carry(accounts, company)).toMatchObject({ kind: 'update', values: { Name: 'Acme Two' } })
    expect(await systems.carry(accounts, account)).toMatchObject({ kind: 'unchanged', conflicts: [] })
  })
})

test('the facts hold the steps with their time, and the values before the write', async () => {
  systems.put(account, { Name: 'New' })
  systems.put(company, { name: 'Old', notMapped: 1 })
  systems.link(account, company)
  const { facts } = await systems.prepare(accounts, account)
  expect(facts.steps.map(({ step }) => step)).toEqual(['refetch', 'map', 'compare'])
  expect(facts.beforeValues).toEqual({ name: 'Old' })
})
