import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { append } from '#main/journal/append.ts'
import { guardLoop, type PlannedWrite } from '#main/outcomes/guards.ts'
import { recordOutcome } from '#main/outcomes/record.ts'
import { enqueue } from '#main/queue/queue.ts'
import { holdKeys, releaseKeys } from '#main/store/held-keys.ts'
import { noteOwnWrite, takeEcho } from '#main/store/own-writes.ts'
import type { Store } from '#main/store/store.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import type { Values } from '#shared/domain/record.ts'
import { arrivalOf } from '#test/support/arrivals.ts'
import { connectionId, leasedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => ({ store, close } = temporaryStore()))
afterEach(() => close())

const account = { system: 'salesforce', entity: 'Account', id: '001000000000001AAA' } as const
const company = { system: 'connectwise', entity: 'company', id: '12' } as const
const receivedAt = 1_700_000_000_000

function received(key: string, fields: Values): Promise<EventId> {
  return store.write((tx) => {
    const [receipt] = append(tx, arrivalOf(key, { fields, ownMark: true }))
    if (receipt === undefined) throw new Error('not stored')
    return receipt.eventId
  })
}

function isEcho(id: EventId, fields: Values): Promise<boolean> {
  return store.write((tx) => takeEcho(tx, { id, ref: account, version: null }, fields))
}

describe('the ledger of our own writes', () => {
  const write = (sent: Values, at = receivedAt - 10) =>
    store.write((tx) => noteOwnWrite(tx, { ref: account, version: null, sent }, 1 as DeliveryId, at))

  it('takes an event for an echo when all it says is what we wrote, once', async () => {
    await write({ Name: 'Acme', Phone: null })
    const fields = { Id: account.id, Name: 'Acme', Phone: '', LastModifiedDate: '2026-01-01' }
    expect(await isEcho(await received('a', fields), fields)).toBe(true)
    expect(await isEcho(await received('b', fields), fields)).toBe(false)
  })

  it('lets a person through who works under our mark', async () => {
    await write({ Name: 'Acme' })
    const other = { Name: 'By a person' }
    expect(await isEcho(await received('a', other), other)).toBe(false)
    // They set it back: the other side has the value in between, so this is news.
    expect(await isEcho(await received('b', { Name: 'Acme' }), { Name: 'Acme' })).toBe(false)
  })

  it('knows an older write by its own values', async () => {
    await write({ Name: 'One' })
    await write({ Name: 'Two' })
    expect(await isEcho(await received('a', { Name: 'One' }), { Name: 'One' })).toBe(true)
    expect(await isEcho(await received('b', { Name: 'Two' }), { Name: 'Two' })).toBe(true)
  })
})

describe('the guard against loops', () => {
  const planned = (value: string, system: 'salesforce' | 'connectwise'): PlannedWrite => ({
    lane: 'salesforce:Account:1',
    source: system === 'salesforce' ? company : account,
    destination: system === 'salesforce' ? account : company,
    values: { [system === 'salesforce' ? 'Name' : 'name']: value },
    ownMark: false,
    before: {},
  })
  async function carry(value: string, system: 'salesforce' | 'connectwise', at: number): Promise<string | null> {
    const write = planned(value, system)
    const stop = store.read((tx) => guardLoop(tx, write, at))
    if (stop !== null) return stop.failure.sentence
    const entry = { ref: write.destination, version: null, sent: write.values }
    await store.write((tx) => noteOwnWrite(tx, entry, 1 as DeliveryId, at))
    return null
  }

  it('stops a pair that sets the same values back and forth, and shows both', async () => {
    const told: (string | null)[] = []
    for (let hop = 0; hop < 12; hop += 1) {
      told.push(await carry(hop % 2 === 0 ? 'A' : 'B', hop % 2 === 0 ? 'salesforce' : 'connectwise', 1_000 + hop))
    }
    expect(told.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => null))
    expect(told[8]).toMatch(/Name \(empty against "A"\)/)
  })

  it('lets people work on both sides, and one side set a value again and again', async () => {
    for (let hop = 0; hop < 30; hop += 1) {
      expect(await carry(`value ${hop}`, hop % 2 === 0 ? 'salesforce' : 'connectwise', 1_000 + hop)).toBeNull()
      expect(await carry(hop % 2 === 0 ? 'on' : 'off', 'connectwise', 100_000_000 + hop)).toBeNull()
    }
  })

  it('forgets what lies before its window', async () => {
    for (let hop = 0; hop < 30; hop += 1) {
      const at = 1_000 + hop * 120_000
      expect(await carry(hop % 2 === 0 ? 'A' : 'B', hop % 2 === 0 ? 'salesforce' : 'connectwise', at)).toBeNull()
    }
  })
})

