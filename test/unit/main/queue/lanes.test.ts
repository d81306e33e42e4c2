import { expect, test } from 'vitest'
import { laneOfPair } from '#main/queue/lanes.ts'
import type { LinkId } from '#shared/domain/ids.ts'

test('both records of a linked pair share one lane', () => {
  const side = (entity: string, id: string) => ({ entity, id, version: null, synced: {} })
  const link = {
    id: 1 as LinkId,
    salesforce: side('Account', '001'),
    connectwise: side('company', '12'),
    createdAt: 0,
    updatedAt: 0,
    endedAt: null,
  }
  expect(laneOfPair({ system: 'connectwise', entity: 'company', id: '12' }, link)).toBe('salesforce:Account:001')
  expect(laneOfPair({ system: 'salesforce', entity: 'Account', id: '001' }, link)).toBe('salesforce:Account:001')
  expect(laneOfPair({ system: 'connectwise', entity: 'company', id: '12' }, null)).toBe('connectwise:company:12')
})
