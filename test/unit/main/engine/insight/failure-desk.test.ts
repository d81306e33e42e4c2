import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '#main/base/clock.ts'
import { FailureDesk } from '#main/engine/insight/failure-desk.ts'
import { refreshEvent } from '#main/outcomes/event-state.ts'
import { releaseParked } from '#main/outcomes/resolve.ts'
import type { FailureQuery } from '#main/store/read/failure-lists.ts'
import { readPageToken } from '#main/store/read/page-token.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import { Store } from '#main/store/store.ts'
import type { FailureGroup, FailureGroupKey } from '#shared/domain/failure-group.ts'
import type { DeliveryId, EventId, RouteId } from '#shared/domain/ids.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const hour = 3_600_000
const now = 500_000 * hour + 1_000
const clock: Clock = { now: () => now, monotonic: () => 0 }
const folder = temporaryFolder()
let store: Store
let reader: Reader
let desk: FailureDesk
let count = 0

beforeEach(() => {
  store = new Store(join(folder.path, `${++count}.db`))
  reader = openReader(store.file)
  desk = new FailureDesk(store, clock)
})
afterEach(async () => {
  await reader.close()
  await store.close()
})

const picklist = {
  class: 'permanent',
  code: 'PICKLIST',
  field: 'Rating',
  sentence: 'Gold is not there.',
  fix: 'Add it.',
}
const noField = { class: 'permanent', code: 'PICKLIST', sentence: 'Something is not there.' }
const key: FailureGroupKey = { routeId: 'a' as RouteId, class: 'permanent', code: 'PICKLIST', field: 'Rating' }

function die(failure: object, hoursAgo: number, values: { routeId?: string; title?: string } = {}) {
  return store.write((tx) => {
    const eventId = insertEvent(tx, { state: 'dead', title: values.title ?? null })
    const id = insertDelivery(tx, eventId, { failure, routeId: values.routeId ?? 'a' })
    tx.run('update deliveries set ended_at = ?, note = ? where id = ?', now - hoursAgo * hour, 'It failed.', id)
    refreshEvent(tx, eventId, now)
    return { id, eventId }
  })
}

const groups = async (hours = 4, state?: FailureGroup['state']) =>
  (await reader.read('failureGroups', { now, hours, state })).groups
const states = () =>
  store.read((tx) => tx.all<{ state: string }>('select state from deliveries order by id')).map((row) => row.state)
const eventStateOf = (id: EventId) => store.read((tx) => tx.get('select state, note from events where id = ?', id))

