import { expect, test, type Page } from '@playwright/test'
import type { Conflict } from '#shared/domain/conflict.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { Source } from '#shared/domain/source.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let pairs: readonly { readonly accountId: string; readonly companyId: string }[]
test.beforeAll(async () => {
  bridge = await openBridge()
  const accounts = await bridge.records('salesforce', 'Account')
  pairs = accounts
    .filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
    .map((one) => ({ accountId: String(one['Id']), companyId: String(one['ConnectWise_Id__c']) }))
})
test.afterAll(() => bridge.close())

/** Lets a person decide about the website of accounts, and brings one pair in step before that. */
async function askForWebsite(accountId: string): Promise<void> {
  await bridge.change('salesforce', 'Account', accountId, { Website: 'https://step.example.com' })
  await bridge.settled()
  const mappings = await bridge.host.api<MappingVersion[]>('/mappings')
  const document = mappings.find((one) => one.mappingId === 'account-company')?.document
  if (document === undefined) throw new Error('no mapping of accounts')
  const fields = document.fields.map((row) => (row.salesforce === 'Website' ? { ...row, conflict: 'ask' } : row))
  await bridge.host.api('/mappings', { method: 'PUT', body: { document: { ...document, fields }, note: 'ask' } })
}

async function openEvent(page: Page, eventId: number): Promise<void> {
  await page.goto(bridge.host.consoleUrl)
  await page.evaluate((id) => (location.hash = `#/events/${id}`), eventId)
}

test('both systems changed a field: see both values, choose one, see it on both sides', async ({ page }) => {
  const [pair] = pairs
  if (pair === undefined) throw new Error('the sandbox has no paired account')
  const { accountId, companyId } = pair
  await askForWebsite(accountId)
  await bridge.break('salesforce', { kind: 'down' })
  await bridge.change('salesforce', 'Account', accountId, { Website: 'https://sf.example.com' })
  await bridge.change('connectwise', 'company', companyId, { website: 'https://cw.example.com' })
  await bridge.break('salesforce', null)
  const conflict = await until('the conflict is parked', async () => {
    const { items } = await bridge.host.api<{ items: Conflict[] }>('/conflicts')
    return items.find((one) => [accountId, companyId].includes(one.record.id))
  })
  await openEvent(page, conflict.eventId)
  const panel = page.getByLabel(/^Event \d+$/)
  const keep = panel.getByRole('button', { name: 'Keep these values' })
  await expect(panel).toContainText('changed in both systems')
  await expect(keep).toBeDisabled()
  await expect(panel.getByRole('button', { name: /^Release/ }), 'a conflict is not released').toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Salesforce: https://sf.example.com' })).toBeVisible()
  await panel.getByRole('button', { name: 'ConnectWise: https://cw.example.com' }).click()
  await keep.click()
  await expect(panel).toContainText('ConnectWise’s value was chosen')
  const websites = async () => {
    const account = await bridge.record('salesforce', 'Account', accountId)
    const company = await bridge.record('connectwise', 'company', companyId)
    return [account['Website'], company['website']]
  }
  await expect.poll(websites).toEqual(['https://cw.example.com', 'https://cw.example.com'])
})

test('more deletions than the source lets pass are held, and released together once a person has seen how many', async ({
  page,
}) => {
  const sources = await bridge.host.api<{ source: Source }[]>('/sources')
  const source = sources.map((one) => one.source).find((one) => one.kind === 'connectwise-callback')
  const settings = { ...source?.settings, mostDeletions: 1 }
  await bridge.host.api('/sources', { method: 'PUT', body: { source: { ...source, settings }, secrets: {} } })
  const doomed = pairs.slice(1, 3)
  // A deletion says something about linked pairs only, and these are linked when they are first carried over.
  for (const { companyId } of doomed) {
    await bridge.change('connectwise', 'company', companyId, { phoneNumber: '3125550199' })
  }
  await bridge.settled()
  for (const { companyId } of doomed) await bridge.remove('connectwise', 'company', companyId)
  const eventId = await until('a deletion is held', async () => {
    const { items } = await bridge.host.api<{ items: { eventId: number }[] }>('/deliveries?state=parked')
    return items.length < doomed.length ? undefined : items[0]?.eventId
  })
  await openEvent(page, eventId)
  const panel = page.getByLabel(/^Event \d+$/)
  await expect(panel).toContainText('More than 1 record was deleted in ConnectWise')
  await panel.getByRole('button', { name: 'Release 2 deletions…' }).click()
  const question = page.getByRole('dialog', { name: 'Release 2 deletions' })
  await expect(question).toContainText('2 pairs of records are unlinked and not kept in step any more')
  await question.getByRole('button', { name: 'Cancel' }).click()
  const parked = () => bridge.host.api<{ items: unknown[] }>('/deliveries?state=parked')
  expect((await parked()).items).toHaveLength(2)
  await panel.getByRole('button', { name: 'Release 2 deletions…' }).click()
  await question.getByRole('button', { name: 'Release 2 deletions' }).click()
  await expect(panel).toContainText('is not synced any more')
  await expect(panel.getByRole('button', { name: /^Release/ })).toHaveCount(0)
})
