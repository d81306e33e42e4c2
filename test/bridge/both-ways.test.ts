import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

/** A record of one side that is paired with one of the other. */
async function pairedAccount(): Promise<{ account: Fields; companyId: string }> {
  const account = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  if (account === undefined) throw new Error('the sandbox has no paired account')
  return { account, companyId: String(account['ConnectWise_Id__c']) }
}

async function pairedTicket(): Promise<{ ticket: Fields; caseId: string }> {
  const ticket = (await bridge.records('connectwise', 'ticket')).find(
    (one) => typeof one['externalXRef'] === 'string' && one['externalXRef'] !== '',
  )
  if (ticket === undefined) throw new Error('the sandbox has no paired ticket')
  return { ticket, caseId: String(ticket['externalXRef']) }
}

describe('a change in Salesforce', () => {
  it('appears in ConnectWise with mapped fields, and nothing else is written', async () => {
    const { account, companyId } = await pairedAccount()
    const before = (await bridge.calls('connectwise')).length
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: 'https://new.example.com' })
    const company = await until('the company has the new website', async () => {
      const now = await bridge.record('connectwise', 'company', companyId)
      return now['website'] === 'https://new.example.com' ? now : null
    })
    expect(company['name']).toBe(String(account['Name']).slice(0, 50))
    await bridge.settled()
    expect((await bridge.calls('connectwise')).length).toBe(before + 1)
  })

  it('creates a company once for a new account, with the Salesforce id in it', async () => {
    const created = await bridge.create('salesforce', 'Account', {
      Name: 'Brand New Customer',
      Phone: '(312) 555-0142',
    })
    const id = String(created['Id'])
    await until('the company is there', async () =>
      (await bridge.records('connectwise', 'company')).find((one) => one['name'] === 'Brand New Customer'),
    )
    await bridge.settled()
    const twins = (await bridge.records('connectwise', 'company')).filter((one) =>
      JSON.stringify(one['customFields'] ?? []).includes(id),
    )
    expect(twins).toHaveLength(1)
  })

  it('shows its timeline', async () => {
    const { account } = await pairedAccount()
    const [event] = await bridge.events(`&recordId=${String(account['Id'])}&state=delivered`)
    const detail = await bridge.event(event?.id ?? 0)
    const [delivery] = detail.deliveries
    expect(detail.verifiedBy).toMatch(/Hookdeck/)
    expect(delivery?.result).toBe('updated')
    const [attempt] = delivery?.attempts ?? []
    expect(attempt?.changes).toContainEqual(
      expect.objectContaining({ field: 'website', to: 'https://new.example.com' }),
    )
    expect(attempt?.exchanges.some((one) => one.method === 'PATCH' && one.status === 200)).toBe(true)
    expect(JSON.stringify(detail)).not.toContain(bridge.sandbox.connectwise.privateKey)
  })
})

describe('a ticket changed in ConnectWise', () => {
  for (const via of ['callback', 'queue'] as const) {
    it(`appears in Salesforce when told by ${via}, and no echo runs on`, async () => {
      const { ticket, caseId } = await pairedTicket()
      const summary = `Changed by ${via}`
      await bridge.change('connectwise', 'ticket', Number(ticket['id']), { summary }, via)
      await until('the case has the new subject', async () => {
        const now = await bridge.record('salesforce', 'Case', caseId)
        return now['Subject'] === summary
      })
      await bridge.settled()
      const told = await bridge.events(`&recordId=${String(ticket['id'])}`)
      expect(
        told.some((one) => one.via === (via === 'callback' ? 'webhook' : 'queue') && one.state === 'delivered'),
      ).toBe(true)
      const calls = (await bridge.calls('salesforce')).filter((one) => String(one['path']).includes(caseId))
      expect(calls).toHaveLength(via === 'callback' ? 1 : 2)
      const back = (await bridge.calls('connectwise')).filter((one) =>
        String(one['path']).includes(`/service/tickets/${String(ticket['id'])}`),
      )
      expect(back).toEqual([])
    })
  }
})
