import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, RecordRef, SystemName, Values } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '../two-systems.ts'

interface Sample {
  readonly mapping: string
  readonly salesforce: { readonly entity: string; readonly values: Values; readonly expected: Values }
  readonly connectwise: { readonly entity: string; readonly values: Values; readonly expected: Values }
}

const [accountId, companyId, contactId, cwContactId] = ['001A00000000001AAA', '12', '003A00000000001AAA', '31']
const long = 'Acme Business Technology Services of Greater Chicago'

/** `values` is a record made there, `expected` what it becomes at the other side. */
const samples: Sample[] = [
  {
    mapping: 'account-company',
    salesforce: {
      entity: 'Account',
      values: {
        Name: long,
        Type: 'Customer',
        Phone: '+1 312 555 0142',
        Fax: null,
        Website: 'https://acme.example',
        BillingStreet: '1 Main St\r\nSuite 5\r\nDock 2',
        BillingCity: 'Chicago',
        BillingState: 'IL',
        BillingPostalCode: '60601',
      },
      expected: {
        name: 'Acme Business Technology Services of Greater Chic…',
        identifier: 'ACMEBUSINESSTECHN00002AAA',
        'status/name': 'Active',
        phoneNumber: '(312) 555-0142',
        website: 'https://acme.example',
        addressLine1: '1 Main St',
        addressLine2: 'Suite 5 Dock 2',
        city: 'Chicago',
        state: 'IL',
        zip: '60601',
      },
    },
    connectwise: {
      entity: 'company',
      values: {
        identifier: 'BETA',
        name: 'Beta LLC',
        phoneNumber: '3125550143',
        addressLine1: '2 Oak Ave',
        addressLine2: 'Floor 3',
        city: 'Oak Park',
        'status/name': 'Active',
      },
      expected: {
        Name: 'Beta LLC',
        Phone: '(312) 555-0143',
        BillingStreet: '2 Oak Ave\nFloor 3',
        BillingCity: 'Oak Park',
      },
    },
  },
  {
    mapping: 'contact-contact',
    salesforce: {
      entity: 'Contact',
      values: {
        FirstName: null,
        LastName: 'Lee',
        AccountId: accountId,
        Email: 'Ann.Lee@Acme.example',
        Phone: '312-555-0144 x12',
        MobilePhone: '+44 7700 900123',
        Title: 'Office manager',
      },
      expected: {
        firstName: '-',
        lastName: 'Lee',
        'company/id': 12,
        email: 'Ann.Lee@Acme.example',
        phone: '(312) 555-0144 ext. 12',
        mobile: '+44 7700 900123',
        title: 'Office manager',
      },
    },
    connectwise: {
      entity: 'contact',
      values: { firstName: 'Sam', 'company/id': 12, email: 'sam@acme.example', phone: '3125550145' },
      expected: {
        FirstName: 'Sam',
        LastName: '-',
        AccountId: accountId,
        Email: 'sam@acme.example',
        Phone: '(312) 555-0145',
      },
    },
  },
  {
    mapping: 'opportunity-opportunity',
    salesforce: {
      entity: 'Opportunity',
      values: {
        Name: 'New firewall',
        AccountId: accountId,
        ContactId: contactId,
        StageName: 'Closed Won',
        CloseDate: '2026-03-29',
        OwnerId: '005x',
      },
      expected: {
        name: 'New firewall',
        'company/id': 12,
        'contact/id': 31,
        'status/name': 'Won',
        expectedCloseDate: '2026-03-29T00:00:00Z',
        'primarySalesRep/identifier': 'patchbay',
      },
    },
    connectwise: {
      entity: 'opportunity',
      values: {
        name: 'Licences',
        'company/id': 12,
        'contact/id': 31,
        'stage/name': 'Quote',
        'status/name': 'Open',
        expectedCloseDate: '2026-11-01T00:00:00Z',
      },
      expected: {
        Name: 'Licences',
        AccountId: accountId,
        ContactId: contactId,
        StageName: 'Proposal/Price Quote',
        CloseDate: '2026-11-01',
      },
    },
  },
  {
    mapping: 'case-ticket',
    salesforce: {
      entity: 'Case',
      values: {
        Subject: `Printer on fire: ${long} ${long}`,
        Description: '<p>It <b>burns</b>.</p><p>Help!</p>',
        AccountId: accountId,
        ContactId: contactId,
        Status: 'Escalated',
        Priority: 'High',
        Type: null,
      },
      expected: {
        summary: 'Printer on fire: Acme Business Technology Services of Greater Chicago Acme Business Technology Serv…',
        initialDescription: 'It burns.\nHelp!',
        'company/id': 12,
        'contact/id': 31,
        'board/name': 'Help Desk',
        'status/name': 'Escalated',
        'priority/name': 'Priority 2 - High',
      },
    },
    connectwise: {
      entity: 'ticket',
      values: {
        summary: 'Mail bounces',
        'company/id': 12,
        'board/name': 'Help Desk',
        'status/name': 'Waiting on Client',
        'priority/name': 'Priority 1 - Emergency',
      },
      expected: {
        Subject: 'Mail bounces',
        AccountId: accountId,
        Status: 'Waiting on Customer',
        Priority: 'High',
        Origin: 'ConnectWise',
      },
    },
  },
]

