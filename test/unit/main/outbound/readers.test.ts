import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Gate } from '#main/outbound/gate.ts'
import { Readers } from '#main/outbound/readers.ts'
import type { Failure } from '#shared/domain/failure.ts'
import { HandClock } from '#test/support/hand-clock.ts'

const failure: Failure = { class: 'transient', stage: 'transform', code: 'x', sentence: 'It failed.' }
const { signal } = new AbortController()

function readersOf() {
  const clock = new HandClock(0)
  const gate = new Gate(4, null, () => {})
  const readers = new Readers(gate, clock)
  let inside = 0
  let most = 0
  const enter = async (): Promise<(() => void) | null> => {
    const leave = await readers.enter(signal)
    if (leave === null) return null
    inside += 1
    most = Math.max(most, inside)
    return () => {
      inside -= 1
      leave()
    }
  }
  /** Reads once: enters, is answered in the next turn, and leaves. */
  const read = async (): Promise<boolean> => {
    const leave = await enter()
    await turn()
    if (leave !== null) gate.succeeded(clock.now(), 'read')
    leave?.()
    return leave !== null
  }
  const shut = (): void => {
    for (let n = 0; n < 3; n += 1) gate.failed(failure, clock.now(), 'read')
  }
  return { clock, gate, readers, enter, read, shut, most: () => most }
}

it('asks a side that is back by one, then lets in more with each answer, and never more than the gate does', async () => {
  const { clock, gate, read, shut, most } = readersOf()
  shut()
  expect(await read()).toBe(false)
  clock.set(1_000)
  const probes = await Promise.all(Array.from({ length: 16 }, read))
  expect([probes.filter((isIn) => isIn).length, most(), gate.slots(1_000, 'read')]).toEqual([1, 1, 2])
  const after = await Promise.all(Array.from({ length: 16 }, read))
  expect([after.every((isIn) => isIn), most()]).toEqual([true, 4])
})

it('sends those who wait for a place away when the gate closes', async () => {
  const { enter, shut } = readersOf()
  const inside = await Promise.all(Array.from({ length: 4 }, enter))
  const waiting = [enter(), enter()]
  shut()
  inside[0]?.()
  expect(await Promise.all(waiting)).toEqual([null, null])
})

it('waits no longer than its try lasts', async () => {
  const { enter, readers } = readersOf()
  await Promise.all(Array.from({ length: 4 }, enter))
  const stopped = new AbortController()
  const waiting = readers.enter(stopped.signal)
  stopped.abort()
  expect(await waiting).toBeNull()
})
