import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { saveConnection, saveMapping, saveRoute } from '#main/store/configuration.ts'
import type { Contract } from '#shared/contract/contract.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { accountRoute, accounts, connectwise } from './documents.ts'
import { insertDelivery, insertEvent } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'

describe.each(transports)('test cases and large bodies over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, (opened) => ({ workspaces, call } = opened))

  const add = (values: Parameters<typeof insertEvent>[1] = {}): Promise<EventId> =>
    workspaces.live.store.write((tx) => insertEvent(tx, values))

  it('keeps an event as a test case, renames it, and lets it go', async () => {
    const [account, ticket] = [await add({ title: 'Acme' }), await add({ system: 'connectwise', entity: 'ticket' })]
    const saved = await call.samples.save({ eventId: account, name: 'Two owners' })
    expect(saved).toMatchObject({ eventId: account, name: 'Two owners', title: 'Acme', keptBy: who })
    await call.samples.save({ eventId: account, name: 'Owner without e-mail' })
    await call.samples.save({ eventId: ticket, name: 'a ticket' })
    const names = async (query: Parameters<typeof call.samples.list>[0]) =>
      (await call.samples.list(query)).map(({ name }) => name)
    expect(await names({})).toEqual(['a ticket', 'Owner without e-mail'])
    expect(await names({ system: 'salesforce', entity: 'Account' })).toEqual(['Owner without e-mail'])
    expect(await names({ eventId: ticket })).toEqual(['a ticket'])
    expect(await call.samples.remove({ eventId: account })).toEqual({ removed: true })
    expect(await call.samples.remove({ eventId: account })).toEqual({ removed: false })
    expect(await names({})).toEqual(['a ticket'])
    const { items } = await call.audit.list({ text: 'test case' })
    expect(items.map(({ action }) => action)).toEqual(['remove', 'save', 'save', 'save'])
    await expect(call.samples.save({ eventId: 999 as EventId, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('tries a draft on test cases too, also on those that no route has wanted, and on each once', async () => {
    const kept = await add({ body: '{"Name":"Kept"}' })
    const latest = await add()
    await workspaces.live.store.write((tx) => {
      saveConnection(tx, connectwise)
      saveMapping(tx, accounts, { author: 'ada', note: '', at: 1 })
      saveRoute(tx, accountRoute)
      insertDelivery(tx, latest, { routeId: accountRoute.id })
      for (const id of [kept, latest]) {
        tx.run(`update payloads set content = '{"Name":"Acme"}' where event_id = ?`, id)
      }
    })
    workspaces.live.configuration.reload()
    const compared = async () => (await call.mappings.backtest({ document: accounts })).compared
    expect(await compared()).toBe(1)
    await call.samples.save({ eventId: kept, name: 'Nobody wanted it' })
    await call.samples.save({ eventId: latest, name: 'The latest' })
    expect(await compared()).toBe(2)
  })

  it('hands out a large body in pieces', async () => {
    const body = `{"Name":"${'ä€😀'.repeat(1_000)}"}`
    const id = await add({ body })
    let [text, pieces] = ['', 0]
    for (let from: number | null = 0; from !== null; pieces += 1) {
      const piece = await call.events.bodyPiece({ id, from, most: 1_024 })
      expect(piece.size).toBe(Buffer.byteLength(body))
      text += piece.text
      from = piece.next
    }
    expect(text).toBe(body)
    expect(pieces).toBe(9)
    await expect(call.events.bodyPiece({ id: 999 as EventId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
