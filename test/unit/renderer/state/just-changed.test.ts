import { describe, expect, it } from 'vitest'
import { fieldWords, freshMs, lookAgain, valueWords } from '#renderer/state/just-changed.ts'
import type { Values } from '#shared/domain/record.ts'
import type { SimulatedRecord } from '#shared/domain/sandbox.ts'

function record(id: string, values: Values): SimulatedRecord {
  return { id, title: id, values, changedAt: 1, byPatchbay: false }
}

describe('what just changed', () => {
  const first = lookAgain(null, [record('1', { Status: 'New', SystemModstamp: 'a' })], 0)

  it('is nothing at the first look', () => {
    expect(first.get('1')?.change).toBeNull()
  })

  it('names the fields with what stood there before, without the bookkeeping of the systems', () => {
    const next = lookAgain(first, [record('1', { Status: 'Working', SystemModstamp: 'b' })], 1_000)
    expect(next.get('1')?.change).toEqual({
      seenAt: 1_000,
      isNew: false,
      fields: [{ name: 'Status', before: 'New', after: 'Working' }],
    })
  })

  it('stays marked for a while, then fades', () => {
    const changed = [record('1', { Status: 'Working' })]
    const next = lookAgain(first, changed, 1_000)
    expect(lookAgain(next, changed, 1_000 + freshMs).get('1')?.change).not.toBeNull()
    expect(lookAgain(next, changed, 1_001 + freshMs).get('1')?.change).toBeNull()
  })

  it('tells a new record from an old one that comes into sight', () => {
    const fresh = record('2', { CreatedDate: 'x', LastModifiedDate: 'x' })
    const old = record('3', { _info: { dateEntered: 'x', lastUpdated: 'y' } })
    const seen = lookAgain(first, [fresh, old], 5)
    expect([seen.get('2')?.change?.isNew, seen.get('3')?.change?.isNew]).toEqual([true, false])
  })

  it('keeps what went out of sight, so that its next change is told in full', () => {
    const without = lookAgain(first, [], 1)
    const back = lookAgain(without, [record('1', { Status: 'Closed' })], 2)
    expect(back.get('1')?.change?.fields).toEqual([{ name: 'Status', before: 'New', after: 'Closed' }])
  })
})

it('remembers a bounded number of records, those in sight among them', () => {
  const page = (from: number) => Array.from({ length: 30 }, (_, index) => record(String(from + index), { n: from }))
  let seen = lookAgain(null, page(0), 0)
  for (let round = 1; round <= 20; round += 1) seen = lookAgain(seen, page(round * 30), round)
  expect(seen.size).toBe(300)
  expect(page(600).every(({ id }) => seen.has(id))).toBe(true)
})

it('words names of fields and values for people', () => {
  expect(['BillingStreet', 'phoneNumber', 'ConnectWise_Id__c'].map(fieldWords)).toEqual([
    'Billing street',
    'Phone number',
    'Connect wise Id',
  ])
  const values = [null, 'New', 12, { id: 1, name: 'Closed' }, [1, 2], { id: 1 }]
  expect(values.map(valueWords)).toEqual(['empty', 'New', '12', 'Closed', '2 entries', 'set'])
})
