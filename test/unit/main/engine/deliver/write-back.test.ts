import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeBack } from '#main/engine/deliver/write-back.ts'
import type { UpdateOrder } from '#main/connectors/connector.ts'
import type { PermitPorts } from '#main/outbound/send.ts'
import { findPause, savePause } from '#main/store/pauses.ts'
import type { Store } from '#main/store/store.ts'
import { ok } from '#shared/domain/failure.ts'
import type { Pause } from '#shared/domain/pause.ts'
import type { RemoteRecord, SystemName } from '#shared/domain/record.ts'
import { leasedDelivery } from '#test/support/delivery.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const pause: Pause = { scope: 'everything', id: '', reason: 'works', who: 'api', pausedAt: 1 }
const context = { purpose: 'write', signal: new AbortController().signal, record: () => undefined } as const
const values = { Website: 'https://chosen.example.com' }

function recordOf(system: SystemName, entity: string): RemoteRecord {
  return { ref: { system, entity, id: '1' }, version: null, changedBy: null, values: {}, crossReference: null }
}

const prepared = {
  kind: 'update',
  destination: recordOf('connectwise', 'company'),
  values: {},
  conflicts: [],
  isNewLink: false,
  synced: { salesforce: {}, connectwise: {} },
  back: { record: recordOf('salesforce', 'Account'), values },
} as const

let store: Store
let close: () => Promise<void>
let ports: PermitPorts
let sent: UpdateOrder[]
beforeEach(async () => {
  ;({ store, close } = temporaryStore())
  const { lease } = await leasedDelivery(store, 'a')
  ports = { store, lease, pausedBy: (tx) => findPause(tx, pause), isCalledOff: () => false }
  sent = []
})
afterEach(() => close())

/** Takes every change and keeps it. */
const connector = {
  update: (order: UpdateOrder) => {
    sent.push(order)
    return Promise.resolve(ok({ created: false, record: order.before }))
  },
}

it('writes what was chosen to the source', async () => {
  expect(await writeBack(prepared, connector, context, ports)).toMatchObject({
    kind: 'written',
    write: { ref: { system: 'salesforce' }, sent: values },
  })
  expect(sent).toMatchObject([{ entity: 'Account', changes: values }])
})

it.each([
  ['a pause', 'paused', () => store.write((tx) => savePause(tx, pause))],
  ['a lost lease', 'lost', () => Promise.resolve((ports = { ...ports, lease: { ...ports.lease, token: 'x' } }))],
  ['a cancelled replay', 'called-off', () => Promise.resolve((ports = { ...ports, isCalledOff: () => true }))],
] as const)('writes nothing to the source after %s', async (_what, kind, stop) => {
  await stop()
  expect(await writeBack(prepared, connector, context, ports)).toMatchObject({ kind })
  expect(sent).toEqual([])
})
