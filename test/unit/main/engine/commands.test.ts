import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import { Commands } from '#main/engine/commands.ts'
import { Configuration } from '#main/engine/configure/configuration.ts'
import type { Store } from '#main/store/store.ts'
import { mappingDocument, type MappingDocument } from '#shared/domain/mapping.ts'
import { accountRoute, accounts, connectwise, webhook } from '#test/contract/documents.ts'
import { temporaryStore } from '#test/support/temporary.ts'

const key = new Uint8Array(32).fill(7)
let store: Store
let close: () => Promise<void>
let configuration: Configuration
let commands: Commands

beforeEach(() => {
  ;({ store, close } = temporaryStore())
  configuration = new Configuration(store, key)
  commands = new Commands(store, key, systemClock, configuration)
})
afterEach(() => close())

function withExpression(expression: object): MappingDocument {
  const plain = { salesforce: 'Phone', connectwise: 'phoneNumber' }
  const special = { salesforce: 'Name', connectwise: 'name', ...expression }
  return mappingDocument.parse({ ...accounts, fields: [plain, special] })
}

describe('saving a mapping', () => {
  it('stores one whose expressions can be read', async () => {
    const document = withExpression({ toConnectwise: '$uppercase(Name)', toSalesforce: '$trim(name)' })
    expect(await commands.saveMapping(document, '', 'ada')).toMatchObject({ ok: true, value: { version: 1 } })
    expect(configuration.hasMapping(document.id)).toBe(true)
  })

  it.each([
    [{ toConnectwise: '$uppercase(' }, 'The row Name ↔ name has an expression to ConnectWise'],
    [{ toConnectwise: 'Name', toSalesforce: 'name &' }, 'The row Name ↔ name has an expression to Salesforce'],
  ])('refuses %j, naming the row', async (expression, beginning) => {
    const saved = await commands.saveMapping(withExpression(expression), '', 'ada')
    expect(saved).toMatchObject({ ok: false, code: 'INVALID', reason: expect.stringContaining(beginning) as unknown })
    expect(configuration.hasMapping(accounts.id)).toBe(false)
    expect(store.read((tx) => tx.all('select 1 from audit'))).toEqual([])
  })
})

describe('saving a route', () => {
  beforeEach(async () => {
    await commands.saveConnection(connectwise, {}, 'ada')
  })
  const route = { ...accountRoute, sourceConnectionId: connectwise.id }

  it('refuses one whose mapping is not there, and takes it once it is', async () => {
    const refused = await commands.saveRoute(route, 'ada')
    expect(refused).toMatchObject({
      ok: false,
      code: 'INVALID',
      reason: expect.stringContaining('accounts') as unknown,
    })
    expect(configuration.routes).toEqual([])
    await commands.saveMapping(accounts, '', 'ada')
    expect(await commands.saveRoute(route, 'ada')).toEqual({ ok: true, value: route })
    expect(configuration.routes).toEqual([route])
  })

  it('refuses one whose connection is not there', async () => {
    await commands.saveMapping(accounts, '', 'ada')
    expect(await commands.saveRoute(accountRoute, 'ada')).toMatchObject({ ok: false, code: 'INVALID' })
    expect(await commands.saveSource(webhook, {}, 'ada')).toMatchObject({ ok: false, code: 'INVALID' })
  })
})
