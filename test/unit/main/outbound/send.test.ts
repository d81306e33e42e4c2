import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Connector } from '#main/connectors/connector.ts'
import { send, type SendPorts } from '#main/outbound/send.ts'
import { findPause, savePause } from '#main/store/pauses.ts'
import type { Store } from '#main/store/store.ts'
import { ok } from '#shared/domain/failure.ts'
import type { Pause } from '#shared/domain/pause.ts'
import { leasedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const pause: Pause = { scope: 'everything', id: '', reason: 'works', who: 'api', pausedAt: 1 }
const order = { kind: 'create', entity: 'company', values: {}, foreignId: '001' } as const

let store: Store
let close: () => Promise<void>
let ports: SendPorts
let sent: number
beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  const { lease } = await leasedDelivery(store, 'a')
  sent = 0
  ports = {
    store,
    connector: countingConnector(),
    lease,
    idempotencyKey: 'k',
    context: { purpose: 'write', signal: new AbortController().signal, record: () => undefined },
    pausedBy: (tx) => findPause(tx, pause),
    isCalledOff: () => false,
  }
})
afterEach(() => close())

/** Takes every create and does nothing else. */
function countingConnector(): Connector {
  const never = (): never => {
    throw new Error('not expected')
  }
  const ref = { system: 'connectwise', entity: 'company', id: '1' } as const
  return {
    system: 'connectwise',
    fetch: never,
    findByCrossReference: never,
    changedSince: never,
    findByField: never,
    findWinner: never,
    listEntities: never,
    describe: never,
    update: never,
    check: never,
    budget: () => null,
    close: () => Promise.resolve(),
    create: () => {
      sent += 1
      return Promise.resolve(
        ok({ created: true, record: { ref, version: null, changedBy: null, values: {}, crossReference: null } }),
      )
    },
  }
}

const intent = (): unknown =>
  store.read((tx) => tx.get<{ intent: string | null }>('select intent from deliveries'))?.intent

it('writes the intent, then sends', async () => {
  expect(await send(order, ports)).toMatchObject({ kind: 'answered', answer: { ok: true } })
  expect([sent, JSON.parse(String(intent()))]).toEqual([
    1,
    { kind: 'create', entity: 'company', id: '001', sent: [{}] },
  ])
})

it('keeps what earlier tries were about to write, each once', async () => {
  for (const name of ['Mid', 'New', 'Mid']) await send({ ...order, values: { name } }, ports)
  expect(JSON.parse(String(intent()))).toMatchObject({ sent: [{ name: 'New' }, { name: 'Mid' }] })
})

it('sends nothing once a pause is committed, though it came in the same turn and behind it', async () => {
  const sending = send(order, ports)
  const pausing = store.writeUrgent((tx) => savePause(tx, pause))
  expect([await sending, await pausing]).toEqual([{ kind: 'paused', pause }, undefined])
  expect([sent, intent()]).toEqual([0, null])
})

it('sends nothing of what was called off', async () => {
  expect(await send(order, { ...ports, isCalledOff: () => true })).toEqual({ kind: 'called-off' })
  expect([sent, intent()]).toEqual([0, null])
})

it('sends nothing under a lease that was lost', async () => {
  const lost = { ...ports, lease: { ...ports.lease, token: 'another' } }
  expect([await send(order, lost), sent]).toEqual([{ kind: 'lost' }, 0])
})
