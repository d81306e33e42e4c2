import { describe, expect, it } from 'vitest'
import { Gate, type Hold } from '#main/outbound/gate.ts'
import type { Failure, FailureClass } from '#shared/domain/failure.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'

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

  it('takes calls that fail with those that closed it for no further probes', () => {
    const { gate } = gateWith()
    for (let call = 0; call < 16; call += 1) gate.failed(failureOf('transient'), 5)
    expect(gate.hold?.until).toBe(5 + 1_000)
    gate.failed(failureOf('transient'), 1_005)
    expect(gate.hold?.until).toBe(1_005 + 2_000)
  })

  it('opens with one call at a time and doubles with each success', () => {
    const { gate, holds } = gateWith()
    for (let n = 0; n < 3; n += 1) gate.failed(failureOf('transient'), 0)
    const seen = Array.from({ length: 4 }, () => {
      gate.succeeded(1)
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

  it('keeps to a limit though the answer to an earlier call comes in, and opens by a probe after it', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('limited', 5_000), 0)
    gate.succeeded(4_999)
    expect(gate.hold?.state).toBe('limited')
    gate.succeeded(5_000)
    expect([gate.hold, gate.slots(5_000)]).toEqual([null, 2])
  })

  it.each(['auth', 'limited'] as const)('held as %s opens after a good test, ramping up', (kind) => {
    const { gate, holds } = gateWith()
    gate.failed(failureOf(kind, 5_000), 0)
    gate.release(10)
    expect([gate.hold, gate.slots(10), holds.at(-1)]).toEqual([null, 2, null])
  })

  it('spares a delivery its probes while the side is away, and not for ever when the side answers it with a 500', () => {
    const one = 1 as DeliveryId
    const other = 2 as DeliveryId
    const { gate } = gateWith()
    const probe = (id: DeliveryId, status?: number): boolean =>
      gate.failed({ ...failureOf('transient'), ...(status === undefined ? {} : { status }) }, gate.hold?.until ?? 0, id)
    expect([probe(one, 500), probe(one, 500), probe(one, 500)]).toEqual([false, false, false])
    expect(Array.from({ length: 50 }, () => probe(one))).not.toContain(false)
    expect(Array.from({ length: 50 }, () => probe(one, 503))).not.toContain(false)
    expect(Array.from({ length: 7 }, () => probe(one, 500))).toEqual([true, true, true, true, true, false, false])
    expect([probe(other, 500), probe(one, 500)]).toEqual([true, true])
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