describe('the guard against writes that our own echoes set off', () => {
  const write: PlannedWrite = {
    lane: 'salesforce:Account:1',
    source: account,
    destination: company,
    values: { name: 'And another' },
    ownMark: true,
    before: { name: 'Another' },
  }
  const stopAt = (at: number, planned = write) => store.read((tx) => guardLoop(tx, planned, at))

  /** A write of a value that was never there before, for an event that bears our mark or does not. */
  async function carry(count: number, ownMark: boolean): Promise<void> {
    await store.write((tx) => {
      const [receipt] = append(tx, arrivalOf(`echo ${ownMark} ${count}`, { ownMark }))
      const delivery = {
        routeId: 'r' as RouteId,
        connectionId,
        lane: write.lane,
        priority: 0,
        mode: 'live',
        createdAt: 1,
      }
      const id = enqueue(tx, {
        ...delivery,
        eventId: receipt?.eventId as EventId,
        idempotencyKey: `${ownMark} ${count}`,
      })
      noteOwnWrite(tx, { ref: company, version: null, sent: { name: `value ${count}` } }, id, 1_000 + count)
    })
  }

  it('stops the eleventh of a pair, whatever the values are, and lets it go on after a release', async () => {
    for (let count = 0; count < 9; count += 1) await carry(count, true)
    for (let count = 0; count < 20; count += 1) await carry(count, false)
    expect(stopAt(2_000)).toBeNull()
    await carry(9, true)
    const stop = stopAt(2_000)
    expect(stop?.failure).toMatchObject({ code: 'PING_PONG' })
    expect(stop?.failure.sentence).toMatch(/has carried 10 values set off by its own writes/u)
    expect(stop?.fields).toEqual([{ field: 'name', salesforce: 'And another', connectwise: 'Another' }])
    expect(stopAt(2_000, { ...write, ownMark: false }), 'a person is not stopped for our echoes').toBeNull()
    expect(stopAt(2_000 + 11 * 60_000), 'outside of the window').toBeNull()
    await store.write((tx) => {
      tx.run('insert into releases (subject, released_at) values (?, ?)', `lane:${write.lane}`, 1_900)
    })
    expect(stopAt(2_000)).toBeNull()
  })
})

describe('held keys', () => {
  it('are had by one delivery at work, all or none, until it lets go', async () => {
    const one = (await leasedDelivery(store, 'a', 'lane a')).lease
    const other = (await leasedDelivery(store, 'b', 'lane b')).lease
    const hold = (id: DeliveryId, ...keys: string[]) => store.write((tx) => holdKeys(tx, id, keys))
    expect(await hold(one.deliveryId, 'key:x', 'key:y')).toBeNull()
    expect(await hold(other.deliveryId, 'key:z', 'key:y')).toBe('key:y')
    expect(await hold(one.deliveryId, 'key:z')).toBeNull()
    await store.write((tx) => releaseKeys(tx, one.deliveryId))
    expect(await hold(other.deliveryId, 'key:z', 'key:y')).toBeNull()
  })

  it('wake who waits for them when the outcome is recorded', async () => {
    const one = await leasedDelivery(store, 'a', 'lane a')
    const other = await leasedDelivery(store, 'b', 'lane b')
    await store.write((tx) => holdKeys(tx, one.lease.deliveryId, ['key:x']))
    const failure = {
      class: 'dependency',
      stage: 'transform',
      code: 'key-held',
      sentence: 's',
      waitsFor: 'key:x',
    } as const
    const next = { state: 'waiting', availableAt: 9_999, counts: false, exhausted: null } as const
    await store.write((tx) =>
      recordOutcome(tx, other.lease, other.eventId, { kind: 'failed', failure, next }, null, 20),
    )
    const dueAt = () =>
      store.read((tx) => tx.get('select available_at as at from deliveries where id = ?', other.lease.deliveryId))
    expect(dueAt()).toEqual({ at: 9_999 })
    await store.write((tx) => recordOutcome(tx, one.lease, one.eventId, { kind: 'skipped', note: 'done' }, null, 30))
    expect(dueAt()).toEqual({ at: 30 })
  })
})
