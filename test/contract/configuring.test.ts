import { ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import type { Contract } from '#shared/contract/contract.ts'
import { connection } from '#shared/domain/connection.ts'
import type { ConnectionId, EventId, MappingId, RouteId, SourceId } from '#shared/domain/ids.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import { accountRoute, accounts, connectwise } from './documents.ts'
import { insertAttempt, insertDelivery, insertEvent } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'

const nowhere = 'nowhere' as ConnectionId & MappingId & RouteId & SourceId

async function refused(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof ORPCError)) throw new Error(`not refused in the contract's way: ${String(thrown)}`)
  return { code: String(thrown.code), message: thrown.message }
}

const salesforce = connection.parse({
  id: 'salesforce',
  kind: 'salesforce',
  name: 'Salesforce',
  settings: { loginUrl: 'https://acme.test', clientId: 'id' },
})

/** The mapping of accounts with its names in capitals. */
const loud = mappingDocument.parse({
  ...accounts,
  fields: [{ salesforce: 'Name', connectwise: 'name', toConnectwise: '$uppercase(Name)' }],
})

describe.each(transports)('work on mappings and routes over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, async (opened) => {
    ;({ workspaces, call } = opened)
    const { live } = workspaces
    await live.saveConnection(connectwise, {})
    await live.saveConnection(salesforce, {})
    await live.saveMapping(accounts, 'first', 'ada')
    await live.saveRoute(accountRoute)
  })

  /** Events with a whole record each, or none, and a delivery of the route. */
  const add = (records: readonly (Record<string, string> | null)[]): Promise<EventId[]> =>
    workspaces.live.store.write((tx) =>
      records.map((fields, at) => {
        const id = insertEvent(tx, { recordId: `001A${at}`, title: fields?.['Name'] ?? null })
        tx.run(
          'update payloads set content = ? where event_id = ?',
          fields === null ? null : JSON.stringify(fields),
          id,
        )
        tx.run('update events set fields_kind = ? where id = ?', fields === null ? 'none' : 'full', id)
        insertDelivery(tx, id, { state: 'delivered' })
        return id
      }),
    )

  it('samples what events of a source said, or what a delivery has read for them', async () => {
    const [, thin] = await add([{ Name: 'Acme', ApiKey: 'hunter2' }, null, null])
    await workspaces.live.store.write((tx) => insertAttempt(tx, insertDelivery(tx, thin as EventId)))
    const sample = await call.schema.sample({ sourceId: 'salesforce' as SourceId, entity: 'Account' })
    expect(sample).toMatchObject({ entity: 'Account', events: 3, withValues: 2 })
    expect(sample.paths).toEqual([
      { path: 'ApiKey', types: ['text'], count: 1, examples: ['[redacted]'] },
      { path: 'Name', types: ['text'], count: 2, examples: ['Acme'] },
    ])
    expect((await call.schema.sample({ sourceId: nowhere, entity: 'Account' })).paths).toEqual([])
  })

  it('says that there is no such connection to describe', async () => {
    expect(await refused(call.schema.describe({ connectionId: nowhere, entity: 'Account' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refused(call.schema.entities({ connectionId: nowhere, refresh: true }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('checks a draft as far as it can, and says what it could not', async () => {
    const broken = mappingDocument.parse({ ...loud, fields: [{ ...loud.fields[0], toConnectwise: 'Name &' }] })
    const { warnings, notChecked } = await call.mappings.check({ document: broken })
    expect(warnings).toMatchObject([
      { severity: 'error', code: 'bad-expression', row: 0, to: 'connectwise', position: 6 },
    ])
    expect(notChecked).toHaveLength(2)
  })

  it('previews a draft on an event, row by row, and writes nothing', async () => {
    const [id, thin] = await add([{ Name: 'Acme' }, null])
    expect(await call.mappings.preview({ document: loud, eventId: id as EventId })).toEqual({
      eventId: id,
      to: 'connectwise',
      valuesFrom: 'event',
      remark: null,
      isCreate: true,
      rows: [
        {
          row: 0,
          source: 'Name',
          sourceValue: 'Acme',
          field: 'name',
          outcome: 'set',
          value: 'ACME',
          rules: ['expression'],
          failure: null,
          warning: null,
        },
      ],
    })
    expect(await refused(call.mappings.preview({ document: loud, eventId: thin as EventId }))).toMatchObject({
      code: 'CONFLICT',
      message: 'The event carries no values. Salesforce is not connected.',
    })
    const other = { ...loud, salesforce: { entity: 'Case' } }
    expect(await refused(call.mappings.preview({ document: other, eventId: id as EventId }))).toMatchObject({
      code: 'INVALID',
    })
    expect(await refused(call.mappings.preview({ document: loud, eventId: 999_999 as EventId }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await call.mappings.list()).toMatchObject([{ version: 1 }])
  })

  it('tells which outputs a draft changes on the latest events of its routes', async () => {
    const [first] = await add([{ Name: 'Acme' }, { Name: 'LOUD' }, null])
    await workspaces.live.store.write((tx) => insertDelivery(tx, insertEvent(tx), { routeId: 'another' }))
    expect(await call.mappings.backtest({ document: loud })).toEqual({
      version: 1,
      compared: 2,
      unchanged: 1,
      withoutValues: 1,
      failing: 0,
      failingBefore: 0,
      events: [
        {
          eventId: first,
          system: 'salesforce',
          recordId: '001A0',
          title: 'Acme',
          changes: [{ field: 'name', before: 'Acme', after: 'ACME' }],
        },
      ],
      stopped: null,
    })
    expect((await call.mappings.backtest({ document: accounts })).events).toEqual([])
    expect(await call.mappings.backtest({ document: loud, limit: 1 })).toMatchObject({ compared: 0, withoutValues: 1 })
  })

  it('compares versions and brings an old one back as the newest, with a note and a name', async () => {
    await workspaces.live.saveMapping(loud, 'louder', 'ada')
    const difference = await call.mappings.diff({ id: accounts.id, from: 1, to: 2 })
    expect(difference).toEqual({
      mappingId: 'accounts',
      from: 1,
      to: 2,
      settings: [],
      rows: [
        {
          kind: 'changed',
          salesforce: 'Name',
          connectwise: 'name',
          changes: [{ property: 'toConnectwise', to: '$uppercase(Name)' }],
        },
      ],
      isReordered: false,
    })
    const back = await call.mappings.rollback({ id: accounts.id, version: 1, note: 'Too loud.' })
    expect(back).toMatchObject({ version: 3, author: who, note: 'Back to version 1. Too loud.', document: accounts })
    expect(workspaces.live.auditLog()).toEqual([{ who, action: 'roll-back' }])
    expect(await refused(call.mappings.rollback({ id: accounts.id, version: 1 }))).toMatchObject({ code: 'CONFLICT' })
    expect(await refused(call.mappings.rollback({ id: accounts.id, version: 9 }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(call.mappings.diff({ id: accounts.id, from: 1, to: 9 }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(call.mappings.diff({ id: nowhere, from: 1, to: 2 }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('exports all as one text, says what importing it would change, and changes just that', async () => {
    const { text } = await call.configuration.export()
    expect((await call.configuration.import({ text, dryRun: false })).items.map(({ what }) => what)).toEqual([
      'same',
      'same',
    ])
    expect((await call.mappings.versions({ id: accounts.id })).length).toBe(1)
    const changed = text
      .replace('"name": "Account and company"', '"name": "Renamed"')
      .replaceAll('"accounts"', '"others"')
    const plan = await call.configuration.import({ text: changed })
    expect(plan).toMatchObject({ applied: false, problems: [] })
    expect(plan.items.map(({ kind, id, what }) => `${kind} ${id} ${what}`)).toEqual([
      'mapping others add',
      'mapping accounts only-here',
      'route others add',
      'route accounts only-here',
    ])
    expect(await call.mappings.list()).toHaveLength(1)
    expect(await call.configuration.import({ text: changed, dryRun: false })).toMatchObject({ applied: true })
    expect(await call.mappings.list()).toMatchObject([{ mappingId: 'accounts' }, { mappingId: 'others', author: who }])
    expect((await call.routes.list()).map(({ id }) => id)).toEqual(['accounts', 'others'])
    const renamed = text.replace('"name": "Account and company"', '"name": "Renamed"')
    await call.configuration.import({ text: renamed, dryRun: false })
    expect(await call.mappings.versions({ id: accounts.id })).toMatchObject([
      { version: 2, note: 'Imported from a file.', document: { name: 'Renamed' } },
      { version: 1 },
    ])
  })

  it('imports nothing of a file that does not fit what is here', async () => {
    const { text } = await call.configuration.export()
    const foreign = text
      .replace('"connectionId": "connectwise"', '"connectionId": "elsewhere"')
      .replace('Account and', 'An')
    expect(await call.configuration.import({ text: foreign, dryRun: false })).toMatchObject({
      applied: false,
      problems: ['The route accounts needs the connection elsewhere; set it up first.'],
    })
    expect((await call.configuration.import({ text: '{}', dryRun: false })).problems).not.toEqual([])
    expect(await call.mappings.versions({ id: accounts.id })).toHaveLength(1)
  })

  it('counts the events that a match would let through', async () => {
    await add([{ Name: 'Acme' }, { Name: 'Bolt' }, null])
    const match = { ...accountRoute.match, conditions: [{ field: 'Name', operator: 'is' as const, value: 'acme' }] }
    const count = await call.routes.count({ from: 'salesforce', match })
    expect(count).toMatchObject({ events: 3, matching: 1, unknown: 1, failing: 0, failure: null })
    expect(count.examples).toMatchObject([{ entity: 'Account', recordId: '001A0', title: 'Acme' }])
    const expression = '$number(Name) > 1'
    expect(await call.routes.count({ from: 'salesforce', match: { ...accountRoute.match, expression } })).toMatchObject(
      {
        matching: 0,
        failing: 2,
        failure: expect.stringContaining('number') as string,
      },
    )
    expect(await call.routes.count({ from: 'connectwise', match })).toMatchObject({ events: 0 })
  })

  it('says what waits on a route, what failed lately and is not replayed, and when it last delivered', async () => {
    const { id } = accountRoute
    expect(await call.routes.figures()).toEqual([{ routeId: id, open: 0, failing: 0, lastDeliveredAt: null }])
    const now = Date.now()
    const states = ['delivered', 'dead', 'dead', 'dead'] as const
    await workspaces.live.store.write((tx) => {
      const ids = states.map((state) => insertDelivery(tx, insertEvent(tx), { state }))
      for (const one of ids) tx.run('update deliveries set ended_at = ? where id = ?', now - 1_000, one)
      const [delivered = 0, old = 0, replayed = 0] = ids
      tx.run('update deliveries set ended_at = ? where id = ?', now - 25 * 3_600_000, old)
      tx.run('update deliveries set replayed_by = ? where id = ?', delivered, replayed)
    })
    expect(await call.routes.figures()).toMatchObject([{ failing: 1, lastDeliveredAt: now - 1_000 }])
    await workspaces.live.store.write((tx) => {
      tx.run('update deliveries set state = ?', 'cancelled')
      tx.run(`insert into metrics (scope, id, grain, at, delivered) values ('route', ?, 3600000, 7200000, 1)`, id)
    })
    expect(await call.routes.figures()).toMatchObject([{ failing: 0, lastDeliveredAt: 7_200_000 }])
  })

  it('removes a route once none of its deliveries is open, or when told to all the same', async () => {
    await workspaces.live.store.write((tx) => insertDelivery(tx, insertEvent(tx), { state: 'waiting' }))
    const { id } = accountRoute
    expect(await refused(call.routes.remove({ id }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('has 1 delivery that did not end yet') as string,
    })
    await call.pauses.set({ scope: 'route', id, reason: 'Works' })
    expect(await call.routes.remove({ id, withOpen: true })).toEqual({ openDeliveries: 1 })
    expect(await call.routes.list()).toEqual([])
    expect(await call.pauses.list()).toEqual([])
    expect(workspaces.live.auditLog()).toContainEqual({ who, action: 'remove' })
    expect(await refused(call.routes.remove({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