describe('groups of failures', () => {
  it('hold what failed on the same route in the same way, with when, an example and how often in each hour', async () => {
    const first = await die(picklist, 30)
    await die({ ...picklist, sentence: 'Silver is not there.' }, 1)
    await die({ ...picklist, sentence: 'Bronze is not there.' }, 0)
    await die(noField, 2)
    await die(picklist, 3, { routeId: 'b' })
    const [one, ...others] = await groups()
    expect(one).toEqual({
      ...key,
      state: 'open',
      open: 3,
      total: 3,
      givenUp: 0,
      firstAt: now - 30 * hour,
      lastAt: now,
      settledAt: null,
      isBack: false,
      newest: expect.objectContaining({
        id: 3,
        state: 'dead',
        failure: { ...picklist, sentence: 'Bronze is not there.' },
      }) as unknown,
      sentence: 'Bronze is not there.',
      fix: 'Add it.',
      eventIds: [first.eventId + 2, first.eventId + 1, first.eventId],
      hourly: [0, 0, 1, 1],
    })
    expect(others.map(({ routeId, field, hourly, fix }) => ({ routeId, field, hourly, fix }))).toEqual([
      { routeId: 'a', field: null, hourly: [0, 1, 0, 0], fix: null },
      { routeId: 'b', field: 'Rating', hourly: [1, 0, 0, 0], fix: 'Add it.' },
    ])
  })

  it('are resolved once all were replayed or given up, and open again when it happens again', async () => {
    const one = await die(picklist, 2)
    const other = await die(picklist, 1)
    await store.write((tx) => tx.run('update deliveries set replayed_by = id where id = ?', one.id))
    expect(await groups()).toMatchObject([{ state: 'open', open: 1, total: 2, eventIds: [other.eventId] }])
    await desk.discard({ group: key, reason: 'old' }, 'ada')
    expect(await groups()).toMatchObject([{ state: 'resolved', open: 0, total: 2 }])
    expect([await groups(4, 'open'), (await groups(4, 'resolved')).length]).toEqual([[], 1])
    await die(picklist, 0)
    expect(await groups()).toMatchObject([{ state: 'open', open: 1, total: 3, lastAt: now }])
  })

  it('say when they were settled, and that they are back once all that was settled before failed again', async () => {
    const [one, other] = [await die(picklist, 3), await die(picklist, 2)]
    const at = async () => (await groups()).map(({ settledAt, isBack, givenUp }) => ({ settledAt, isBack, givenUp }))
    const replay = await store.write((tx) => {
      const id = insertDelivery(tx, one.eventId, { state: 'delivered' })
      tx.run('update deliveries set created_at = ? where id = ?', now - hour, id)
      tx.run('update deliveries set replayed_by = ? where id = ?', id, one.id)
      return id
    })
    expect(await at(), 'one of two was replayed').toEqual([{ settledAt: now - hour, isBack: false, givenUp: 0 }])
    await store.write((tx) => tx.run('update deliveries set replayed_by = ? where id = ?', replay, other.id))
    expect(await at()).toEqual([{ settledAt: now - hour, isBack: false, givenUp: 0 }])
    await die(picklist, 0)
    expect(await at()).toEqual([{ settledAt: now - hour, isBack: true, givenUp: 0 }])
    await desk.discard({ group: key, reason: 'x' }, 'ada')
    expect(await at()).toEqual([{ settledAt: now, isBack: false, givenUp: 1 }])
  })

  it('leave out a failure that cannot be read', async () => {
    const { id } = await die(picklist, 1)
    await store.write((tx) => tx.run(`update deliveries set failure = '{' where id = ?`, id))
    expect(await groups()).toEqual([])
  })
})

describe('the list of failures', () => {
  const list = async (query: Partial<FailureQuery>) =>
    (
      await reader.read('listFailures', { state: 'open', before: Number.MAX_SAFE_INTEGER, limit: 100, ...query })
    ).items.map(({ id }) => id)

  it('pages through a group by when its members failed, and leaves out what was settled', async () => {
    const early = await die(picklist, 1)
    const late = await die(picklist, 0)
    const older = await die(picklist, 40)
    const twin = await die(picklist, 1)
    await die(noField, 0)
    const settled = await die(picklist, 0)
    await store.write((tx) => tx.run('update deliveries set replayed_by = ? where id = ?', late.id, settled.id))
    const seen: number[] = []
    let before = Number.MAX_SAFE_INTEGER
    for (let pages = 1; pages <= 4; pages += 1) {
      const page = await reader.read('listFailures', { state: 'open', groups: [key], before, limit: 1 })
      seen.push(...page.items.map(({ id }) => id))
      expect(page.next === null).toBe(pages === 4)
      before = readPageToken(page.next ?? undefined) ?? 0
    }
    expect(seen).toEqual([late.id, twin.id, early.id, older.id])
    expect(await list({ state: 'settled', groups: [key] })).toEqual([settled.id])
  })

  it('finds by words, code, class and route, across groups', async () => {
    const acme = await die(picklist, 1, { title: 'Acme 100%' })
    const zeta = await die(noField, 1, { title: 'Zeta', routeId: 'b' })
    expect(await list({ text: 'acme' })).toEqual([acme.id])
    expect(await list({ text: '100%' })).toEqual([acme.id])
    expect(await list({ text: '"is not there" something' })).toEqual([zeta.id])
    expect(await list({ code: 'PICKLIST' })).toEqual([zeta.id, acme.id])
    expect(await list({ routeId: 'b' as RouteId, class: 'permanent' })).toEqual([zeta.id])
    expect(await list({ groups: [key], text: 'zeta' })).toEqual([])
  })
})