const parents: readonly [RecordRef, RecordRef][] = [
  [
    { system: 'salesforce', entity: 'Account', id: accountId },
    { system: 'connectwise', entity: 'company', id: companyId },
  ],
  [
    { system: 'salesforce', entity: 'Contact', id: contactId },
    { system: 'connectwise', entity: 'contact', id: cwContactId },
  ],
]

/** Both systems with the linked parents, and one new record that was carried over once. */
async function begin(sample: Sample, from: SystemName) {
  const systems = new TwoSystems()
  for (const [salesforce, connectwise] of parents) {
    systems.put(salesforce, { Name: 'Parent' })
    systems.put(connectwise, { name: 'Parent' })
    systems.link(salesforce, connectwise)
  }
  const source: RecordRef = {
    system: from,
    entity: sample[from].entity,
    id: from === 'salesforce' ? '001B00000000002AAA' : '900',
  }
  systems.put(source, sample[from].values)
  const mapping = mappingOf(sample.mapping)
  const done = await systems.carry(mapping, source)
  const link = systems.findLink(source)
  if (link === null) throw new Error('not linked')
  const side = (system: SystemName): RecordRef => ({ system, entity: link[system].entity, id: link[system].id })
  return { systems, mapping, done, source, salesforce: side('salesforce'), connectwise: side('connectwise') }
}

const cases = samples.flatMap((sample) =>
  (['salesforce', 'connectwise'] as const).map((from) => ({ name: `${sample.mapping} from ${from}`, sample, from })),
)

describe.each(cases)('$name', ({ sample, from }) => {
  test('a new record gets what a small MSP expects', async () => {
    const { done } = await begin(sample, from)
    expect(done).toMatchObject({ kind: 'create' })
    expect(done.kind === 'create' && done.values).toEqual(sample[from].expected)
  })

  test('the way back and there again changes nothing, even when the link was lost', async () => {
    const { systems, mapping, salesforce, connectwise } = await begin(sample, from)
    for (const isForgotten of [false, true]) {
      if (isForgotten) systems.links.splice(parents.length)
      expect(await systems.carry(mapping, connectwise)).toMatchObject({ kind: 'unchanged' })
      expect(await systems.carry(mapping, salesforce)).toMatchObject({ kind: 'unchanged' })
    }
  })
})

test('an opportunity that is reopened in Salesforce takes its new stage along, whatever stage it was closed at', async () => {
  const sample = samples.find((one) => one.mapping === 'opportunity-opportunity')
  if (sample === undefined) throw new Error('no sample')
  const { systems, mapping, salesforce, connectwise } = await begin(sample, 'salesforce')
  systems.edit(connectwise, { 'stage/name': 'Prospect', name: 'Renamed' })
  await systems.carry(mapping, connectwise)
  systems.edit(connectwise, { 'stage/name': 'Quote' })
  await systems.carry(mapping, connectwise)
  systems.edit(salesforce, { StageName: 'Prospecting' })
  await systems.carry(mapping, salesforce)
  expect(await systems.carry(mapping, connectwise)).toMatchObject({ kind: 'unchanged' })
  expect(systems.at(salesforce).values['StageName']).toBe('Prospecting')
  expect(systems.at(connectwise).values).toMatchObject({ 'stage/name': 'Prospect', 'status/name': 'Open' })
})

