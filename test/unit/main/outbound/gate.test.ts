import fc from 'fast-check'
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

const one = 1 as DeliveryId
const other = 2 as DeliveryId

/** A gate that three failed writes of a delivery have closed at 0. */
function gateShutByWrites(): ReturnType<typeof gateWith> {
  const made = gateWith()
  for (let n = 0; n < 3; n += 1) made.gate.failed(failureOf('transient'), 0, 'write', one)
  return made
}

describe('the breaker of a connection', () => {
  it('holds after three failures in a row, then lets one probe through', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('transient'), 0, 'read')
    gate.failed(failureOf('transient'), 0, 'read')
    expect(gate.slots(0, 'write')).toBe(8)
    gate.failed(failureOf('transient'), 0, 'read')
    expect(gate.hold?.state).toBe('down')
    expect(gate.slots(999, 'write')).toBe(0)
    expect(gate.slots(1_000, 'write')).toBe(1)
  })

  it('waits longer after each failed probe and keeps the moment it went down', () => {
    const { gate } = gateWith()
    for (const now of [0, 0, 0, 1_000, 3_000]) gate.failed(failureOf('transient'), now, 'read')
    expect(gate.hold).toMatchObject({ since: 0, until: 3_000 + 5_000 })
  })

  it('takes calls that fail with those that closed it for no further probes', () => {
    const { gate } = gateWith()
    for (let call = 0; call < 16; call += 1) gate.failed(failureOf('transient'), 5, 'read')
    expect(gate.hold?.until).toBe(5 + 1_000)
    gate.failed(failureOf('transient'), 1_005, 'read')
    expect(gate.hold?.until).toBe(1_005 + 2_000)
  })

  it('opens with one call at a time and doubles with each success', () => {
    const { gate, holds } = gateWith()
    for (let n = 0; n < 3; n += 1) gate.failed(failureOf('transient'), 0, 'read')
    const seen = Array.from({ length: 4 }, () => {
      gate.succeeded(1, 'read')
      return gate.slots(1, 'write')
    })
    expect(seen).toEqual([2, 4, 8, 8])
    expect(holds.at(-1)).toBeNull()
  })

  it('holds at once when the sign-in is refused, and until the moment a limit names', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('limited', 77_000), 0, 'read')
    expect([gate.slots(76_999, 'write'), gate.slots(77_000, 'write')]).toEqual([0, 1])
    gate.failed(failureOf('auth'), 80_000, 'read')
    expect(gate.hold?.state).toBe('auth')
  })

  it('keeps to a limit though the answer to an earlier call comes in, and opens by a probe after it', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('limited', 5_000), 0, 'read')
    gate.succeeded(4_999, 'read')
    expect(gate.hold?.state).toBe('limited')
    gate.succeeded(5_000, 'read')
    expect([gate.hold, gate.slots(5_000, 'write')]).toEqual([null, 2])
  })

  it.each(['auth', 'limited'] as const)('held as %s opens after a good test, ramping up', (kind) => {
    const { gate, holds } = gateWith()
    gate.failed(failureOf(kind, 5_000), 0, 'read')
    gate.release()
    expect([gate.hold, gate.slots(10, 'write'), holds.at(-1)]).toEqual([null, 2, null])
  })

  it('spares a delivery its probes while the side is away, and not for ever when the side answers it with a 500', () => {
    const { gate } = gateWith()
    const probe = (id: DeliveryId, status?: number): boolean =>
      gate.failed(
        { ...failureOf('transient'), ...(status === undefined ? {} : { status }) },
        gate.hold?.until ?? 0,
        'write',
        id,
      )
    expect([probe(one, 500), probe(one, 500), probe(one, 500)]).toEqual([false, false, false])
    expect(Array.from({ length: 50 }, () => probe(one))).not.toContain(false)
    expect(Array.from({ length: 50 }, () => probe(one, 503))).not.toContain(false)
    expect(Array.from({ length: 7 }, () => probe(one, 500))).toEqual([true, true, true, true, true, false, false])
    expect([probe(other, 500), probe(one, 500)]).toEqual([true, true])
  })

  it('takes a refused record as a sign of life', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('transient'), 0, 'read')
    gate.failed(failureOf('transient'), 0, 'read')
    gate.failed(failureOf('permanent'), 0, 'read')
    gate.failed(failureOf('transient'), 0, 'read')
    expect(gate.hold).toBeNull()
  })
})

