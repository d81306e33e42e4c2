import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { createConnector } from '#main/connectors/registry.ts'
import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import { systemName } from '#shared/domain/record.ts'
import type { EntityDescription, FieldDescription } from '#shared/domain/schema.ts'
import { connectionsTo } from '#test/support/engine.ts'

let sandbox: Sandbox
let connectors: Record<'salesforce' | 'connectwise', Connector>
const exchanges: Exchange[] = []
const context: CallContext = {
  purpose: 'look-up',
  signal: new AbortController().signal,
  record: (exchange) => exchanges.push(exchange),
}

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
  const { salesforce, connectwise } = connectionsTo(sandbox.addresses)
  const { clientSecret } = sandbox.addresses.salesforce
  const { privateKey } = sandbox.addresses.connectwise
  connectors = {
    salesforce: createConnector(salesforce, { clientSecret }, systemClock),
    connectwise: createConnector(connectwise, { privateKey }, systemClock),
  }
})

afterEach(async () => {
  exchanges.length = 0
  for (const system of systemName.options) await sandbox.setFault(system, null)
})

afterAll(async () => {
  await Promise.all(Object.values(connectors).map((one) => one.close()))
  await sandbox.close()
})

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`)
  return result.value
}

function failureOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('did not fail')
  return result.failure
}

function fieldOf({ fields }: EntityDescription, name: string): FieldDescription {
  const found = fields.find((field) => field.name === name)
  if (found === undefined) throw new Error(`no field ${name}`)
  return found
}

describe.each(systemName.options)('the connector of %s describes', (system) => {
  it('its entities, among them those of the ready-made mappings, with all fields that these name', async () => {
    const names = valueOf(await connectors[system].listEntities(context)).map(({ name }) => name)
    for (const document of readyMadeMappings()) {
      const { entity } = document[system]
      expect(names).toContain(entity)
      const described = valueOf(await connectors[system].describe(entity, context))
      expect(described.remarks).toEqual([])
      const known = described.fields.map((field) => field.name)
      expect(new Set(known).size).toBe(known.length)
      expect(document.fields.map((row) => row[system]).filter((field) => !known.includes(field))).toEqual([])
    }
  })

  it('nothing that it does not know', async () => {
    expect(failureOf(await connectors[system].describe('Nonsense', context)).class).toBe('permanent')
  })

  it('nothing while the system is down', async () => {
    const [document] = readyMadeMappings()
    await sandbox.setFault(system, { kind: 'down' })
    const described = await connectors[system].describe(document?.[system].entity ?? '', context)
    expect(failureOf(described).class).toBe('transient')
  })
})

describe('Salesforce describes', () => {
  it('type, length, need, rights and pick list of each field', async () => {
    const described = valueOf(await connectors.salesforce.describe('Case', context))
    expect(fieldOf(described, 'Subject')).toMatchObject({ type: 'text', length: 255, required: false, values: null })
    expect(fieldOf(described, 'AccountId')).toMatchObject({ type: 'reference', referenceTo: 'Account' })
    expect(fieldOf(described, 'CaseNumber')).toMatchObject({ readOnly: true, required: false })
    const { values, restricted } = fieldOf(described, 'Status')
    expect(restricted).toBe(true)
    expect(values?.[0]).toEqual({ value: 'New', label: 'New', active: true })
    const account = valueOf(await connectors.salesforce.describe('Account', context))
    expect(fieldOf(account, 'Name')).toMatchObject({ required: true })
  })
})

describe('ConnectWise describes', () => {
  it('references by id and by word, with what its setup tables offer, and custom fields', async () => {
    const ticket = valueOf(await connectors.connectwise.describe('ticket', context))
    expect(fieldOf(ticket, 'summary')).toMatchObject({ required: true, length: 100 })
    expect(fieldOf(ticket, 'company/id')).toMatchObject({ type: 'reference', referenceTo: 'company', required: true })
    expect(fieldOf(ticket, 'board/name').values?.map(({ value }) => value)).toContain('Help Desk')
    const statuses = fieldOf(ticket, 'status/name').values ?? []
    expect(statuses.filter(({ value }) => value === 'New')).toEqual([{ value: 'New', label: 'New', active: true }])
    expect(fieldOf(ticket, 'initialDescription')).toMatchObject({ type: 'multiline', createOnly: true })
    expect(fieldOf(ticket, 'customFields/Contract No')).toMatchObject({ type: 'text' })
    const opportunity = valueOf(await connectors.connectwise.describe('opportunity', context))
    expect(fieldOf(opportunity, 'primarySalesRep/identifier').values).toContainEqual({
      value: 'patchbay',
      label: 'Patchbay Integration',
      active: true,
    })
    expect(fieldOf(opportunity, 'customFields/Amount')).toMatchObject({ type: 'number' })
  })

  it('the rest when one table may not be read, and says which', async () => {
    await sandbox.setFault('connectwise', { kind: 'validation', entity: 'companyStatus', writesOnly: false })
    const company = valueOf(await connectors.connectwise.describe('company', context))
    expect(company.remarks.join()).toContain('the statuses of companies')
    expect(fieldOf(company, 'status/name')).toMatchObject({ values: null, restricted: false })
    expect(fieldOf(company, 'name')).toMatchObject({ length: 50 })
  })
})
