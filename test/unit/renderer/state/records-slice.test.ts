import { expect, test } from 'vitest'
import { consoleOn, eventOf } from './samples.ts'

test('pushes about a watched record or its counterpart are counted, others are not', () => {
  const { getState } = consoleOn({})
  getState().records.watch([
    { system: 'salesforce', entity: 'Account', id: '001A' },
    { system: 'connectwise', entity: 'company', id: '42' },
  ])
  getState().records.push([eventOf(1, { system: 'salesforce', entity: 'Account', recordId: '001B' })])
  expect(getState().records.changes).toBe(0)
  getState().records.push([
    eventOf(2, { system: 'connectwise', entity: 'company', recordId: '42' }),
    eventOf(3, { system: 'salesforce', entity: 'Account', recordId: '001A' }),
  ])
  expect(getState().records.changes).toBe(1)
  getState().records.watch([])
  getState().records.push([eventOf(4, { system: 'salesforce', entity: 'Account', recordId: '001A' })])
  expect(getState().records.changes).toBe(0)
})

test('times are written as chosen, and as usual where nothing can be kept', () => {
  const { getState } = consoleOn({})
  expect(getState().time).toMatchObject({ zone: 'local', style: 'absolute' })
  getState().time.choose({ style: 'relative' })
  getState().time.choose({ zone: 'utc' })
  expect(getState().time).toMatchObject({ zone: 'utc', style: 'relative' })
  getState().time.choose({ zone: 'local' })
})
