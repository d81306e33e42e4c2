import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conflict } from '#shared/domain/conflict.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { ReplayItem } from '#shared/domain/replay.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let accounts: Fields[]
beforeAll(async () => {
  bridge = await openBridge()
  accounts = (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  for (let at = 0; at < 4; at += 1) await step(pair(at))
  await askFor('Website')
})
afterAll(() => bridge.close())

function pair(at: number): { accountId: string; companyId: string } {
  const account = accounts[at]
  return { accountId: String(account?.['Id']), companyId: String(account?.['ConnectWise_Id__c']) }
}

/** Lets a person decide about this field of accounts. */
async function askFor(field: string): Promise<void> {
  const mappings = await bridge.host.api<MappingVersion[]>('/mappings')
  const document = mappings.find((one) => one.mappingId === 'account-company')?.document
  if (document === undefined) throw new Error('no mapping of accounts')
  const fields = document.fields.map((row) => (row.salesforce === field ? { ...row, conflict: 'ask' } : row))
  await bridge.host.api('/mappings', { method: 'PUT', body: { document: { ...document, fields }, note: 'ask' } })
}

/** Brings a pair in step: a conflict is what both sides change after that. */
async function step({ accountId, companyId }: { accountId: string; companyId: string }): Promise<void> {
  await bridge.change('salesforce', 'Account', accountId, { Website: 'https://step.example.com' })
  await until('both are in step', async () => {
    const company = await bridge.record('connectwise', 'company', companyId)
    return company['website'] === 'https://step.example.com'
  })
  await bridge.settled()
}

/** Lets both sides change the website before either hears of the other. */
async function conflictOn({ accountId, companyId }: { accountId: string; companyId: string }): Promise<Conflict> {
  await bridge.break('salesforce', { kind: 'down' })
  await bridge.change('salesforce', 'Account', accountId, { Website: 'https://sf.example.com' })
  await bridge.change('connectwise', 'company', companyId, { website: 'https://cw.example.com' })
  await bridge.break('salesforce', null)
  return until('the conflict is parked', async () => {
    const { items } = await bridge.host.api<{ items: Conflict[] }>('/conflicts')
    return items.find((one) => [accountId, companyId].includes(one.record.id))
  })
}

async function websites({ accountId, companyId }: { accountId: string; companyId: string }): Promise<unknown[]> {
  const account = await bridge.record('salesforce', 'Account', accountId)
  const company = await bridge.record('connectwise', 'company', companyId)
  return [account['Website'], company['website']]
}

/** Undoes a delivery, and tells what became of it. */
async function undoItem(deliveryId: number): Promise<ReplayItem> {
  const { replayId } = await bridge.host.api<{ replayId: number }>('/replays/undo', {
    method: 'POST',
    body: { deliveryId },
  })
  return until('the undo has ended', async () => {
    const { items } = await bridge.host.api<{ items: ReplayItem[] }>(`/replays/${replayId}/items`)
    return items.find((one) => !['waiting', 'open'].includes(one.result))
  })
}

describe('a field that both systems changed and a person decides', () => {
  const choices = [
    ['salesforce', 'https://sf.example.com'],
    ['connectwise', 'https://cw.example.com'],
    [{ value: 'https://both.example.com' }, 'https://both.example.com'],
  ] as const
  for (const [at, [choice, expected]] of choices.entries()) {
    it(`is parked with both values, and ends as chosen on both sides: ${JSON.stringify(choice)}`, async () => {
      const records = pair(at)
      const conflict = await conflictOn(records)
      const [field] = conflict.fields
      expect([field?.salesforce, field?.connectwise]).toEqual(['https://sf.example.com', 'https://cw.example.com'])
      expect(await websites(records)).toEqual(['https://sf.example.com', 'https://cw.example.com'])
      const path = `/conflicts/${conflict.deliveryId}/resolve`
      await expect(bridge.host.api(path, { method: 'POST', body: { choices: {} } })).rejects.toThrow(/Choose a value/)
      await bridge.host.api(path, { method: 'POST', body: { choices: { [field?.field ?? '']: choice } } })
      await bridge.settled()
      expect(await websites(records)).toEqual([expected, expected])
      const delivery = await bridge.host.api<{ conflicts: Conflict['fields'] }>(`/deliveries/${conflict.deliveryId}`)
      expect(delivery.conflicts[0]).toMatchObject({ choice, chosenBy: expect.any(String) as string })
      const wroteBack = choice !== conflict.record.system
      const undone = await undoItem(conflict.deliveryId)
      expect(undone.sentence).toMatch(
        typeof choice === 'string' && wroteBack ? /a person had chosen/u : /Undone|changed since/u,
      )
    }, 60_000)
  }

  it('is parked once more when the value to be given up has changed since it was seen', async () => {
    const records = pair(3)
    const { deliveryId } = await conflictOn(records)
    await bridge.change('connectwise', 'company', records.companyId, { website: 'https://unseen.example.com' })
    const keepSalesforce = () =>
      bridge.host.api(`/conflicts/${deliveryId}/resolve`, {
        method: 'POST',
        body: { choices: { website: 'salesforce' } },
      })
    await keepSalesforce()
    const again = await until('it is parked with the newer value', async () => {
      const { items } = await bridge.host.api<{ items: Conflict[] }>('/conflicts')
      return items.find((one) => one.deliveryId === deliveryId)
    })
    expect(again.note).toMatch(/changed once more/u)
    expect(again.fields).toMatchObject([{ connectwise: 'https://unseen.example.com', choice: null }])
    expect(await websites(records)).toEqual(['https://sf.example.com', 'https://unseen.example.com'])
    await keepSalesforce()
    await bridge.settled()
    expect(await websites(records)).toEqual(['https://sf.example.com', 'https://sf.example.com'])
  }, 60_000)
})
