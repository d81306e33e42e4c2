import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Engine } from '#main/engine.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { loadMapping, loadRoutes, loadSources } from '#main/store/configuration.ts'
import { Store } from '#main/store/store.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import { connectionsTo, temporaryEngine } from '#test/support/engine.ts'

let sandbox: Sandbox
let engine: Engine
let close: () => Promise<void>

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  ;({ engine, close } = await temporaryEngine())
})
afterEach(() => close())

/** What the relay has stored, seen from outside. */
async function stored<T>(look: (store: Store) => T): Promise<T> {
  const store = new Store(engine.databaseFile)
  try {
    return look(store)
  } finally {
    await store.close()
  }
}

function one<T>(list: readonly T[]): T {
  const [first] = list
  if (first === undefined) throw new Error('nothing there')
  return first
}

it('has sources, mappings and routes ready, switched off, once both systems are connected', async () => {
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  await engine.saveConnection(connectwise, {}, 'ada')
  expect(engine.hasRoutes()).toBe(false)
  await engine.saveConnection(salesforce, {}, 'ada')
  const routes = await stored((store) => store.read(loadRoutes))
  expect(routes).toHaveLength(2 * readyMadeMappings().length)
  expect(routes.filter((route) => route.enabled)).toEqual([])
  expect(new Set(routes.map((route) => route.connectionId))).toEqual(new Set(['sf', 'cw']))
  expect((await stored((store) => store.read(loadSources))).map(({ id, kind }) => [id, kind])).toEqual([
    ['connectwise', 'connectwise-callback'],
    ['salesforce', 'salesforce-webhook'],
  ])
  expect(engine.health().sources.map((one) => one.url)).toEqual([
    `${engine.receiverUrl}/hooks/connectwise`,
    `${engine.receiverUrl}/hooks/salesforce`,
  ])
})

it('leaves alone what a person has made before or changes afterwards', async () => {
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  const edited: MappingDocument = { ...one(readyMadeMappings()), name: 'Ours' }
  await engine.saveMapping(edited, '', 'ada')
  await engine.saveConnection(connectwise, {}, 'ada')
  await engine.saveConnection(salesforce, {}, 'ada')
  const route = one(await stored((store) => store.read(loadRoutes)))
  await engine.saveRoute({ ...route, enabled: true }, 'ada')
  await engine.saveConnection({ ...salesforce, name: 'Renamed' }, {}, 'ada')
  expect((await stored((store) => store.read(loadRoutes)))[0]).toEqual({ ...route, enabled: true })
  const mapping = await stored((store) => store.read((tx) => loadMapping(tx, edited.id)))
  expect(mapping).toMatchObject({ version: 1, document: { name: 'Ours' } })
})
