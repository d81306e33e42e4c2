import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import type { Contract } from '#shared/contract/contract.ts'
import { connection } from '#shared/domain/connection.ts'
import type { ConnectionId, SourceId } from '#shared/domain/ids.ts'
import { accountRoute, accounts, connectwise, sqlQueue } from './documents.ts'
import { insertDelivery, insertEvent } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'

const nowhere = 'nowhere' as ConnectionId & SourceId
const salesforce = connection.parse({
  id: 'salesforce',
  kind: 'salesforce',
  name: 'Salesforce',
  settings: { loginUrl: 'https://acme.test', clientId: 'id' },
})

describe.each(transports)('connections and sources removed over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, async (opened) => {
    ;({ workspaces, call } = opened)
    const { live } = workspaces
    await live.saveConnection(connectwise, { privateKey: 'hunter2' })
    await live.saveConnection(salesforce, {})
    await live.saveSource(sqlQueue, { password: 'hunter2' })
    await live.saveMapping(accounts, 'first', 'ada')
    await live.saveRoute(accountRoute)
  })

  const secretOwners = () =>
    workspaces.live.store.read((tx) => tx.all<{ owner: string }>('select owner from secrets').map(({ owner }) => owner))

  it('refuses a connection that is used, and names what uses it', async () => {
    const { id } = connectwise
    await expect(call.connections.remove({ id, withOpen: true })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(
        'is used by the route "Accounts to companies" and the source "SQL queue".',
      ) as string,
    })
    await call.routes.remove({ id: accountRoute.id })
    await expect(call.connections.remove({ id })).rejects.toMatchObject({
      message: expect.stringContaining('is used by the source "SQL queue".') as string,
    })
    expect(await call.connections.list()).toHaveLength(2)
    await expect(call.connections.remove({ id: nowhere })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(call.sources.remove({ id: nowhere })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('removes a source with its secrets and its pause; its events stay', async () => {
    const { id } = sqlQueue
    await workspaces.live.store.write((tx) => insertEvent(tx, { sourceId: id }))
    await call.pauses.set({ scope: 'source', id, reason: 'Works' })
    expect(await call.sources.remove({ id })).toEqual({ id })
    expect(await call.sources.list()).toEqual([])
    expect(await call.pauses.list()).toEqual([])
    expect(secretOwners()).toEqual(['connection:connectwise'])
    expect((await call.events.list({})).items).toMatchObject([{ sourceId: id }])
    expect(workspaces.live.auditLog()).toContainEqual({ who, action: 'remove' })
  })

  it('asks before deliveries are cancelled that nobody would send any more', async () => {
    const { id } = connectwise
    await workspaces.live.store.write((tx) => {
      for (const state of ['waiting', 'parked', 'dead'] as const) insertDelivery(tx, insertEvent(tx), { state })
    })
    await call.routes.remove({ id: accountRoute.id, withOpen: true })
    await call.sources.remove({ id: sqlQueue.id })
    await call.pauses.set({ scope: 'connection', id, reason: 'Works' })
    await expect(call.connections.remove({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('has 2 deliveries that did not end yet') as string,
    })
    expect(await call.connections.remove({ id, withOpen: true })).toEqual({ openDeliveries: 2 })
    expect((await call.connections.list()).map((one) => one.connection.id)).toEqual(['salesforce'])
    expect(await call.pauses.list()).toEqual([])
    expect(secretOwners()).toEqual([])
    const left = workspaces.live.store.read((tx) => tx.all('select state, note from deliveries order by id'))
    const note = 'Cancelled: The connection "ConnectWise" was removed.'
    expect(left).toMatchObject([{ state: 'cancelled', note }, { state: 'cancelled' }, { state: 'dead' }])
  })

  it('does not remove a connection while a delivery is being sent', async () => {
    const { id } = connectwise
    await workspaces.live.store.write((tx) => insertDelivery(tx, insertEvent(tx), { state: 'leased' }))
    await call.routes.remove({ id: accountRoute.id, withOpen: true })
    await call.sources.remove({ id: sqlQueue.id })
    await expect(call.connections.remove({ id, withOpen: true })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('is sending right now') as string,
    })
    expect(await call.connections.list()).toHaveLength(2)
    expect(secretOwners()).toEqual(['connection:connectwise'])
  })
})
