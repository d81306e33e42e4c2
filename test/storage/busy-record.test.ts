import { afterAll, beforeAll, expect, it } from 'vitest'
import { carryOverBusyRecord } from '#test/faults/busy-record.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

it('carries ten thousand changes of one record over in order, and holds up nobody else meanwhile', async () => {
  const { left, ...done } = await carryOverBusyRecord(bridge, 10_000)
  expect(left, 'changes of the busy record that were still to come').toBeGreaterThan(0)
  expect(done).toEqual({ disorder: [], writes: 10_000, newest: 9_999, created: 1, dead: 0 })
}, 900_000)
