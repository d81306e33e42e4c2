import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CallMeter } from '#main/outbound/call-meter.ts'
import type { Store } from '#main/store/store.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const hourMs = 3_600_000
let store: Store
let close: () => Promise<void>
let clock: HandClock
beforeEach(() => {
  ;({ store, close } = temporaryStore())
  clock = new HandClock(1_000 * hourMs)
})
afterEach(() => close())

function meterOf(id: string): CallMeter {
  const onBug = (error: unknown): never => {
    throw error
  }
  return new CallMeter({ store, clock, connectionId: id as ConnectionId, onBug })
}

function count(meter: CallMeter, times: number): void {
  for (let n = 0; n < times; n += 1) meter.count()
}

describe('the count of calls', () => {
  it('survives a restart, by connection', async () => {
    const meter = meterOf('sf')
    count(meter, 3)
    await meter.flush()
    count(meter, 2)
    await meter.flush()
    await meter.flush()
    expect([meter.used(), meterOf('sf').used(), meterOf('cw').used()]).toEqual([5, 5, 0])
  })

  it('says when calls stop to count, and forgets them then, in the rows too', async () => {
    const meter = meterOf('sf')
    count(meter, 3)
    await meter.flush()
    clock.add(2 * hourMs)
    count(meter, 4)
    expect(meter.returnsAt(8)).toBe(clock.now())
    expect(meter.returnsAt(7)).toBe(1_025 * hourMs)
    expect(meter.returnsAt(1)).toBe(1_027 * hourMs)
    clock.set(1_025 * hourMs)
    expect(meter.used()).toBe(4)
    await meter.flush()
    expect(store.read((tx) => tx.all('select hour, calls from api_calls'))).toEqual([{ hour: 1_002, calls: 4 }])
  })
})
