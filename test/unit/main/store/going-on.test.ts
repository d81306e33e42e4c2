import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveRoute } from '#main/store/configuration.ts'
import { savePause } from '#main/store/pauses.ts'
import { openReader, type Reader } from '#main/store/reader.ts'
import { Store } from '#main/store/store.ts'
import type { DeliveryState } from '#shared/domain/delivery.ts'
import type { PauseTarget } from '#shared/domain/pause.ts'
import { route } from '#shared/domain/route.ts'
import { accountRoute } from '#test/contract/documents.ts'
import { insertDelivery, insertEvent } from '#test/contract/rows.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const folder = temporaryFolder()
let store: Store
let reader: Reader
const everything = { scope: 'everything', id: '' } as const
const ofA = { scope: 'route', id: 'a' } as const
const ofOrigin = { scope: 'connection', id: 'salesforce' } as const
const ofDestination = { scope: 'connection', id: 'connectwise' } as const
const ofSource = { scope: 'source', id: 'salesforce' } as const

beforeAll(async () => {
  store = new Store(join(folder.path, 'patchbay.db'))
  reader = openReader(store.file)
  const paths = { connectionId: 'connectwise', sourceConnectionId: 'salesforce' }
  await store.write((tx) => {
    for (const id of ['a', 'b', 'off'])
      saveRoute(tx, route.parse({ ...accountRoute, ...paths, id, enabled: id !== 'off' }))
    const put = (routeId: string, state: DeliveryState) => insertDelivery(tx, insertEvent(tx), { routeId, state })
    for (const state of ['pending', 'waiting', 'parked', 'leased', 'dead', 'delivered'] as const) put('a', state)
    put('b', 'pending')
    put('off', 'pending')
  })
})
afterAll(async () => {
  await reader.close()
  await store.close()
  folder.remove()
})

it.each<[string, readonly PauseTarget[], PauseTarget | null, number]>([
  ['everything, when nothing else is paused', [everything], everything, 3],
  ['one route', [ofA], ofA, 2],
  ['the connection that is written to', [ofDestination], ofDestination, 3],
  ['the connection that is read from', [ofOrigin], ofOrigin, 3],
  ['everything, while a route stays paused', [everything, ofA], everything, 1],
  ['a route, while everything stays paused', [everything, ofA], ofA, 0],
  ['a source, which holds what it brought', [ofSource], ofSource, 3],
  ['everything, while a source stays paused', [everything, ofSource], everything, 0],
  ['nothing: what goes out as it is', [ofA], null, 1],
])('what goes on by resuming %s', async (_what, paused, ended, count) => {
  const pause = { reason: 'Works', who: 'console', pausedAt: 1 }
  await store.write((tx) => {
    tx.run('delete from pauses')
    for (const target of paused) savePause(tx, { ...target, ...pause })
  })
  expect(await reader.read('goingOn', ended)).toBe(count)
})
