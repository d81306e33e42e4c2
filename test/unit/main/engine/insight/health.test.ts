import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeHealth, type HealthInput } from '#main/engine/insight/health.ts'
import { judgeBudget } from '#main/outbound/budget.ts'
import type { Store } from '#main/store/store.ts'
import type { Health } from '#shared/domain/health.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { connectwise, webhook } from '#test/contract/documents.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
import { temporaryStore } from '#test/support/temporary.ts'

let store: Store
let close: () => Promise<void>
beforeEach(() => {
  ;({ store, close } = temporaryStore())
})
afterEach(() => close())

const well = { state: 'ok', since: null, reason: null, nextStep: null } as const

type Connected = HealthInput['connections'][number]

function healthWith(connection: Partial<Connected>, pauses: readonly Pause[] = []): Health {
  return store.read((tx) =>
    describeHealth(tx, {
      version: '0',
      workspace: 'live',
      startedAt: 0,
      receiverUrl: 'http://127.0.0.1:1',
      sandbox: null,
      connections: [{ connection: connectwise, hold: null, budget: null, ...connection }],
      sources: [{ source: webhook, reported: well }],
      pauses,
      storage: well,
      channels: [],
    }),
  )
}

const used = (many: number) =>
  judgeBudget({ used: many, limit: 1_000, countedBy: 'system' }, { reserveForPeople: 5, reserveForLive: 10 })
const pauseOf = (scope: Pause['scope'], id: string): Pause => ({
  scope,
  id,
  reason: 'works',
  who: 'console',
  pausedAt: 5,
})

describe('the health of a connection', () => {
  it.each([
    [499, 'ok', 0],
    [500, 'ok', 50],
    [700, 'ok', 70],
    [850, 'degraded', 70],
    [900, 'degraded', 90],
  ] as const)('with %i of 1,000 calls used is %s and has reached %i %%', (many, state, reached) => {
    const [one] = healthWith({ budget: used(many) }).connections
    expect(one).toMatchObject({ state, budget: { used: many, limit: 1_000, reached } })
    expect(one?.reason ?? '').toMatch(state === 'ok' ? /^$/ : many === 850 ? /85 %.*Replays/ : /90 %/)
  })

  it('tells until when it is held, and why', () => {
    const hold = { state: 'limited', since: 1, until: 77_000, reason: 'It asked for a pause.', fix: null } as const
    expect(healthWith({ hold }).connections).toMatchObject([
      { state: 'degraded', heldUntil: 77_000, since: 1, reason: 'ConnectWise is at its limit. It asked for a pause.' },
    ])
  })

  it('says first that a person has paused it', () => {
    const hold = { state: 'down', since: 1, until: 9, reason: 'x', fix: null } as const
    const pause = pauseOf('connection', connectwise.id)
    expect(healthWith({ hold }, [pause])).toMatchObject({
      state: 'paused',
      connections: [
        { state: 'paused', since: 5, heldUntil: null, reason: expect.stringContaining('works') as unknown },
      ],
      pauses: [pause],
    })
  })
})

describe('the health of the whole', () => {
  it('says how many deliveries need a person, dead and parked ones', async () => {
    for (const state of ['dead', 'parked'] as const)
      await store.write((tx) => insertDelivery(tx, insertEvent(tx), { state }))
    expect(healthWith({})).toMatchObject({ state: 'degraded', sentence: '2 deliveries need a person.' })
  })

  it('names whatever is paused', () => {
    const everything = healthWith({}, [pauseOf('everything', '')])
    expect(everything).toMatchObject({
      state: 'paused',
      sentence: expect.stringContaining('Everything was paused') as unknown,
    })
    expect(everything.connections[0]?.state).toBe('ok')
    expect(healthWith({}, [pauseOf('route', 'accounts')]).sentence).toBe('All is well; the route accounts is paused.')
    expect(healthWith({}, [pauseOf('source', webhook.id)]).sources[0]).toMatchObject({ state: 'paused', since: 5 })
  })
})