describe('a side that answers questions and takes no writes', () => {
  it('stays held whatever is read there, and waits longer after each failed probe', () => {
    const { gate } = gateShutByWrites()
    for (const probeAt of [1_000, 3_000, 8_000]) {
      gate.succeeded(probeAt, 'read')
      expect([gate.hold?.since, gate.slots(probeAt, 'write')]).toEqual([0, 1])
      expect(gate.failed(failureOf('transient'), probeAt, 'write', other)).toBe(true)
    }
    expect(gate.hold?.until).toBe(8_000 + 10_000)
    gate.succeeded(18_000, 'write')
    expect([gate.hold, gate.slots(18_000, 'write')]).toEqual([null, 2])
  })

  it('is held after three failed writes, however much is read between them', () => {
    const { gate } = gateWith()
    for (let n = 0; n < 3; n += 1) {
      gate.failed(failureOf('unknown'), n, 'write', one)
      gate.succeeded(n, 'read')
    }
    expect(gate.hold?.state).toBe('down')
  })

  it('may be read from by others meanwhile, until that fails as well', () => {
    const { gate, holds } = gateShutByWrites()
    expect([gate.slots(0, 'write'), gate.slots(0, 'read'), gate.holding(0, 'read')]).toEqual([0, 8, null])
    expect(gate.failed(failureOf('transient'), 10, 'read')).toBe(true)
    expect([gate.slots(10, 'read'), gate.slots(1_000, 'read')]).toEqual([0, 1])
    const told = holds.length
    gate.succeeded(1_000, 'read')
    expect([gate.slots(1_000, 'read'), gate.hold?.state, holds.length]).toEqual([8, 'down', told + 1])
    gate.succeeded(1_000, 'read')
    expect(holds).toHaveLength(told + 1)
  })

  it('may be read from again when a limit that a write met has run out', () => {
    const { gate } = gateWith()
    gate.failed(failureOf('limited', 5_000), 0, 'write', one)
    expect([gate.slots(4_999, 'read'), gate.slots(5_000, 'read'), gate.slots(5_000, 'write')]).toEqual([0, 8, 1])
    gate.succeeded(5_000, 'read')
    expect(gate.hold?.state).toBe('limited')
    gate.succeeded(5_000, 'write')
    expect(gate.hold).toBeNull()
  })

  it('lets more in with each good read while it is open, though a write failed since', () => {
    const { gate } = gateShutByWrites()
    gate.succeeded(1_000, 'write')
    gate.failed(failureOf('transient'), 1_000, 'write', one)
    for (let n = 0; n < 2; n += 1) gate.succeeded(1_000, 'read')
    expect(gate.slots(1_000, 'read')).toBe(8)
  })

  it('opens when the deliveries whose writes failed have ended: nothing is left to prove anything by', () => {
    const { gate } = gateShutByWrites()
    gate.failed(failureOf('transient'), 1_000, 'write', other)
    gate.ended(3 as DeliveryId, 3_000)
    gate.ended(one, 3_000)
    expect(gate.hold?.state).toBe('down')
    gate.ended(other, 3_000)
    expect(gate.hold).toBeNull()
  })

  it('proves nothing by a delivery that was given up, unless that alone was at fault', () => {
    const { gate } = gateShutByWrites()
    gate.gaveUp(one, 500)
    expect(gate.hold?.state).toBe('down')
    for (let n = 0; n < 6; n += 1) {
      gate.gaveUp(one, gate.hold?.until ?? 0)
      gate.failed({ ...failureOf('transient'), status: 500 }, gate.hold?.until ?? 0, 'write', one)
    }
    gate.gaveUp(one, gate.hold?.until ?? 0)
    expect(gate.hold).toBeNull()
  })

  it('opens by a good read once nothing but reads has failed, and after a start by any good answer', () => {
    const { gate } = gateShutByWrites()
    gate.failed(failureOf('transient'), 1_000, 'read')
    gate.ended(one, 3_000)
    expect(gate.hold?.state).toBe('down')
    gate.succeeded(3_000, 'read')
    expect(gate.hold).toBeNull()
    const stored: Hold = { state: 'down', since: 0, until: 0, reason: 'It failed.', fix: null }
    const again = new Gate(8, stored, () => {})
    again.succeeded(1, 'read')
    expect(again.hold).toBeNull()
  })
})

describe('what comes in late from before a refusal', () => {
  it.each(['transient', 'unknown'] as const)('%s: leaves a limit and a refused sign-in as they are', (kind) => {
    for (const refusal of [failureOf('limited', 60_000), failureOf('auth')]) {
      const { gate } = gateWith()
      gate.failed(refusal, 0, 'read')
      const { hold } = gate
      for (let n = 0; n < 4; n += 1) expect(gate.failed(failureOf(kind), 10, 'write', one)).toBe(true)
      expect(gate.hold).toBe(hold)
    }
  })

  it('makes no refusal shorter', () => {
    const instants = fc.integer({ min: 0, max: 200_000 })
    const kinds = fc.constantFrom<FailureClass>('transient', 'unknown', 'limited', 'auth')
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, instants, instants)), (failures) => {
        const { gate } = gateWith()
        const inOrder = failures.toSorted(([, a], [, b]) => a - b)
        for (const [kind, now, retryAt] of inOrder) {
          const before = gate.hold
          gate.failed(failureOf(kind, kind === 'limited' ? retryAt : undefined), now, 'read')
          if (before === null || before.state === 'down' || now >= before.until) continue
          expect(gate.hold?.state).not.toBe('down')
          expect(gate.hold?.until).toBeGreaterThanOrEqual(before.until)
        }
      }),
    )
  })

  it('counts the limit that lasts longer', () => {
    const { gate } = gateWith()
    for (const until of [3_600_000, 1_000, 7_200_000]) gate.failed(failureOf('limited', until), 0, 'read')
    expect(gate.hold?.until).toBe(7_200_000)
  })
})

it('takes a record in somebody else’s hands for a sign of life', () => {
  const { gate } = gateWith()
  const busy: Failure = { ...failureOf('transient'), code: 'UNABLE_TO_LOCK_ROW', recordOnly: true }
  for (let n = 0; n < 9; n += 1) expect(gate.failed(busy, n, 'write', one)).toBe(false)
  expect([gate.hold, gate.slots(9, 'write')]).toEqual([null, 8])
  gate.failed(failureOf('transient'), 10, 'write', other)
  gate.failed(failureOf('transient'), 10, 'write', other)
  gate.failed(busy, 10, 'write', one)
  gate.failed(failureOf('transient'), 10, 'write', other)
  expect(gate.hold).toBeNull()
})
