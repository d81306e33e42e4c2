import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lease } from '#main/queue/queue.ts'
import { recordOutcome, type Outcome } from '#main/outcomes/record.ts'
import { cancelDelivery, orderReplay } from '#main/outcomes/replay.ts'
import { saveRoute } from '#main/store/configuration.ts'
import { findLink } from '#main/store/links.ts'
import type { Store } from '#main/store/store.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { DeliveryId, RouteId } from '#shared/domain/ids.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { connectionId, leasedDelivery, queuedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

const account = { system: 'salesforce', entity: 'Account', id: '1' } as const
const company = { system: 'connectwise', entity: 'company', id: '12' } as const

const pair = {
  salesforce: { entity: 'Account', id: '1', version: 'v1', synced: { Name: 'Acme' } },
  connectwise: { entity: 'company', id: '12', version: 'w1', synced: { name: 'Acme' } },
}

const created: Outcome = {
  kind: 'delivered',
  result: 'created',
  note: 'ConnectWise company 12 was created.',
  destination: company,
  link: pair,
  written: { ref: company, version: 'w1' },
}

function deadWith(sentence: string): Outcome {
  const failure: Failure = { class: 'permanent', stage: 'deliver', code: 'X', sentence }
  return { kind: 'failed', failure, next: { state: 'dead', availableAt: 0, counts: true, exhausted: null } }
}

function stateOf(id: DeliveryId): unknown {
  return store.read((tx) => tx.get('select state, result, replayed_by from deliveries where id = ?', id))
}

function eventState(id: number): unknown {
  return store.read((tx) => tx.get<{ state: string }>('select state from events where id = ?', id)?.state)
}

describe('an outcome', () => {
  it('writes state, link, ledger and the release of the lease together', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    expect(await store.write((tx) => recordOutcome(tx, held, eventId, created, null, 5))).toBe(true)
    expect(stateOf(held.deliveryId)).toMatchObject({ state: 'delivered', result: 'created' })
    expect(eventState(eventId)).toBe('delivered')
    expect(store.read((tx) => findLink(tx, company))?.salesforce.id).toBe('1')
    expect(store.read((tx) => tx.all('select record_id, version from writes'))).toEqual([
      { record_id: '12', version: 'w1' },
    ])
  })

  it('is dropped whole when the lease was lost', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    const stale = { ...held, token: 'somebody-else' }
    expect(await store.write((tx) => recordOutcome(tx, stale, eventId, created, null, 5))).toBe(false)
    expect(stateOf(held.deliveryId)).toMatchObject({ state: 'leased' })
    expect(store.read((tx) => tx.all('select * from writes'))).toEqual([])
  })

  it('lets the next of the lane go, and only then', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    const next = await queuedDelivery(store, 'b')
    const order = { token: 't', until: 100 }
    expect(await store.write((tx) => lease(tx, connectionId, 5, 10, order))).toEqual([])
    await store.write((tx) => recordOutcome(tx, held, eventId, deadWith('No.'), null, 5))
    const taken = await store.write((tx) => lease(tx, connectionId, 5, 10, order))
    expect(taken.map((one) => one.deliveryId)).toEqual([next.deliveryId])
  })

  it('brings the twin lane of a new pair into one', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    const twin = await queuedDelivery(store, 'b', 'connectwise:company:12')
    await store.write((tx) => recordOutcome(tx, held, eventId, created, null, 5))
    expect(store.read((tx) => tx.get('select lane, head from deliveries where id = ?', twin.deliveryId))).toEqual({
      lane: 'salesforce:Account:1',
      head: 1,
    })
  })

  it('refuses to join a record to a second partner', async () => {
    const first = await leasedDelivery(store, 'a')
    await store.write((tx) => recordOutcome(tx, first.lease, first.eventId, created, null, 5))
    const second = await leasedDelivery(store, 'b')
    const other = { ...created, link: { ...pair, connectwise: { ...pair.connectwise, id: '13' } } }
    await expect(store.write((tx) => recordOutcome(tx, second.lease, second.eventId, other, null, 6))).rejects.toThrow(
      'linked',
    )
    expect(store.read((tx) => findLink(tx, account))?.connectwise.id).toBe('12')
  })
})

const by = { who: 'api', at: 9 }

describe('a replay', () => {
  beforeEach(() => store.write((tx) => saveRoute(tx, { ...accountRoute, id: 'account-to-company' as RouteId })))

  it('makes a new delivery with a new key and leaves the old one as it was', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    await store.write((tx) => recordOutcome(tx, held, eventId, deadWith('No.'), null, 5))
    expect(eventState(eventId)).toBe('dead')
    const order = { deliveryIds: [held.deliveryId], mode: 'current', note: '' } as const
    const receipt = await store.write((tx) => orderReplay(tx, { ...order, deliveryIds: [...order.deliveryIds] }, by))
    const [id] = receipt.deliveryIds
    expect(stateOf(held.deliveryId)).toMatchObject({ state: 'dead', replayed_by: id })
    expect(eventState(eventId)).toBe('open')
    const keys = store.read((tx) => tx.all<{ idempotency_key: string }>('select idempotency_key from deliveries'))
    expect(new Set(keys.map((row) => row.idempotency_key)).size).toBe(2)
  })

  it('is refused, with the reason, for what is still on its way, was replayed before or is not there', async () => {
    const dead = await leasedDelivery(store, 'b', 'salesforce:Account:2')
    const { deliveryId } = await queuedDelivery(store, 'a')
    await store.write((tx) => recordOutcome(tx, dead.lease, dead.eventId, deadWith('No.'), null, 5))
    const id = dead.lease.deliveryId
    await store.write((tx) => orderReplay(tx, { deliveryIds: [id], mode: 'current', note: '' }, by))
    const again = await store.write((tx) =>
      orderReplay(tx, { deliveryIds: [deliveryId, id, 999 as DeliveryId], mode: 'current', note: '' }, by),
    )
    expect(again.deliveryIds).toEqual([])
    expect(new Set(again.refused.map((one) => one.deliveryId))).toEqual(new Set([deliveryId, id, 999]))
  })
})

it('a cancelled delivery says why, and one that is being sent is not cancelled', async () => {
  const { deliveryId, eventId } = await queuedDelivery(store, 'a')
  expect(await store.write((tx) => cancelDelivery(tx, deliveryId, 'not wanted', 7))).toBeNull()
  expect(eventState(eventId)).toBe('cancelled')
  const held = await leasedDelivery(store, 'b')
  expect(await store.write((tx) => cancelDelivery(tx, held.lease.deliveryId, 'x', 7))).toBe('busy-or-ended')
  expect(await store.write((tx) => cancelDelivery(tx, 999 as DeliveryId, 'x', 7))).toBe('not-found')
})
