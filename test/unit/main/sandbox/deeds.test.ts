import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { SystemName } from '#shared/domain/record.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.close())

async function newest(system: SystemName, entity: string) {
  const glance = await sandbox.look({ entities: [entity], records: 5 })
  const found = glance[system].entities.find((one) => one.entity === entity)
  if (found === undefined) throw new Error(`nothing is told of ${entity}`)
  return found
}

const kinds = [
  ['salesforce', ['Account', 'Contact', 'Opportunity', 'Case']],
  ['connectwise', ['company', 'contact', 'opportunity', 'ticket']],
] as const

it.each(kinds.flatMap(([system, entities]) => entities.map((entity) => [system, entity] as const)))(
  'has somebody create a record in %s (%s) and change it, and shows it first',
  async (system, entity) => {
    const before = await newest(system, entity)
    const created = await sandbox.act(system, { entity, what: 'create', id: null })
    if (!created.ok) throw new Error(created.reason)
    const { id } = created.record
    const held = await newest(system, entity)
    expect(held.count).toBe(before.count + 1)
    expect(held.newest[0]).toMatchObject({ values: created.record.values, byRelay: false })

    const changed = await sandbox.act(system, { entity, what: 'change', id })
    if (!changed.ok) throw new Error(changed.reason)
    expect(changed.record.values).not.toEqual(created.record.values)
    const instants = (await newest(system, entity)).newest.map(({ changedAt }) => changedAt ?? 0)
    expect(instants).toEqual(instants.toSorted((one, other) => other - one))
    expect(await sandbox.act(system, { entity, what: 'change', id: null })).toMatchObject({ ok: true })
  },
)

it('says why a deed can not be done', async () => {
  const gone = await sandbox.act('connectwise', { entity: 'ticket', what: 'change', id: '999999' })
  expect(gone).toEqual({ ok: false, reason: 'There is no ticket 999999 any more.' })
  const unknown = await sandbox.act('salesforce', { entity: 'User', what: 'create', id: null })
  expect(unknown).toEqual({ ok: false, reason: 'Nobody here works with User.' })
})

it('tells of the entities that are asked for alone, and counts all', async () => {
  const { salesforce } = await sandbox.look({ entities: ['Case'], records: 2 })
  const told = Object.fromEntries(salesforce.entities.map(({ entity, newest: records }) => [entity, records.length]))
  expect(told).toMatchObject({ Case: 2, Account: 0 })
  expect(salesforce.entities.every(({ count }) => count > 0)).toBe(true)
})
