import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#main/base/clock.ts'
import type { CallContext, Connector } from '#main/connectors/connector.ts'
import { createSalesforceConnector } from '#main/connectors/salesforce/salesforce-connector.ts'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { salesforceSettings } from '#shared/domain/connection.ts'

const context: CallContext = { purpose: 'write', signal: new AbortController().signal, record: () => undefined }

let sandbox: Sandbox
const open: Connector[] = []

function connect(externalIdField: string): Connector {
  const { salesforceUrl, salesforce } = sandbox.addresses
  const { clientId, clientSecret } = salesforce
  const settings = salesforceSettings.parse({ loginUrl: salesforceUrl, clientId, externalIdField })
  const connector = createSalesforceConnector({ settings, secrets: { clientSecret }, clock: systemClock })
  open.push(connector)
  return connector
}

async function person(values: Record<string, string>): Promise<string> {
  const answer = await fetch(`${sandbox.addresses.salesforceUrl}/sandbox/records/Account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  })
  return ((await answer.json()) as { Id: string }).Id
}

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7 })
})

afterAll(async () => {
  await Promise.all(open.map((one) => one.close()))
  await sandbox.close()
})

describe('Salesforce', () => {
  it('does not let the connector choose between twins', async () => {
    const twins = [
      await person({ Name: 'One', Import_Key__c: 'T-1' }),
      await person({ Name: 'Two', Import_Key__c: 'T-1' }),
    ]
    const connector = connect('Import_Key__c')
    const order = { entity: 'Account', values: { Name: 'Three' }, foreignId: 'T-1', idempotencyKey: 'd' }
    const created = await connector.create(order, context)
    expect(created).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'MULTIPLE_CHOICES' } })
    for (const [at, id] of twins.entries())
      expect(!created.ok && created.failure.sentence).toContain(`${id} "${['One', 'Two'][at]}"`)
    const found = await connector.findByCrossReference('Account', 'T-1', context)
    expect(found.ok && found.value.map((one) => one.ref.id).sort()).toEqual(twins.sort())
  })

  it('refuses what is not in a pick list, with the value and the way out', async () => {
    const order = {
      entity: 'Case',
      values: { Subject: 'Printer', Status: 'Foo' },
      foreignId: '77001',
      idempotencyKey: 'd',
    }
    expect(await connect('ConnectWise_Id__c').create(order, context)).toMatchObject({
      ok: false,
      failure: {
        class: 'permanent',
        field: 'Status',
        sentence: "Salesforce refused the value 'Foo' for Status of the new Case: it is not in the pick list.",
        fix: "Add a pair for 'Foo' to the value map of Status, or add the value in Salesforce. Then replay.",
      },
    })
  })

  it('has no object of a wrong name, which is not the same as a record that is gone', async () => {
    const connector = connect('ConnectWise_Id__c')
    const id = '001PB00zzzzzzzzAAA'
    expect(await connector.fetch('Acount', id, context)).toMatchObject({ ok: false, failure: { code: 'INVALID_TYPE' } })
    expect(await connector.findByField('Account', 'Nmae', 'x', context)).toMatchObject({
      ok: false,
      failure: { class: 'permanent', code: 'INVALID_FIELD', field: 'Nmae' },
    })
  })

  it('shows a missing cross-reference field in the check', async () => {
    const checks = await connect('Missing__c').check(context)
    expect(checks.filter((one) => !one.ok).map((one) => one.name)).toEqual([
      'Account',
      'Contact',
      'Opportunity',
      'Case',
    ])
    const missing = await connect('Missing__c').findByCrossReference('Account', '1', context)
    expect(missing).toMatchObject({ ok: false, failure: { class: 'permanent', code: 'NO_EXTERNAL_ID_FIELD' } })
  })

  it('tells how many calls are used', async () => {
    const connector = connect('ConnectWise_Id__c')
    expect(connector.budget()).toBeNull()
    await connector.fetch('Account', '001PB00zzzzzzzzAAA', context)
    expect(connector.budget()?.limit).toBeGreaterThan(0)
  })
})
