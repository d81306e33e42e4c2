import { describe, expect, it } from 'vitest'
import { Gate, type Hold } from '#main/outbound/gate.ts'
import type { Failure, FailureClass } from '#shared/domain/failure.ts'

function failureOf(kind: FailureClass, retryAt?: number): Failure {
  return {
    class: kind,
    stage: 'deliver',
    code: 'x',
    sentence: 'It failed.',
    ...(retryAt === undefined ? {} : { retryAt }),
  }
}

function gateWith(): { gate: Gate; holds: (Hold | null)[] } {
  const holds: (Hold | null)[] = []
  return { gate: new Gate(8, null, (hold) => holds.push(hold)), holds }
}

describe('the breaker of a connection', () => {
  it('holds after three failures in a row, then lets one probe through', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('transient'), 0)
    gate.failed(failureOf('transient'), 0)
    expect(gate.slots(0)).toBe(8)
    gate.failed(failureOf('transient'), 0)
    expect(gate.hold?.state).toBe('down')
    expect(gate.slots(999)).toBe(0)
    expect(gate.slots(1_000)).toBe(1)
  })

  it('waits longer after each failed probe and keeps the moment it went down', () => {
    const { gate } = gateWith()
    for (const now of [0, 0, 0, 1_000, 3_000]) gate.failed(failureOf('transient'), now)
    expect(gate.hold).toMatchObject({ since: 0, until: 3_000 + 5_000 })
  })

  it('opens with one call at a time and doubles with each success', () => {
    const { gate, holds } = gateWith()
    for (let n = 0; n < 3; n += 1) gate.failed(failureOf('transient'), 0)
    const seen = Array.from({ length: 4 }, () => {
      gate.succeeded()
      return gate.slots(1)
    })
    expect(seen).toEqual([2, 4, 8, 8])
    expect(holds.at(-1)).toBeNull()
  })

  it('holds at once when the sign-in is refused, and until the moment a limit names', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('limited', 77_000), 0)
    expect([gate.slots(76_999), gate.slots(77_000)]).toEqual([0, 1])
    gate.failed(failureOf('auth'), 80_000)
    expect(gate.hold?.state).toBe('auth')
  })

  it('takes a refused record as a sign of life', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('transient'), 0)
    gate.failed(failureOf('transient'), 0)
    gate.failed(failureOf('permanent'), 0)
    gate.failed(failureOf('transient'), 0)
    expect(gate.hold).toBeNull()
  })
})
