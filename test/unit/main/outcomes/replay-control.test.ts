import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { cancelReplay, pauseReplay, takeBackLeases } from '#main/outcomes/replay-control.ts'
import { orderReplay } from '#main/outcomes/replay.ts'
import { lease, type Lease } from '#main/queue/queue.ts'
import { saveRoute } from '#main/store/configuration.ts'
import { holdKeys } from '#main/store/held-keys.ts'
import type { Store } from '#main/store/store.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId, ReplayId, RouteId } from '#shared/domain/ids.ts'
import { replayRequest } from '#shared/domain/replay.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { connectionId, leasedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  await store.write((tx) => saveRoute(tx, { ...accountRoute, id: 'account-to-company' as RouteId }))
})
afterEach(() => close())

const failure: Failure = { class: 'permanent', stage: 'deliver', code: 'X', sentence: 'No.' }

function failing(state: 'dead' | 'waiting', waitsFor?: string): Outcome {
  const told = waitsFor === undefined ? failure : { ...failure, class: 'dependency' as const, waitsFor }
  const next = { state, availableAt: 900_000, counts: waitsFor === undefined, exhausted: null }
  return { kind: 'failed', failure: told, next }
}

/** A replay whose delivery is in work. */
async function replayInWork(): Promise<{ readonly replayId: ReplayId; readonly held: Lease }> {
  const dead = await leasedDelivery(store, 'a')
  await store.write((tx) => recordOutcome(tx, dead.lease, dead.eventId, failing('dead'), null, 5))
  const order = replayRequest.parse({ deliveryIds: [dead.lease.deliveryId] })
  const { replayId } = await store.write((tx) => orderReplay(tx, order, { who: 'api', at: 6 }))
  const [held] = await store.write((tx) => lease(tx, connectionId, 1, 10, { token: 'mine', until: 1_000 }))
  if (held === undefined) throw new Error('nothing to lease')
  return { replayId, held }
}

const rowOf = (id: DeliveryId) =>
  store.read((tx) =>
    tx.get<{ state: string; note: string | null; available_at: number }>(
      'select state, note, available_at from deliveries where id = ?',
      id,
    ),
  )

describe('a cancelled replay', () => {
  it('does not go on after a crash that cut its delivery short', async () => {
    const { replayId, held } = await replayInWork()
    await store.write((tx) => tx.run(`update deliveries set intent = '{}' where id = ?`, held.deliveryId))
    expect(await store.write((tx) => cancelReplay(tx, replayId, 20))).toBeNull()
    expect(rowOf(held.deliveryId)?.state, 'it is on the wire').toBe('leased')
    await store.write((tx) => takeBackLeases(tx, Number.MAX_SAFE_INTEGER, 30))
    expect(rowOf(held.deliveryId)).toMatchObject({ state: 'cancelled' })
    expect(rowOf(held.deliveryId)?.note).toMatch(/with its replay/u)
  })

  it.each([
    ['paused', pauseReplay],
    ['cancelled', cancelReplay],
  ] as const)('lets whoever waits for a key that its delivery held go on when it is %s', async (_what, stop) => {
    const { replayId, held } = await replayInWork()
    const other = await leasedDelivery(store, 'b', 'salesforce:Account:2')
    await store.write((tx) => holdKeys(tx, held.deliveryId, ['key:acme']))
    const waiting = failing('waiting', 'key:acme')
    await store.write((tx) => recordOutcome(tx, other.lease, other.eventId, waiting, null, 12))
    expect(rowOf(other.lease.deliveryId)?.available_at).toBe(900_000)
    expect(await store.write((tx) => stop(tx, replayId, 20))).toBeNull()
    expect(rowOf(other.lease.deliveryId)?.available_at).toBe(20)
  })
})