describe('what is held', () => {
  const parent = { class: 'dependency', code: 'parent-not-linked', sentence: 'It waits for company 12.' }
  const massDelete = { class: 'permanent', code: 'MASS_DELETE', sentence: 'More than 1 record was deleted.' }
  function hold(
    state: 'parked' | 'waiting',
    failure: object,
    change: { routeId?: string; waitsFor?: string; sourceId?: string } = {},
  ) {
    return store.write((tx) => {
      const eventId = insertEvent(tx, { sourceId: change.sourceId ?? 'salesforce' })
      const id = insertDelivery(tx, eventId, { state, failure, routeId: change.routeId ?? 'a' })
      tx.run(
        'update deliveries set created_at = ?, waits_for = ? where id = ?',
        now - 2 * hour,
        change.waitsFor ?? null,
        id,
      )
      return id
    })
  }

  it('is told by reason: a record waited for across routes, a mass deletion for each source, all else by route', async () => {
    const first = await hold('waiting', parent, { waitsFor: 'salesforce:Account:12' })
    await hold('waiting', parent, { waitsFor: 'salesforce:Account:12', routeId: 'b' })
    await hold('waiting', parent, { waitsFor: 'salesforce:Account:13' })
    await hold('parked', massDelete)
    await hold('parked', massDelete, { routeId: 'b' })
    const elsewhere = await hold('parked', massDelete, { sourceId: 'connectwise' })
    await hold('parked', picklist)
    const told = (await reader.read('heldGroups', { waitingSince: now })).map(({ state, count, criteria, oldest }) => [
      state,
      count,
      criteria,
      oldest.id,
    ])
    expect(told).toEqual([
      ['parked', 2, { class: 'permanent', code: 'MASS_DELETE' }, 4],
      ['parked', 1, { class: 'permanent', code: 'MASS_DELETE' }, elsewhere],
      ['parked', 1, { groups: [key] }, 7],
      ['waiting', 2, { waitsFor: 'salesforce:Account:12' }, first],
      ['waiting', 1, { waitsFor: 'salesforce:Account:13' }, 3],
    ])
    const { items } = await reader.read('listFailures', {
      state: 'waiting',
      waitsFor: 'salesforce:Account:12',
      before: 99,
      limit: 9,
    })
    expect(items.map(({ id }) => id)).toEqual([2, 1])
  })

  it('is released as the dry run says: one alone, a mass deletion with all of its source', async () => {
    const alone = await hold('parked', picklist)
    const ended = await hold('waiting', parent)
    const mass = [await hold('parked', massDelete), await hold('parked', massDelete, { routeId: 'b' })]
    const elsewhere = await hold('parked', massDelete, { sourceId: 'connectwise' })
    const told = [alone, ended, ...mass, elsewhere].map((id) => reader.read('releasedWith', id))
    expect(await Promise.all(told)).toEqual([1, 0, 2, 2, 1])
    const order = { who: 'jo', at: now }
    expect(await store.write((tx) => releaseParked(tx, mass[0] as DeliveryId, order))).toBe(2)
  })

  it('waits for long only from a time on', async () => {
    await hold('waiting', parent, { waitsFor: 'salesforce:Account:12' })
    expect(await reader.read('heldGroups', { waitingSince: now - 3 * hour })).toEqual([])
  })
})

