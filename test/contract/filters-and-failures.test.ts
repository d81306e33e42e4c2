import { ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import type { Contract } from '#shared/contract/contract.ts'
import type { DeliveryState } from '#shared/domain/delivery.ts'
import type { DeliveryId, RouteId } from '#shared/domain/ids.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'
import { insertDelivery, insertEvent, refusal } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'

describe.each(transports)('filters and failures over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, (opened) => ({ workspaces, call } = opened))

  const refused = async (work: Promise<unknown>) => {
    const thrown: unknown = await work.catch((error: unknown) => error)
    return thrown instanceof ORPCError ? { code: thrown.code as string, message: thrown.message } : thrown
  }
  const addDead = (title: string, routeId = 'accounts') =>
    workspaces.live.store.write((tx) => {
      const eventId = insertEvent(tx, { state: 'dead', title })
      const deliveryId = insertDelivery(tx, eventId, { failure: refusal, routeId })
      tx.run('update events set received_at = ? where id = ?', Date.now(), eventId)
      tx.run('update deliveries set ended_at = ? where id = ?', Date.now(), deliveryId)
      return { eventId, deliveryId }
    })

  it('lists what a typed filter asks for', async () => {
    const globex = await addDead('Globex')
    const zeta = await addDead('Zeta', 'contacts')
    const other = await workspaces.live.store.write((tx) => insertEvent(tx, { title: 'Globex', state: 'open' }))
    const list = async (typed: string) => {
      const { filter, problems } = parseFilter(typed)
      expect(problems).toEqual([])
      return (await call.events.list(filter)).items.map(({ id }) => id)
    }
    expect(await list('globex')).toEqual([other, globex.eventId])
    expect(await list('state:dead -globex')).toEqual([zeta.eventId])
    expect(await list('state:dead state:open')).toEqual([other, zeta.eventId, globex.eventId])
    expect(await list('route:contacts error:missing class:permanent since:2h')).toEqual([zeta.eventId])
    expect(await list('-state:dead -state:cancelled "globex"')).toEqual([other])
    expect(await list('until:2h')).toEqual([other])
    expect((await call.events.list({ state: 'dead' })).items).toHaveLength(2)
  })

  it('counts what a filter finds', async () => {
    await addDead('Globex')
    await addDead('Zeta')
    expect(await call.events.count({})).toEqual({ count: 2, isAll: true })
    expect(await call.events.count(parseFilter('globex').filter)).toEqual({ count: 1, isAll: true })
    expect(await call.events.count(parseFilter('entity:nothing').filter)).toEqual({ count: 0, isAll: true })
  })

  it('says how many deliveries of a selection could be cancelled, and cancels them with a reason', async () => {
    const add = (state: DeliveryState, title: string) =>
      workspaces.live.store.write((tx) => {
        const eventId = insertEvent(tx, { title })
        return { eventId, deliveryId: insertDelivery(tx, eventId, { state }) }
      })
    const waiting = await add('waiting', 'Globex')
    const parked = await add('parked', 'Zeta')
    const leased = await add('leased', 'Globex')
    const ended = await add('delivered', 'Globex')
    const filter = parseFilter('globex').filter
    const eventIds = [parked.eventId, ended.eventId]
    expect(await call.deliveries.cancelMany({ filter, dryRun: true })).toEqual({ cancelled: 1, kept: 0 })
    expect(await call.deliveries.cancelMany({ eventIds, dryRun: true })).toEqual({ cancelled: 1, kept: 0 })
    expect(await refused(call.deliveries.cancelMany({ eventIds }))).toMatchObject({
      code: 'INVALID',
      message: 'Say why.',
    })
    expect(await refused(call.deliveries.cancelMany({ reason: 'x' }))).toMatchObject({ code: 'INVALID' })
    expect(await call.deliveries.cancelMany({ filter, reason: 'By hand' })).toEqual({ cancelled: 1, kept: 0 })
    const stateOf = async (id: DeliveryId) => (await call.deliveries.get({ id })).state
    expect(await stateOf(waiting.deliveryId)).toBe('cancelled')
    expect(await stateOf(parked.deliveryId)).toBe('parked')
    expect(await stateOf(leased.deliveryId)).toBe('leased')
    expect((await call.deliveries.get({ id: waiting.deliveryId })).note).toBe('Cancelled: By hand')
    expect(workspaces.live.auditLog().map((entry) => entry.action)).toEqual(['cancel'])
  })

  it('names the part of a filter that does not fit', async () => {
    expect(await refused(call.events.list({ since: 'soon' }))).toMatchObject({
      code: 'INVALID',
      message: 'since: say 30m, 2h, 7d, 2w or a day such as 2026-11-01',
    })
    expect(await refused(call.events.list({ state: 'ded' as 'dead' }))).toMatchObject({
      code: 'INVALID',
      message: /^state/,
    })
  })

  it('counts events by time and state', async () => {
    await addDead('Globex')
    await workspaces.live.store.write((tx) => insertEvent(tx))
    const { buckets, ...rest } = await call.events.histogram({ hours: 2, buckets: 4 })
    expect(buckets).toEqual([{}, {}, {}, { dead: 1 }])
    expect(rest).toEqual({ from: rest.countedFrom, bucketMs: 1_800_000, countedFrom: expect.any(Number) as number })
    expect((await call.events.histogram({ buckets: 1, not: { text: 'globex' } })).buckets).toEqual([{}])
  })

  it('groups failures, discards a group with a reason and restores it', async () => {
    const { deliveryId } = await addDead('Globex')
    const { groups, more } = await call.failures.groups({})
    const { code, field } = refusal
    const group = { routeId: 'accounts' as RouteId, class: 'permanent' as const, code, field }
    expect(more).toBe(0)
    expect(groups).toMatchObject([{ ...group, state: 'open', open: 1, sentence: refusal.sentence, fix: refusal.fix }])
    expect(groups[0]?.hourly).toHaveLength(24)
    const done = await call.failures.discard({ group, reason: ' Not wanted ' })
    expect(done).toMatchObject({ discarded: 1 })
    expect(await call.deliveries.get({ id: deliveryId })).toMatchObject({
      state: 'cancelled',
      note: `Discarded by ${who}: Not wanted`,
      failure: refusal,
    })
    expect((await call.failures.groups({ state: 'open', hours: 168 })).groups).toEqual([])
    expect(await call.failures.restore({ discardId: done.discardId })).toEqual({ restored: 1, kept: 0 })
    expect(await call.deliveries.get({ id: deliveryId })).toMatchObject({ state: 'dead' })
    expect(await call.failures.discard({ filter: parseFilter('globex').filter, reason: 'x' })).toMatchObject({
      discarded: 1,
    })
    expect(await call.failures.restore({ deliveryId })).toEqual({ restored: 1, kept: 0 })
    expect(workspaces.live.auditLog().map((entry) => entry.action)).toEqual([
      'discard',
      'restore',
      'discard',
      'restore',
    ])
    expect(await refused(call.failures.discard({ reason: 'x' }))).toMatchObject({ code: 'INVALID' })
    expect(await refused(call.failures.restore({ discardId: 99 }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('lists, plans and discards what a search among failures finds', async () => {
    const globex = await addDead('Globex')
    const zeta = await addDead('Zeta', 'contacts')
    const { class: kind, code, field } = refusal
    const group = { routeId: 'contacts' as RouteId, class: kind as 'permanent', code, field }
    const list = async (query: Parameters<typeof call.failures.list>[0]) =>
      (await call.failures.list(query)).items.map(({ id }) => id)
    expect(await list({ text: 'glob' })).toEqual([globex.deliveryId])
    expect(await list({ groups: [group] })).toEqual([zeta.deliveryId])
    expect((await call.failures.groups({})).groups.map(({ newest }) => newest?.id)).toContain(zeta.deliveryId)
    const plan = await call.replays.plan({ failures: { groups: [group] } })
    expect(plan.refused, 'its route is not there').toMatchObject([{ count: 1, deliveryIds: [zeta.deliveryId] }])
    const done = await call.failures.discard({ failures: { groups: [group] }, reason: 'Old' })
    expect((await call.failures.discards({})).items).toMatchObject([
      { id: done.discardId, who, reason: 'Old', count: 1 },
    ])
    expect(await list({ state: 'settled', discardId: done.discardId })).toEqual([zeta.deliveryId])
    expect(await call.failures.discard({ deliveryIds: [globex.deliveryId], reason: 'x' })).toMatchObject({
      discarded: 1,
    })
    expect(await refused(call.failures.list({ after: 'mine' }))).toMatchObject({ code: 'INVALID' })
  })

  it('tells what is held', async () => {
    await workspaces.live.store.write((tx) =>
      insertDelivery(tx, insertEvent(tx), { state: 'parked', failure: refusal }),
    )
    expect(await call.failures.held({})).toMatchObject([
      { state: 'parked', count: 1, isMore: false, code: refusal.code, sentence: refusal.sentence, fix: refusal.fix },
    ])
  })

  it('keeps views by name, and takes none that cannot be read', async () => {
    const stuck = await call.views.save({ name: ' Stuck tickets ', filter: 'state:dead entity:ticket' })
    expect(stuck).toEqual({
      name: 'Stuck tickets',
      filter: 'state:dead entity:ticket',
      savedAt: expect.any(Number) as number,
    })
    const today = await call.views.save({ name: 'a day', filter: 'since:24h' })
    const changed = await call.views.save({ name: 'Stuck tickets', filter: 'state:dead' })
    expect(await call.views.list()).toEqual([today, changed])
    expect(await refused(call.views.save({ name: 'x', filter: 'stat:dead' }))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining("Did you mean 'state'?") as string,
    })
    expect(await call.views.remove({ name: 'a day' })).toEqual([changed])
    expect(await refused(call.views.remove({ name: 'a day' }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
