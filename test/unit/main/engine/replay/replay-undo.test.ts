import { beforeEach, describe, expect, it } from 'vitest'
import { asUndo, prepareUndo } from '#main/engine/replay/replay-undo.ts'
import type { Prepared } from '#main/mapping/transform/prepared.ts'
import type { BeforeImage } from '#main/outcomes/replay-undo.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { mappingOf, TwoSystems } from '#test/unit/main/mapping/two-systems.ts'

const mapping = mappingOf('account-company')
const account: RecordRef = { system: 'salesforce', entity: 'Account', id: '001A' }
const company: RecordRef = { system: 'connectwise', entity: 'company', id: '12' }
const image: BeforeImage = {
  entity: 'company',
  id: '12',
  changes: [
    { field: 'website', from: 'https://old.example.com', to: 'https://new.example.com' },
    { field: 'phoneNumber', from: null, to: '(312) 555-0142' },
  ],
}

let systems: TwoSystems
beforeEach(() => {
  systems = new TwoSystems()
  systems.put(account, { Website: 'https://new.example.com' })
  systems.put(company, { name: 'Acme', website: 'https://new.example.com', phoneNumber: '3125550142' })
  systems.join(account, company, {
    salesforce: { Website: 'https://new.example.com' },
    connectwise: { name: 'Acme', website: 'https://new.example.com' },
  })
})

async function undo(of: BeforeImage | null = image): Promise<Prepared> {
  const { result } = await prepareUndo({ source: account, image: of, mapping }, systems.ports('salesforce'))
  if (!result.ok) throw new Error(result.failure.sentence)
  return result.value
}

describe('an undo', () => {
  it('writes what stood there before, and lets the pair agree on it while the source keeps its value', async () => {
    expect(await undo()).toMatchObject({
      kind: 'update',
      values: { website: 'https://old.example.com', phoneNumber: null },
      synced: {
        salesforce: { Website: 'https://new.example.com' },
        connectwise: { name: 'Acme', website: 'https://old.example.com', phoneNumber: null },
      },
    })
  })

  it('writes nothing when one of the fields was touched since, and names it with both values', async () => {
    systems.edit(company, { website: 'https://by-hand.example.com' })
    expect(await undo()).toEqual({
      kind: 'skip',
      reason:
        'ConnectWise company 12 was changed since (website was written as "https://new.example.com" and is ' +
        '"https://by-hand.example.com" now); nothing was undone.',
    })
  })

  it('writes nothing when all is as it was before', async () => {
    systems.edit(company, { website: 'https://old.example.com', phoneNumber: '' })
    expect(await undo()).toMatchObject({ kind: 'unchanged' })
  })

  it.each([
    ['the record was deleted', () => systems.remove(company), 'deleted since'],
    ['the pair was parted', () => systems.links.splice(0), 'not linked'],
  ])('writes nothing when %s', async (_, change, words) => {
    change()
    expect(await undo()).toMatchObject({ kind: 'skip', reason: expect.stringContaining(words) as string })
  })

  it('says when the before-image is not kept any more', async () => {
    expect(await undo(null)).toMatchObject({ kind: 'skip', reason: expect.stringContaining('not kept') as string })
  })
})

it('says of a delivered undo what it did', () => {
  const outcome = {
    kind: 'delivered',
    result: 'updated',
    note: 'X was updated.',
    destination: company,
    link: null,
  } as const
  expect(asUndo({ ...outcome, written: { ref: company, version: null } })).toMatchObject({
    note: 'Undone: X was updated.',
  })
  expect(asUndo({ ...outcome, written: null })).toMatchObject({ note: expect.stringContaining('nothing') as string })
})
