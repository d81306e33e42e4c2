import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Commands } from '#main/engine/commands.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import { Pauses } from '#main/engine/pauses.ts'
import { SendsUnderWay } from '#main/outbound/under-way.ts'
import { recordOutcome } from '#main/outcomes/record.ts'
import { lease } from '#main/queue/queue.ts'
import type { Store } from '#main/store/store.ts'
import { connection } from '#shared/domain/connection.ts'
import type { ConnectionId, RouteId, SourceId } from '#shared/domain/ids.ts'
import type { PauseTarget } from '#shared/domain/pause.ts'
import { accountRoute, accounts, connectwise, webhook } from '#test/contract/documents.ts'
import { connectionId, leasedDelivery } from '#test/support/delivery.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const key = new Uint8Array(32).fill(7)
const clock = new HandClock(5_000)
const everything: PauseTarget = { scope: 'everything', id: '' }
const ofRoute: PauseTarget = { scope: 'route', id: accountRoute.id }
const ofConnection: PauseTarget = { scope: 'connection', id: connectwise.id }
const ofSource: PauseTarget = { scope: 'source', id: webhook.id }
const salesforce = connection.parse({
  id: accountRoute.sourceConnectionId,
  kind: 'salesforce',
  name: 'Salesforce',
  settings: { loginUrl: 'https://sf.example.com', clientId: 'x' },
})
const passage = { routeId: accountRoute.id, connectionIds: [connectwise.id, salesforce.id], sourceId: webhook.id }

let store: Store
let close: () => Promise<void>
let configuration: Configuration
let sends: SendsUnderWay
let told: string[]
let pauses: Pauses

function openPauses(): Pauses {
  return new Pauses({
    store,
    clock,
    configuration,
    sends,
    sourceChanged: () => Promise.resolve(void told.push('source')),
    resumed: () => void told.push('resumed'),
  })
}

beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  configuration = new Configuration(store, key)
  sends = new SendsUnderWay()
  told = []
  const commands = new Commands(store, key, clock, configuration)
  await commands.saveConnection(connectwise, {}, 'ada')
  await commands.saveConnection(salesforce, {}, 'ada')
  await commands.saveSource(webhook, {}, 'ada')
  await commands.saveMapping(accounts, '', 'ada')
  await commands.saveRoute(accountRoute, 'ada')
  pauses = openPauses()
})
afterEach(() => close())

describe('a pause', () => {
  it.each([everything, ofRoute, ofConnection, ofSource])(
    'of $scope stands in the way of what it names, in memory and in the rows',
    async (target) => {
      expect(pauses.holding(passage)).toBeNull()
      expect(await pauses.set(target, 'works', 'api')).toMatchObject({ ok: true, value: { underWay: 0 } })
      const pause = { ...target, reason: 'works', who: 'api', pausedAt: 5_000 }
      expect(pauses.holding(passage)).toEqual(pause)
      expect(store.read((tx) => pauses.holdingIn(tx, passage))).toEqual(pause)
      const others = {
        routeId: 'other' as RouteId,
        connectionIds: ['other' as ConnectionId],
        sourceId: 'other' as SourceId,
      }
      expect(pauses.holding(others)).toEqual(target === everything ? pause : null)
    },
  )

  it('of a connection also stops what is read from it', async () => {
    await pauses.set({ scope: 'connection', id: salesforce.id }, 'works', 'api')
    expect(pauses.holding(passage)).not.toBeNull()
    expect(pauses.holding({ connectionIds: [connectwise.id] })).toBeNull()
  })

  it('of a source shuts its door, too, and its end opens it and lets deliveries go on', async () => {
    await pauses.set(ofSource, 'works', 'api')
    expect([pauses.ofSource(webhook.id)?.reason, told]).toEqual(['works', ['source']])
    await pauses.clear(ofSource, 'api')
    expect([pauses.ofSource(webhook.id), told]).toEqual([null, ['source', 'source', 'resumed']])
  })

  it('survives a restart, is audited, and ends by a person only', async () => {
    await pauses.set(ofRoute, 'works', 'console')
    const reopened = openPauses()
    expect(reopened.holding(passage)?.reason).toBe('works')
    expect(await reopened.clear(ofRoute, 'console')).toEqual({ ok: true, value: [] })
    expect(openPauses().holding(passage)).toBeNull()
    expect(told).toEqual(['resumed'])
    const audit = store.read((tx) =>
      tx.all(`select who, action, subject, detail from audit where action in ('pause', 'resume')`),
    )
    expect(audit).toEqual([
      { who: 'console', action: 'pause', subject: `route ${accountRoute.id}`, detail: 'works' },
      { who: 'console', action: 'resume', subject: `route ${accountRoute.id}`, detail: '' },
    ])
  })

  it.each([ofConnection, ofSource])(
    'of $scope is answered only when a write that had left before has its answer',
    async (target) => {
      const leave = sends.enter({ connectionId: connectwise.id, routeId: accountRoute.id, sourceId: webhook.id })
      let isAnswered = false
      const paused = pauses.set(target, 'works', 'api').then(() => (isAnswered = true))
      await store.write(() => undefined)
      expect([pauses.holding(passage) !== null, isAnswered]).toEqual([true, false])
      leave()
      await paused
      expect(isAnswered).toBe(true)
    },
  )

  it('of what is not there is refused, as is the end of one that is none', async () => {
    for (const scope of ['connection', 'route', 'source'] as const)
      expect(await pauses.set({ scope, id: 'nowhere' }, 'x', 'api')).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect(await pauses.clear(everything, 'api')).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })
})

describe('a delivery that a pause holds', () => {
  it('waits without an attempt and goes on at the end of the pause', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    await pauses.set(ofRoute, 'works', 'api')
    const pause = pauses.holding(passage)
    if (pause === null) throw new Error('not paused')
    await store.write((tx) => recordOutcome(tx, held, eventId, { kind: 'held', pause }, null, 10))
    const row = () => store.read((tx) => tx.get('select state, attempt_count, note, waits_for from deliveries'))
    expect(row()).toMatchObject({
      state: 'waiting',
      attempt_count: 0,
      note: expect.stringContaining('works') as unknown,
    })
    const order = { token: 't', until: Number.MAX_SAFE_INTEGER }
    const again = () => store.write((tx) => lease(tx, connectionId, 5, clock.now(), order))
    expect(await again()).toEqual([])
    await pauses.clear(ofRoute, 'api')
    expect((await again()).map((one) => one.deliveryId)).toEqual([held.deliveryId])
  })

  it('does not wait for the end of a pause that has ended meanwhile', async () => {
    const { eventId, lease: held } = await leasedDelivery(store, 'a')
    const pause = { ...ofRoute, reason: 'works', who: 'api', pausedAt: 1 }
    await store.write((tx) => recordOutcome(tx, held, eventId, { kind: 'held', pause }, null, 10))
    expect(store.read((tx) => tx.get('select available_at from deliveries'))).toEqual({ available_at: 10 })
  })
})