describe('a discard', () => {
  it('gives up a whole group with a reason, and nothing beside it', async () => {
    const { eventId } = await die(picklist, 1)
    await die(noField, 1)
    await die(picklist, 1, { routeId: 'b' })
    const done = await desk.discard({ group: key, reason: 'Not wanted' }, 'ada')
    expect(done).toMatchObject({ ok: true, value: { discarded: 1 } })
    expect(states()).toEqual(['cancelled', 'dead', 'dead'])
    expect(eventStateOf(eventId)).toEqual({ state: 'cancelled', note: 'Discarded by ada: Not wanted' })
    await desk.discard({ group: { ...key, field: null }, reason: 'x' }, 'ada')
    expect(states()).toEqual(['cancelled', 'cancelled', 'dead'])
  })

  it('gives up what a filter finds, in more steps than one, and takes all of it back', async () => {
    const many = 1_203
    await store.write((tx) => {
      for (let index = 0; index < many; index += 1) {
        const eventId = insertEvent(tx, { state: 'dead', title: index % 3 === 0 ? 'Acme' : 'Zeta' })
        insertDelivery(tx, eventId, { failure: picklist })
      }
      tx.run(`update deliveries set note = 'It failed.'`)
    })
    const done = await desk.discard({ filter: { text: 'acme' }, reason: 'x' }, 'ada')
    expect(done).toMatchObject({ ok: true, value: { discarded: 401 } })
    expect(states().filter((state) => state === 'cancelled')).toHaveLength(401)
    const { discardId } = done.ok ? done.value : { discardId: 0 }
    expect(await desk.restore({ discardId }, 'ada')).toEqual({ ok: true, value: { restored: 401, kept: 0 } })
    expect(new Set(states())).toEqual(new Set(['dead']))
    expect(eventStateOf(1 as EventId)).toEqual({ state: 'dead', note: 'It failed.' })
    expect(await desk.restore({ discardId }, 'ada')).toEqual({ ok: true, value: { restored: 0, kept: 0 } })
  })

  it('gives up named ones, or what a search among failures finds, save what is left out', async () => {
    const [one, two, three, four] = [
      await die(picklist, 1, { title: 'Acme' }),
      await die(picklist, 1, { title: 'Acme' }),
      await die(noField, 1),
      await die(picklist, 1, { routeId: 'b' }),
    ]
    await desk.discard({ deliveryIds: [one.id], reason: 'x' }, 'ada')
    expect(states()).toEqual(['cancelled', 'dead', 'dead', 'dead'])
    await desk.discard({ failures: { groups: [key, { ...key, field: null }] }, exclude: [two.id], reason: 'x' }, 'ada')
    expect(states()).toEqual(['cancelled', 'dead', 'cancelled', 'dead'])
    await desk.discard({ failures: { routeId: 'a' as RouteId, text: 'acme gold' }, reason: 'y' }, 'ada')
    expect(states()).toEqual(['cancelled', 'cancelled', 'cancelled', 'dead'])
    const { items } = await reader.read('listDiscards', { before: 99, limit: 2 })
    expect(items).toEqual([
      { id: 3, at: now, who: 'ada', reason: 'y', count: 1 },
      { id: 2, at: now, who: 'ada', reason: 'x', count: 1 },
    ])
    const discarded = await reader.read('listFailures', { state: 'settled', discardId: 2, before: 99, limit: 9 })
    expect(discarded.items.map(({ id }) => id)).toEqual([three.id])
    expect(four.id).toBe(4)
  })

  it('can be taken back for one delivery; one that was replayed meanwhile stays', async () => {
    const [one, two, three] = [await die(picklist, 1), await die(picklist, 1), await die(picklist, 1)]
    const done = await desk.discard({ group: key, reason: 'x' }, 'ada')
    const { discardId } = done.ok ? done.value : { discardId: 0 }
    expect(await desk.restore({ deliveryId: one.id }, 'ada')).toEqual({ ok: true, value: { restored: 1, kept: 0 } })
    expect(await desk.restore({ deliveryId: one.id }, 'ada')).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    await store.write((tx) => tx.run('update deliveries set replayed_by = ? where id = ?', one.id, two.id))
    expect(await desk.restore({ discardId }, 'ada')).toEqual({ ok: true, value: { restored: 1, kept: 1 } })
    expect(states()).toEqual(['dead', 'cancelled', 'dead'])
    expect(three.id).toBe(3)
  })

  it('leaves alone what was replayed or has not died', async () => {
    await store.write((tx) => {
      const eventId = insertEvent(tx)
      for (const state of ['waiting', 'delivered', 'dead'] as const)
        insertDelivery(tx, eventId, { state, failure: picklist })
      tx.run('update deliveries set replayed_by = 1 where id = 3')
    })
    expect(await desk.discard({ filter: {}, reason: 'x' }, 'ada')).toMatchObject({ ok: true, value: { discarded: 0 } })
    expect(states()).toEqual(['waiting', 'delivered', 'dead'])
  })

  it.each([[{ reason: 'x' }], [{ reason: 'x', group: key, filter: {} }]])(
    'wants one thing to give up: %j',
    async (order) => {
      expect(await desk.discard(order, 'ada')).toMatchObject({ ok: false, code: 'INVALID' })
    },
  )

  it('says when there is nothing to take back', async () => {
    expect(await desk.restore({ discardId: 9 }, 'ada')).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect(await desk.restore({ deliveryId: 9 as DeliveryId }, 'ada')).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect(await desk.restore({}, 'ada')).toMatchObject({ ok: false, code: 'INVALID' })
  })
})
