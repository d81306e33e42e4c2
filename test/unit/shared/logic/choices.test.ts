import { expect, it } from 'vitest'
import type { Choice } from '#shared/domain/conflict.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { threeWay } from '#shared/logic/three-way.ts'

const fields = { salesforce: { Name: 'Ours', name: '' }, connectwise: { Name: '', name: 'Theirs' } }

function compare(conflict: string, options: { to?: SystemName; choice?: Choice; newer?: SystemName } = {}) {
  const { choice, newer = 'salesforce', to = 'connectwise' } = options
  const document = mappingDocument.parse({
    id: 'm',
    name: 'm',
    salesforce: { entity: 'Account' },
    connectwise: { entity: 'company' },
    fields: [{ salesforce: 'Name', connectwise: 'name', conflict }],
  })
  const isToConnectwise = to === 'connectwise'
  const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']
  const versions = {
    source: (newer === 'salesforce') === isToConnectwise ? late : early,
    destination: (newer === 'salesforce') === isToConnectwise ? early : late,
  }
  return threeWay({
    document,
    to,
    source: isToConnectwise ? { Name: fields.salesforce.Name } : { name: fields.connectwise.name },
    desired: isToConnectwise ? { name: fields.salesforce.Name } : { Name: fields.connectwise.name },
    destination: isToConnectwise ? { name: fields.connectwise.name } : { Name: fields.salesforce.Name },
    synced: { salesforce: { Name: 'Base' }, connectwise: { name: 'Base' } },
    versions,
    ...(choice === undefined ? {} : { choices: { [isToConnectwise ? 'name' : 'Name']: choice } }),
  })
}

it('a named side, or the newer one, wins whichever way the change travels', () => {
  for (const winner of ['salesforce', 'connectwise'] as const) {
    for (const conflict of [winner, 'newest']) {
      const there = compare(conflict, { to: 'connectwise', newer: winner })
      const here = compare(conflict, { to: 'salesforce', newer: winner })
      expect(there.values).toEqual(winner === 'salesforce' ? { name: 'Ours' } : {})
      expect(here.values).toEqual(winner === 'connectwise' ? { Name: 'Theirs' } : {})
      expect([there.conflicts[0]?.winner, here.conflicts[0]?.winner]).toEqual([winner, winner])
    }
  }
})

it('nobody wins while a person is asked; then the choice is written, to the source too where it is not its own', () => {
  expect(compare('ask').conflicts[0]?.winner).toBeNull()
  expect(compare('ask', { choice: 'salesforce' })).toMatchObject({ values: { name: 'Ours' }, back: [], conflicts: [] })
  const theirs = compare('ask', { choice: 'connectwise' })
  expect(theirs.values).toEqual({})
  expect(theirs.back.map((row) => row.salesforce)).toEqual(['Name'])
  const own = compare('ask', { choice: { value: 'Neither' } })
  expect(own.values).toEqual({ name: 'Neither' })
  expect(own.back).toHaveLength(1)
})
