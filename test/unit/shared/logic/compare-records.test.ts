import { describe, expect, it } from 'vitest'
import { ok } from '#shared/domain/failure.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import type { Values } from '#shared/domain/record.ts'
import { compareRecords } from '#shared/logic/compare-records.ts'

const document = mappingDocument.parse({
  id: 'accounts',
  name: 'Accounts',
  salesforce: { entity: 'Account' },
  connectwise: { entity: 'company' },
  fields: [
    { salesforce: 'Name', connectwise: 'name' },
    { salesforce: 'Phone', connectwise: 'phone', normalise: 'phone' },
    {
      salesforce: 'Type',
      connectwise: 'type',
      valueMap: { pairs: [{ salesforce: 'Customer', connectwise: 'Client' }] },
    },
    { salesforce: 'ParentId', connectwise: 'parent/id', reference: { salesforce: 'Account', connectwise: 'company' } },
    { salesforce: 'Origin', connectwise: 'origin', createOnly: true },
    { salesforce: 'Note', connectwise: 'note', direction: 'to-connectwise', toConnectwise: '$uppercase(Note)' },
  ],
})

async function verdicts(salesforce: Values | null, connectwise: Values | null) {
  const side = (values: Values | null) => (values === null ? null : { id: '1', values })
  const resolve = ({ id }: { readonly id: string }) =>
    Promise.resolve(ok(id === '001' ? '12' : id === '12' ? '001' : null))
  const fields = await compareRecords(
    document,
    { salesforce: side(salesforce), connectwise: side(connectwise) },
    resolve,
  )
  return Object.fromEntries(fields.map((one) => [one.salesforce.field, one.verdict]))
}

const account = { Name: 'Acme', Phone: '312-555-0100', Type: 'Customer', ParentId: '001', Origin: 'Web', Note: 'hi' }
const company = {
  name: 'Acme',
  phone: '+1 (312) 555 0100',
  type: 'Client',
  'parent/id': 12,
  origin: 'Phone',
  note: 'HI',
}

describe('comparing a pair', () => {
  it('takes for equal what the mapping makes equal', async () => {
    expect(await verdicts(account, company)).toEqual({
      Name: 'equal',
      Phone: 'equal',
      Type: 'equal',
      ParentId: 'equal',
      Origin: 'not-compared',
      Note: 'equal',
    })
  })

  it('tells what differs from what only one side has', async () => {
    const told = await verdicts(
      { ...account, Name: 'Acme Inc', Phone: null },
      { ...company, note: null, type: 'Vendor' },
    )
    expect(told).toMatchObject({ Name: 'differs', Phone: 'only-connectwise', Type: 'differs', Note: 'only-salesforce' })
  })

  it('gives the value that the mapping would write', async () => {
    const resolve = () => Promise.resolve(ok(null))
    const sides = { salesforce: { id: '1', values: { Note: 'hi' } }, connectwise: { id: '2', values: { note: 'no' } } }
    const fields = await compareRecords(document, sides, resolve)
    expect(fields.find((one) => one.salesforce.field === 'Note')).toMatchObject({ expected: 'HI', verdict: 'differs' })
  })

  it('shows a record that has no counterpart alone', async () => {
    expect(await verdicts(account, null)).toMatchObject({ Name: 'only-salesforce', Note: 'only-salesforce' })
    expect(await verdicts(null, { name: 'Acme' })).toMatchObject({ Name: 'only-connectwise', Phone: 'not-compared' })
  })

  it('says why a value could not be carried over', async () => {
    const sides = { salesforce: { id: '1', values: { Type: 'Unheard of' } }, connectwise: { id: '2', values: {} } }
    const fields = await compareRecords(document, sides, () => Promise.resolve(ok(null)))
    const type = fields.find((one) => one.salesforce.field === 'Type')
    expect(type?.note).toContain('Unheard of')
  })
})
