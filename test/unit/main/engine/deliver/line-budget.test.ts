import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LineBudget } from '#main/engine/deliver/line-budget.ts'
import { CallMeter } from '#main/outbound/call-meter.ts'
import { Gate } from '#main/outbound/gate.ts'
import type { Store } from '#main/store/store.ts'
import { connection } from '#shared/domain/connection.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const hourMs = 3_600_000
const start = 1_000 * hourMs
let store: Store
let close: () => Promise<void>
beforeEach(() => {
  ;({ store, close } = temporaryStore())
})
afterEach(() => close())

function budgetWith(dailyCalls?: number) {
  const clock = new HandClock(start)
  const salesforce = connection.parse({
    id: 'sf',
    kind: 'salesforce',
    name: 'Salesforce',
    settings: { loginUrl: 'https://sf.example.com', clientId: 'x', dailyCalls },
  })
  const onBug = (error: unknown): never => {
    throw error
  }
  const reasons: (string | null)[] = []
  const reported = { figure: null as { used: number; limit: number } | null }
  const meter = new CallMeter({ store, clock, connectionId: salesforce.id, onBug })
  const gate = new Gate(4, null, () => undefined)
  const budget = new LineBudget(
    {
      connection: salesforce,
      clock,
      meter,
      gate,
      reported: () => reported.figure,
      onReserve: (reason) => reasons.push(reason),
    },
    false,
  )
  const call = (used?: number): void => {
    meter.count()
    if (used !== undefined) reported.figure = { used, limit: 1_000 }
    budget.look()
  }
  return { clock, gate, budget, reasons, call }
}

describe('a budget that the system tells', () => {
  it('keeps replays back at the reserve, says so once, and lets them go when the window has moved on', () => {
    const { clock, budget, reasons, call } = budgetWith()
    call(699)
    expect(budget.admission(clock.now()).upTo).toBe(2)
    call(700)
    call(710)
    expect(budget.admission(clock.now()).upTo).toBe(0)
    expect(reasons).toEqual([expect.stringContaining('Replays and backfills wait')])
    call(100)
    expect(budget.admission(clock.now()).upTo).toBe(2)
    expect(reasons).toHaveLength(2)
    expect(reasons[1]).toBeNull()
  })

  it('does not keep replays back for ever on a figure that nobody renews', () => {
    const { clock, budget, call } = budgetWith()
    call(800)
    const { askAgainAt } = budget.admission(clock.now())
    expect(askAgainAt).toBe(start + 15 * 60_000)
    clock.set(askAgainAt ?? 0)
    expect(budget.admission(clock.now()).upTo).toBe(2)
  })

  it('holds the connection when all but the share of people is used, whatever late answers say, and goes on by a probe', () => {
    const { clock, gate, budget, call } = budgetWith()
    call(899)
    expect(gate.hold).toBeNull()
    call(900)
    gate.succeeded(clock.now(), 'read')
    expect(gate.hold).toMatchObject({ state: 'limited', until: start + 15 * 60_000 })
    expect(budget.now()).toMatchObject({ open: 'nobody', reached: 90 })
    clock.add(15 * 60_000)
    expect([gate.slots(clock.now(), 'write'), budget.admission(clock.now()).upTo]).toEqual([1, 2])
    call(300)
    gate.succeeded(clock.now(), 'read')
    expect(gate.hold).toBeNull()
  })
})

describe('a budget of our own', () => {
  it('holds until the hour in which the calls stop to count', () => {
    const { clock, gate, budget, call } = budgetWith(100)
    for (let n = 0; n < 80; n += 1) call()
    expect([budget.admission(clock.now()).upTo, gate.hold]).toEqual([0, null])
    clock.add(hourMs)
    for (let n = 0; n < 20; n += 1) call()
    expect(gate.hold).toMatchObject({ state: 'limited', until: 1_025 * hourMs })
    clock.set(1_025 * hourMs)
    expect([gate.slots(clock.now(), 'write'), budget.admission(clock.now()).upTo]).toEqual([1, 2])
    expect(budget.now()).toMatchObject({ used: 20, open: 'all', countedBy: 'patchbay' })
  })
})