/** What people type and pick, by the name of the field. */
const edits: Readonly<Record<string, readonly Json[]>> = {
  Name: ['Acme', 'ACME  Inc', long],
  name: ['Acme', 'Beta', 'Gamma LLC'],
  Phone: ['(312) 555-0142', '312 555 0199', 'ask', null],
  phoneNumber: ['3125550142', '+13125550177', null],
  phone: ['3125550142', '+1 312 555 0177', null],
  BillingStreet: ['1 Main St', '1 Main St\nSuite 5\nDock 2', null],
  addressLine1: ['1 Main St', '9 Elm St'],
  addressLine2: ['Suite 5', null],
  FirstName: ['Ann', null],
  firstName: ['Sam', '-'],
  Email: ['A@x.example', null],
  email: ['a@x.example', 'b@x.example'],
  StageName: ['Prospecting', 'Negotiation/Review', 'Closed Won', 'Closed Lost'],
  'stage/name': ['Prospect', 'Quote'],
  'status/name': ['In Progress', 'Escalated', 'Completed', 'Closed'],
  CloseDate: ['2026-03-29', '2026-10-25'],
  expectedCloseDate: ['2026-03-29T00:00:00Z', '2026-12-31T00:00:00Z'],
  Subject: ['Help', `${long} ${long}`, null],
  summary: ['Help', 'Other'],
  Status: ['New', 'Working', 'Escalated', 'Closed'],
  Priority: ['High', 'Low'],
  'priority/name': ['Priority 1 - Emergency', 'Priority 3 - Medium'],
}

function editsOf(sample: Sample, system: SystemName): fc.Arbitrary<[SystemName, Values]> {
  const other = system === 'salesforce' ? 'connectwise' : 'salesforce'
  const fields = new Set([...Object.keys(sample[system].values), ...Object.keys(sample[other].expected)])
  const choices = [...fields].flatMap((field) => {
    const values =
      sample.mapping === 'opportunity-opportunity' && field === 'status/name'
        ? ['Open', 'Won', 'Lost', 'No Decision']
        : edits[field]
    return values === undefined
      ? []
      : [fc.constantFrom(...values).map((value): [SystemName, Values] => [system, { [field]: value }])]
  })
  return fc.oneof(...choices)
}

describe.each(cases)('$name, edited at random on both sides', ({ sample, from }) => {
  const edit = fc.oneof(editsOf(sample, 'salesforce'), editsOf(sample, 'connectwise'))

  test('each edit is carried over, its echo writes nothing, and nothing else is touched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async (steps) => {
        const { systems, mapping, salesforce, connectwise } = await begin(sample, from)
        await systems.carry(mapping, connectwise)
        for (const [system, values] of steps) {
          const [here, there] = system === 'salesforce' ? [salesforce, connectwise] : [connectwise, salesforce]
          systems.edit(here, values)
          const edited = systems.at(here).values
          await systems.carry(mapping, here)
          expect(await systems.carry(mapping, there)).toMatchObject({ kind: 'unchanged' })
          expect(await systems.carry(mapping, here)).toMatchObject({ kind: 'unchanged' })
          expect(systems.at(here).values).toEqual(edited)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('edits on both sides at once come to rest, whichever is carried first', async () => {
    const order = fc.array(fc.boolean(), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 5 }), order, async (steps, turns) => {
        const { systems, mapping, salesforce, connectwise } = await begin(sample, from)
        for (const [system, values] of steps) systems.edit(system === 'salesforce' ? salesforce : connectwise, values)
        for (const turn of turns) await systems.carry(mapping, turn ? salesforce : connectwise)
        for (const ref of [salesforce, connectwise, salesforce, connectwise]) await systems.carry(mapping, ref)
        expect(await systems.carry(mapping, salesforce)).toMatchObject({ kind: 'unchanged' })
        expect(await systems.carry(mapping, connectwise)).toMatchObject({ kind: 'unchanged' })
      }),
      { numRuns: 100 },
    )
  })
})
