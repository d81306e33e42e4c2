import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { audit, saveConnection, saveMapping, saveRoute } from '#main/store/configuration.ts'
import { upsertLink } from '#main/store/links.ts'
import { noteRoom } from '#main/store/storage-settings.ts'
import type { Contract } from '#shared/contract/contract.ts'
import type { EventId } from '#shared/domain/ids.ts'
import { append } from '#main/journal/append.ts'
import { accountRoute, accounts, connectwise } from './documents.ts'
import { insertAttempt, insertDelivery, insertEvent, refusal } from './rows.ts'
import type { TestWorkspaces } from './test-workspaces.ts'
import { overTransport } from './over-transport.ts'
import { transports } from './transports.ts'
import { arrivalOf } from '#test/support/arrivals.ts'

const account = { system: 'salesforce', entity: 'Account', id: '001A' } as const

describe.each(transports)('overview, records and settings over $name', ({ connect, who }) => {
  let workspaces: TestWorkspaces
  let call: ContractRouterClient<Contract>
  overTransport(connect, async (opened) => {
    ;({ workspaces, call } = opened)
    await workspaces.live.store.write((tx) => {
      saveConnection(tx, connectwise)
      saveMapping(tx, accounts, { author: 'ada', note: '', at: 1 })
      saveRoute(tx, { ...accountRoute, match: { ...accountRoute.match, actions: ['updated', 'touched'] } })
      const side = { version: null, synced: { Name: 'Acme' } }
      upsertLink(
        tx,
        {
          salesforce: { entity: 'Account', id: '001A', ...side },
          connectwise: { entity: 'company', id: '42', ...side },
        },
        1,
      )
    })
    workspaces.live.configuration.reload()
  })

  const addDead = (): Promise<EventId> =>
    workspaces.live.store.write((tx) => {
      const eventId = insertEvent(tx, { state: 'dead', title: 'Acme' })
      insertAttempt(tx, insertDelivery(tx, eventId, { failure: refusal }))
      return eventId
    })

  it('sums up how things stand, what wants a person first', async () => {
    expect(await call.overview.get()).toMatchObject({ verdict: 'well', inSync: 1, failing: 0, issues: [] })
    await addDead()
    const overview = await call.overview.get()
    expect(overview).toMatchObject({ verdict: 'attention', failing: 1, waiting: { count: 0 } })
    expect(overview.issues).toMatchObject([
      {
        sentence: refusal.sentence,
        whatToDo: refusal.fix,
        count: 1,
        place: { screen: 'failures', filter: 'state:dead route:accounts error:MissingObject' },
      },
    ])
  })

  it('draws figures, and refuses what has no name', async () => {
    const { store, insight } = workspaces.live
    store.onCommit((notes) => insight.committed(notes))
    await store.write((tx) => append(tx, arrivalOf('a')))
    await insight.metrics.flush()
    const { points, step } = await call.metrics.series({ metric: 'events', scope: 'source:salesforce' })
    expect(step).toBe(10 * 60_000)
    expect(points.length).toBeGreaterThan(140)
    expect(points.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(1)
    const none = await call.metrics.series({ metric: 'p95', from: 0, to: 3_600_000, step: 600_000 })
    expect(none.points.map(({ value }) => value)).toEqual([null, null, null, null, null, null])
    await expect(call.metrics.series({ metric: 'events', scope: 'planet:mars' })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  it('finds a record, and tells what happened to it page by page', async () => {
    const old = await addDead()
    const { insight } = workspaces.live
    insight.index.note(new Set([old]))
    await insight.index.flush()
    expect((await call.records.search({ text: 'acm' })).items).toMatchObject([
      { salesforce: { id: '001A' }, connectwise: { entity: 'company', id: '42' }, title: 'Acme', state: 'failing' },
    ])
    const record = await call.records.get(account)
    expect(record).toMatchObject({ state: 'failing', link: { salesforce: { synced: { Name: 'Acme' } } } })
    expect(record.openDeliveries).toHaveLength(1)
    const newest = await workspaces.live.store.write((tx) =>
      insertEvent(tx, { system: 'connectwise', entity: 'company', recordId: '42', state: 'unmatched' }),
    )
    const first = await call.records.timeline({ ...account, limit: 1 })
    expect(first.items).toMatchObject([{ id: newest, system: 'connectwise', deliveries: [] }])
    const rest = await call.records.timeline({
      system: 'connectwise',
      entity: 'company',
      id: '42',
      after: first.next ?? '',
    })
    expect(rest).toMatchObject({
      items: [
        { id: old, actor: 'jo@acme.test', deliveries: [{ state: 'dead', changes: [{ field: 'name', to: 'Acme' }] }] },
      ],
      next: null,
    })
    const nobody = { ...account, id: '001Z' }
    for (const asked of [call.records.get(nobody), call.records.timeline(nobody)])
      await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('has a record synced under the name of who asked, and says when no route would take it', async () => {
    const { eventIds } = await call.records.sync({ ...account, from: 'both' })
    expect(eventIds).toHaveLength(1)
    const event = await call.events.get({ id: eventIds[0] as EventId })
    expect(event).toMatchObject({ via: 'manual', recordId: '001A', action: 'touched' })
    expect((await call.audit.list({ action: 'sync' })).items).toMatchObject([{ who, subject: 'Account 001A' }])
    await expect(call.records.sync({ ...account, from: 'connectwise' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(call.records.sync({ ...account, entity: 'Lead', from: 'salesforce' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(call.records.compare(account)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('tells who did what, newest first, a page at a time', async () => {
    await workspaces.live.store.write((tx) => {
      for (const at of [1, 2, 3]) audit(tx, { at, who: 'ada', action: 'save', subject: `route ${at}` })
      const changes = [{ field: 'name', from: 'A', to: 'B' }]
      audit(tx, { at: 4, who: 'bob', action: 'pause', subject: 'everything', detail: 'Lunch', changes })
    })
    const first = await call.audit.list({ limit: 2 })
    expect(first.items).toMatchObject([
      { who: 'bob', changes: [{ field: 'name', from: 'A', to: 'B' }] },
      { subject: 'route 3', changes: [] },
    ])
    const second = await call.audit.list({ limit: 2, after: first.next ?? '' })
    expect(second.items.map(({ subject }) => subject)).toEqual(['route 2', 'route 1'])
    expect((await call.audit.list({ text: 'LUNCH' })).items).toHaveLength(1)
    expect((await call.audit.list({ who: 'ada', text: '2' })).items).toHaveLength(1)
  })

  it('makes a support bundle of what it showed before, without secrets and values, and notes it', async () => {
    await addDead()
    const secrets = { privateKey: 'hunter2-hunter2' }
    await call.connections.save({ connection: connectwise, secrets })
    const parts = await call.support.preview()
    expect(parts.map(({ name }) => name)).toEqual([
      'version',
      'health',
      'waiting',
      'configuration',
      'failures',
      'storage',
      'audit',
      'log',
    ])
    const { text, fileName } = await call.support.bundle()
    expect(fileName).toMatch(/^patchbay-support-.*\.txt$/)
    expect(text).toContain('MissingObject')
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('"Acme"')
    expect((await call.audit.list({ action: 'export' })).items).toMatchObject([{ who, subject: 'support bundle' }])
  })

  it('has a backup brought back at the next start, until that is taken back', async () => {
    const { file } = await call.storage.backup()
    expect(await call.storage.restore({ file })).toMatchObject({ restoresNext: file })
    expect(await call.storage.get()).toMatchObject({ restoresNext: file, forecast: null, lastRestore: null })
    await workspaces.live.store.write((tx) => noteRoom(tx, { at: 1_000, bytes: 4_096 }))
    expect((await call.storage.get()).history).toEqual([{ at: 1_000, bytes: 4_096 }])
    expect(await call.storage.restore({ file: null })).toMatchObject({ restoresNext: null })
    await expect(call.storage.restore({ file: '/etc/passwd' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(workspaces.live.auditLog().filter(({ action }) => action === 'restore')).toHaveLength(2)
  })

  it('tells of the sandbox in the sandbox only, and who went there', async () => {
    await expect(call.sandbox.state({})).rejects.toMatchObject({ code: 'CONFLICT' })
    const create = { system: 'salesforce', entity: 'Account', what: 'create' } as const
    await expect(call.sandbox.act(create)).rejects.toMatchObject({ code: 'CONFLICT' })
    await call.sandbox.start()
    expect(await call.sandbox.state({})).toEqual({ perMinute: 0, systems: [] })
    const deed = { system: 'salesforce', entity: 'Account', what: 'change', id: '001A' } as const
    expect(await call.sandbox.act(deed)).toMatchObject({ id: '001A', byPatchbay: false })
    await call.sandbox.leave()
    expect((await call.audit.list({ action: 'switch' })).items).toMatchObject([
      { who, detail: 'The sandbox was left.' },
      { who, detail: 'The sandbox was started.' },
    ])
  })
})
