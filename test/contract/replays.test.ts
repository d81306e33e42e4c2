import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { saveConnection, saveMapping, saveRoute } from '#main/store/configuration.ts'
import type { Contract } from '#shared/contract/contract.ts'
import type { DeliveryId, EventId, ReplayId, RouteId } from '#shared/domain/ids.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'
import { accountRoute, accounts, connectwise } from './documents.ts'
import { insertAttempt, insertDelivery, insertEvent, refusal } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'
import { until } from '#test/support/until.ts'

describe.each(transports)('replays over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, async (opened) => {
    ;({ workspaces, call } = opened)
    await workspaces.live.store.write((tx) => {
      saveConnection(tx, connectwise)
      saveMapping(tx, accounts, { author: 'ada', note: '', at: 1 })
      saveRoute(tx, accountRoute)
    })
    workspaces.live.configuration.reload()
  })

  const add = (many: number, values: Parameters<typeof insertDelivery>[2] = {}): Promise<DeliveryId[]> =>
    workspaces.live.store.write((tx) =>
      Array.from({ length: many }, (_, at) => {
        const id = insertDelivery(tx, insertEvent(tx, { recordId: `001A${at}` }), { failure: refusal, ...values })
        insertAttempt(tx, id)
        return id
      }),
    )

  const eventOf = async (id: DeliveryId | undefined): Promise<EventId> =>
    (await call.deliveries.get({ id: id as DeliveryId })).eventId

  it('plans and replays the events that the list finds with a filter, as of one moment', async () => {
    const [first] = await add(3)
    const eventId = await eventOf(first)
    await workspaces.live.store.write((tx) =>
      tx.run('update events set received_at = ? where id = ?', Date.now() - 60_000, eventId),
    )
    const eventFilter = parseFilter('since:2h -entity:contact').filter
    const { selection, total } = await call.replays.plan({ eventFilter })
    expect(total).toBe(1)
    expect(selection.eventFilter?.since).toMatch(/^\d{4}-.*Z$/)
    expect((await call.replays.plan({ eventFilter: parseFilter('nowhere').filter })).total).toBe(0)
    const { replayId } = await call.replays.create(selection)
    const items = await until('the replay has collected', async () => {
      const { isCollecting } = await call.replays.get({ id: replayId })
      return isCollecting ? undefined : (await call.replays.items({ id: replayId })).items
    })
    expect(items.map((item) => item.eventId)).toEqual([eventId])
  })

  it('plans what a filter matches, and says what of the named ones can not be replayed', async () => {
    const dead = await add(3)
    const open = await add(1, { state: 'waiting' })
    await add(1, { routeId: 'elsewhere' })
    const plan = await call.replays.plan({ filter: { code: 'MissingObject', recordId: '001A1' } })
    expect(plan).toMatchObject({
      total: 1,
      groups: [{ routeId: 'accounts', entity: 'Account', state: 'dead', count: 1 }],
    })
    expect(dead).toContain(plan.only)
    const named = await call.replays.plan({ deliveryIds: [...dead, ...open, 999_999 as DeliveryId] })
    expect([named.total, named.only]).toEqual([3, null])
    expect(named.refused).toEqual([
      expect.objectContaining({ count: 1, deliveryIds: open, reason: expect.stringMatching(/not ended/u) as string }),
      expect.objectContaining({ count: 1, deliveryIds: [999_999] }),
    ])
    const all = await call.replays.plan({ filter: {}, exclude: dead.slice(0, 1) })
    expect([all.total, all.refused.map((one) => one.reason)]).toEqual([2, ['Its route is not there any more.']])
    const done = await eventOf((await add(1, { state: 'delivered' }))[0])
    const none = await call.replays.plan({ eventIds: [999_999 as EventId, done] })
    expect(none).toMatchObject({
      total: 0,
      refused: [
        { reason: 'There is no such event.', count: 1, eventIds: [999_999] },
        { count: 1, eventIds: [done] },
      ],
    })
  })

  const refusals = [
    {
      state: 'delivered',
      told: /^Event \d+ has nothing that failed: delivery (\d+) was delivered\. .*name delivery \1/u,
    },
    { state: 'skipped', told: /was skipped.*ask for the state skipped/u },
    { state: 'waiting', told: /nothing that failed: delivery \d+ has not ended yet\.$/u },
    { state: 'parked', told: /waits for a person\.$/u },
  ] as const
  it.each(refusals)(
    'names an event that is $state, and says why nothing of it is replayed',
    async ({ state, told }) => {
      const eventId = await eventOf((await add(1, { state }))[0])
      for (const pace of [{}, { rate: 60 }]) {
        const receipt = await call.replays.create({ eventIds: [eventId], ...pace })
        expect(receipt).toMatchObject({ deliveryIds: [], refused: [{ eventId }] })
        expect(receipt.refused[0]?.reason).toMatch(told)
      }
    },
  )

  it('names all that leads to nothing, in one order, and makes the rest', async () => {
    const [dead, away] = [await add(1), await add(1, { routeId: 'elsewhere' })]
    const unmatched = await workspaces.live.store.write((tx) => insertEvent(tx))
    const order = {
      deliveryIds: [...dead, ...away, 999_999 as DeliveryId],
      eventIds: [unmatched, 999_999 as EventId],
      routeId: 'nowhere' as RouteId,
    }
    const { deliveryIds, refused } = await call.replays.create(order)
    expect(deliveryIds).toHaveLength(1)
    expect(refused).toEqual([
      { deliveryId: 999_999, reason: 'There is no delivery 999999.' },
      expect.objectContaining({ eventId: unmatched, reason: expect.stringMatching(/not been routed yet/u) as string }),
      { eventId: 999_999, reason: 'There is no event 999999.' },
      { routeId: 'nowhere', reason: 'There is no route nowhere.' },
      expect.objectContaining({ deliveryId: away[0], reason: 'The route elsewhere is not there any more.' }),
    ])
    const again = await call.replays.create({ deliveryIds: dead, routeId: accountRoute.id, upTo: 0 })
    expect(again.refused).toMatchObject([{ deliveryId: dead[0] }, { routeId: 'accounts' }])
  })

  it('makes a delivered event again for whoever asks for that state, or names the delivery', async () => {
    const [first, second] = await add(2, { state: 'delivered' })
    const eventIds = [await eventOf(first)]
    expect(await call.replays.create({ eventIds, states: ['delivered'] })).toMatchObject({ refused: [] })
    const byName = await call.replays.create({ deliveryIds: [second as DeliveryId] })
    expect([byName.deliveryIds.length, byName.refused]).toEqual([1, []])
    expect((await call.replays.get({ id: byName.replayId })).who).toBe(who)
    const twice = await call.replays.create({ eventIds, states: ['delivered'] })
    expect(twice.refused[0]?.reason).toMatch(
      /nothing that ended as delivered and was not replayed already: delivery \d+/u,
    )
  })

  it('runs what was planned in the background, and tells of each item', async () => {
    await add(3)
    const { selection } = await call.replays.plan({ filter: { entity: 'Account' } })
    const late = await add(1)
    const { replayId } = await call.replays.create({ ...selection, note: 'mended' })
    await until('all are in the queue', async () => (await call.replays.get({ id: replayId })).results.open === 3)
    const replay = await call.replays.get({ id: replayId })
    expect(replay).toMatchObject({
      who,
      note: 'mended',
      total: 3,
      waiting: 0,
      open: 3,
      state: 'running',
      isCollecting: false,
    })
    const first = await call.replays.items({ id: replayId, limit: 2 })
    expect(first.items).toMatchObject([{ result: 'open', record: { id: '001A2' } }, { record: { id: '001A1' } }])
    const rest = await call.replays.items({ id: replayId, limit: 2, after: first.next ?? '' })
    expect([rest.items.length, rest.next]).toEqual([1, null])
    expect((await call.deliveries.get({ id: late[0] as DeliveryId })).replayedBy).toBeNull()
    expect(workspaces.live.auditLog()).toEqual([{ who, action: 'replay' }])
  })

  it('pauses, resumes and cancels, and is told in the audit log', async () => {
    await add(4)
    const undo = await call.replays.undo({ deliveryId: (await add(1))[0] as DeliveryId, rate: 1 })
    await until('it has ended', async () => (await call.replays.get({ id: undo.replayId })).state === 'finished')
    expect((await call.replays.get({ id: undo.replayId })).who).toBe(who)
    expect((await call.replays.items({ id: undo.replayId })).items).toMatchObject([
      { result: 'nothing', sentence: 'It wrote nothing.', madeId: null },
    ])
    const id = await workspaces.live.store.write(
      (tx) =>
        tx.run(`insert into replays (created_at, mode, note, total, state) values (1, 'current', '', 0, 'paused')`)
          .lastInsertRowid as ReplayId,
    )
    await expect(call.replays.pause({ id })).rejects.toThrow('paused already')
    expect(await call.replays.cancel({ id })).toMatchObject({ state: 'cancelled' })
    await expect(call.replays.resume({ id })).rejects.toThrow('not paused')
    await expect(call.replays.cancel({ id })).rejects.toThrow('has ended')
    await expect(call.replays.get({ id: 77 as ReplayId })).rejects.toThrow('no replay 77')
    await expect(call.replays.undo({})).rejects.toThrow('what to undo')
    expect(workspaces.live.auditLog()).toEqual([
      { who, action: 'undo' },
      { who, action: 'cancel-replay' },
    ])
  })

  it('previews nothing while a system can not be asked, and says so', async () => {
    const [id] = await add(1)
    const { items } = await call.replays.preview({ deliveryIds: [id as DeliveryId] })
    expect(items).toMatchObject([{ deliveryId: id, kind: 'unknown', sentence: 'There is no connection salesforce.' }])
  })
})
