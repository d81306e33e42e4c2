import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { Link } from '#shared/domain/link.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let accounts: Fields[]
beforeAll(async () => {
  bridge = await openBridge()
  accounts = (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
})
afterAll(() => bridge.close())

/** An account that is linked by now, with its company. */
async function linked(): Promise<{ accountId: string; companyId: string }> {
  const account = accounts.shift()
  const [accountId, companyId] = [String(account?.['Id']), String(account?.['ConnectWise_Id__c'])]
  await bridge.change('salesforce', 'Account', accountId, { Website: `https://${companyId}.example.com` })
  await until(`the link of ${accountId}`, async () => (await linkOf(accountId)) !== undefined)
  await bridge.settled()
  return { accountId, companyId }
}

async function linkOf(salesforceId: string): Promise<Link | undefined> {
  const { items } = await bridge.host.api<{ items: Link[] }>(`/links?salesforceId=${salesforceId}`)
  return items[0]
}

async function endedEvent(recordId: string, action: string): Promise<{ id: number; note: string | null }> {
  return until(`the end of ${action} ${recordId}`, async () => {
    const events = await bridge.events(`&recordId=${recordId}`)
    return events.find((one) => one.action === action && one.endedAt !== null)
  })
}

it('unlinks a deleted record and leaves its counterpart; a late change does not make it anew, a restored one revives the pair', async () => {
  const { accountId, companyId } = await linked()
  await bridge.remove('salesforce', 'Account', accountId)
  expect((await endedEvent(accountId, 'deleted')).note).toMatch(/left as it is/)
  expect((await linkOf(accountId))?.endedAt).not.toBeNull()
  const companies = (await bridge.records('connectwise', 'company')).length
  await bridge.change('connectwise', 'company', companyId, { website: 'https://after.example.com' })
  await bridge.settled()
  expect((await bridge.records('connectwise', 'company')).length).toBe(companies)
  await bridge.restore('Account', accountId)
  await endedEvent(accountId, 'restored')
  expect((await linkOf(accountId))?.endedAt).toBeNull()
})

it('moves the link to the winner of a merge in Salesforce, and carries its changes over from then on', async () => {
  const { accountId: loser, companyId } = await linked()
  const winner = String((await bridge.create('salesforce', 'Account', { Name: 'Not Carried Over Yet' }))['Id'])
  const own = await until('the winner is linked', () => linkOf(winner))
  await bridge.remove('connectwise', 'company', own.connectwise.id)
  await until('the link of the winner has ended', async () => (await linkOf(winner))?.endedAt !== null)
  await bridge.change('salesforce', 'Account', winner, { ConnectWise_Id__c: null })
  await bridge.settled()
  await bridge.merge('salesforce', 'Account', winner, loser)
  await until('the winner has the link', async () => (await linkOf(winner))?.connectwise.id === companyId)
  await bridge.settled()
  await bridge.change('salesforce', 'Account', winner, { Website: 'https://winner.example.com' })
  await bridge.settled()
  const followed = await until('the company follows the winner', async () => {
    const company = await bridge.record('connectwise', 'company', companyId)
    return company['website'] === 'https://winner.example.com' ? company : null
  })
  expect(followed['id']).toBe(Number(companyId))
}, 60_000)

it('makes a merge of two linked records a dead letter that names all four', async () => {
  const [one, other] = [await linked(), await linked()]
  await bridge.merge('salesforce', 'Account', one.accountId, other.accountId)
  const dead = await until('the dead letter', async () => {
    const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=dead')
    return items.find((delivery) => delivery.record.id === other.accountId)
  })
  for (const id of [one.accountId, one.companyId, other.accountId, other.companyId])
    expect(dead.failure?.sentence).toContain(id)
  expect(dead.failure?.fix).toMatch(/Merge/)
})

it('moves the link of a merged ticket to its parent', async () => {
  const tickets = await bridge.records('connectwise', 'ticket')
  const loser = tickets.find((one) => typeof one['externalXRef'] === 'string' && one['externalXRef'] !== '')
  const caseId = String(loser?.['externalXRef'])
  const { externalXRef: _x, id: _id, ...rest } = loser ?? {}
  await bridge.change('connectwise', 'ticket', Number(loser?.['id']), { summary: 'To be merged' })
  await until('the case is linked', async () => (await linkOf(caseId)) !== undefined)
  await bridge.break('salesforce', { kind: 'validation', entity: 'Case', field: 'Subject', writesOnly: true })
  const winner = await bridge.create('connectwise', 'ticket', {
    summary: 'The parent',
    company: rest['company'],
    board: rest['board'],
  })
  await until('the parent was refused', async () => {
    const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=dead')
    return items.some((delivery) => delivery.record.id === String(winner['id']))
  })
  await bridge.break('salesforce', null)
  await bridge.merge('connectwise', 'ticket', Number(winner['id']), String(loser?.['id']))
  await until('the parent has the case', async () => (await linkOf(caseId))?.connectwise.id === String(winner['id']))
  await bridge.change('connectwise', 'ticket', Number(winner['id']), { summary: 'The parent goes on' })
  const followed = await until('the case follows the parent', async () => {
    const now = await bridge.record('salesforce', 'Case', caseId)
    return now['Subject'] === 'The parent goes on' ? now : null
  })
  expect(followed['Id']).toBe(caseId)
}, 60_000)

it('holds back a mass deletion until a person lets it through', async () => {
  const ids = accounts.splice(0, 26).map((one) => String(one['Id']))
  for (const id of ids) await bridge.change('salesforce', 'Account', id, { Website: `https://${id}.example.com` })
  for (const id of ids) await until(`the link of ${id}`, async () => (await linkOf(id)) !== undefined)
  await bridge.settled()
  for (const id of ids) await bridge.remove('salesforce', 'Account', id)
  const parked = await until('deletions are held back', async () => {
    const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=parked&limit=100')
    return items.length >= 5 ? items : null
  })
  expect(new Set(parked.map((one) => one.failure?.code))).toEqual(new Set(['MASS_DELETE']))
  await bridge.host.api(`/deliveries/${parked[0]?.id}/release`, { method: 'POST', body: {} })
  await bridge.settled()
  const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=parked')
  expect(items).toEqual([])
}, 60_000)
