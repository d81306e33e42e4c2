import { expect, test, type Page } from '@playwright/test'
import type { Health } from '#shared/domain/health.ts'
import type { MappingField, MappingVersion } from '#shared/domain/mapping.ts'
import type { Source } from '#shared/domain/source.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
/** Accounts that have their company in ConnectWise. */
let accounts: readonly Fields[]
let round = 0

test.beforeAll(async () => {
  bridge = await openBridge()
  accounts = (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  await stepTogether()
  await changeMapping('case-ticket', (row) =>
    row.salesforce === 'Priority' && row.valueMap !== undefined
      ? {
          ...row,
          valueMap: { ...row.valueMap, pairs: row.valueMap.pairs.filter((pair) => pair.salesforce !== 'High') },
        }
      : row,
  )
  const sources = await bridge.host.api<{ source: Source }[]>('/sources')
  const source = sources.map((one) => one.source).find((one) => one.kind === 'connectwise-callback')
  const settings = { ...source?.settings, mostDeletions: 1 }
  await bridge.host.api('/sources', { method: 'PUT', body: { source: { ...source, settings }, secrets: {} } })
})
test.afterAll(() => bridge.close())
test.beforeEach(async () => {
  round += 1
  await bridge.break('connectwise', null)
  await bridge.break('salesforce', null)
})

/** The pairs of this round that a person decides about. */
function decided(first = 3 + 3 * (round % 2)) {
  const [pair, ...doomed] = accounts
    .slice(first, first + 3)
    .map((one) => ({ accountId: String(one['Id']), companyId: String(one['ConnectWise_Id__c']) }))
  if (pair === undefined) throw new Error('the sandbox has too few paired accounts')
  return { pair, doomed }
}

/** Has pairs carried over once: conflicts and deletions say something about linked pairs only. */
async function stepTogether(): Promise<void> {
  for (const { pair, doomed } of [decided(3), decided(6)]) {
    await bridge.change('salesforce', 'Account', pair.accountId, { Website: 'https://step.example.com' })
    for (const { companyId } of doomed)
      await bridge.change('connectwise', 'company', companyId, { phoneNumber: '3125550199' })
  }
  await bridge.settled()
}

async function changeMapping(id: string, change: (row: MappingField) => MappingField): Promise<void> {
  const mappings = await bridge.host.api<MappingVersion[]>('/mappings')
  const document = mappings.find((one) => one.mappingId === id)?.document
  if (document === undefined) throw new Error(`no mapping ${id}`)
  const fields = document.fields.map(change)
  await bridge.host.api('/mappings', { method: 'PUT', body: { document: { ...document, fields }, note: 'test' } })
}

const dead = (query = '') => bridge.events(`&state=dead${query}`)

async function changeWebsites(count: number): Promise<void> {
  for (const account of accounts.slice(0, count)) {
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: `https://new-${round}.example.com` })
  }
}

/** Three companies whose website ConnectWise refuses, and a case with a priority that the mapping does not know. */
async function makeFailures(): Promise<void> {
  const cases = await bridge.records('salesforce', 'Case')
  await bridge.change('salesforce', 'Case', String(cases[round]?.['Id']), {
    Priority: 'High',
    Subject: `Mixer ${round}`,
  })
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await changeWebsites(3)
  await until('four dead letters', async () => (await dead()).length === 4)
}

function causeOf(page: Page, words: string | RegExp) {
  return page.getByRole('region', { name: 'Failed' }).getByRole('group').filter({ hasText: words })
}

walk('a cause is replayed, comes back, is given up and taken back, mended and resolved', async (page) => {
  await makeFailures()
  await openConsole(page, bridge.host, '#/failures')
  const refused = causeOf(page, 'website')
  await expect(refused).toContainText('3 dead letters')
  await expect(refused).toContainText('What to do')
  await expect(causeOf(page, 'High').getByRole('link', { name: 'Map “High”' })).toHaveAttribute(
    'href',
    '#/mappings/case-ticket?field=priority%2Fname&value=High',
  )

  await refused.getByRole('button', { name: 'Replay all 3…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 3 deliveries' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // The list may say so already, of the replay in the other theme.
  await until('the replay is through', async () => {
    const { items } = await bridge.host.api<{ items: { state: string }[] }>('/replays?limit=1')
    return items[0]?.state === 'finished'
  })
  await expect(refused).toContainText('Came back')
  await expect(refused).toContainText('3 dead letters')
  await picture(page, 'failures')

  await refused.getByRole('link', { name: 'Show all 3' }).click()
  const list = page.getByRole('grid', { name: 'Dead letters' })
  await expect(list.getByRole('row')).toHaveCount(4)
  await list.getByRole('checkbox').nth(1).click()
  await list
    .getByRole('checkbox')
    .nth(3)
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'What to do with the selection' })
  await expect(bar).toContainText('3 dead letters selected')
  await picture(page, 'failures-list')
  await bar.getByRole('button', { name: 'Discard…' }).click()
  await page.getByRole('textbox', { name: 'Why' }).fill('Entered by hand')
  await page.getByRole('button', { name: 'Discard 3' }).click()
  await expect(page.getByText('Nothing is left here')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(list.getByRole('row')).toHaveCount(4)

  await bridge.break('connectwise', null)
  await list.getByRole('checkbox', { name: 'Select all' }).click()
  await bar.getByRole('button', { name: 'Replay 3…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 3 deliveries' }).click()
  await page.getByRole('link', { name: 'All causes' }).click()
  await expect(page.getByRole('region', { name: 'Resolved lately' })).toContainText('website')
  await expect(causeOf(page, 'website')).toHaveCount(0)
  await page
    .getByRole('navigation', { name: 'Failures' })
    .getByRole('link', { name: /^Resolved/ })
    .click()
  await expect(page.getByRole('grid', { name: /^Resolved causes/ })).toContainText('website')
  await picture(page, 'failures-resolved')

  await goTo(page, '#/failures')
  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: 'Search among failures' }))
    .fill('mixer')
  const found = page.getByRole('grid', { name: 'Dead letters that match' })
  await expect(found.getByRole('row')).toHaveCount(2)
  await found.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await bar.getByRole('button', { name: 'Discard…' }).click()
  await page.getByRole('textbox', { name: 'Why' }).fill('A test by sales')
  await page.getByRole('button', { name: 'Discard 1' }).click()
  await expect(found).toHaveCount(0)
  await page.getByRole('navigation', { name: 'Failures' }).getByRole('link', { name: 'Discarded' }).click()
  await expect(page.getByRole('grid', { name: /^What was given up/ })).toContainText('A test by sales')
  await picture(page, 'failures-discarded')
})

/** A website that both sides changed, and more deletions than the source lets pass. */
async function makeDecisions(): Promise<void> {
  const { pair, doomed } = decided()
  await changeMapping('account-company', (row) => (row.salesforce === 'Website' ? { ...row, conflict: 'ask' } : row))
  await bridge.break('salesforce', { kind: 'down' })
  await bridge.change('salesforce', 'Account', pair.accountId, { Website: `https://sf-${round}.example.com` })
  await bridge.change('connectwise', 'company', pair.companyId, { website: `https://cw-${round}.example.com` })
  await bridge.break('salesforce', null)
  for (const { companyId } of doomed) await bridge.remove('connectwise', 'company', companyId)
}

walk('what waits for a decision is decided beside its causes', async (page) => {
  await makeDecisions()
  await openConsole(page, bridge.host, '#/failures')
  const decisions = page.getByRole('region', { name: 'Waits for your decision' })
  await expect(decisions).toContainText(/\d deletions?…/)
  const keep = decisions.getByRole('button', { name: 'Keep', exact: true })
  await expect(keep).toBeDisabled()
  await decisions.getByRole('button', { name: `ConnectWise https://cw-${round}.example.com` }).click()
  await picture(page, 'failures-decisions')
  await keep.click()
  await until('the chosen value is on both sides', async () => {
    const account = await bridge.record('salesforce', 'Account', decided().pair.accountId)
    return account['Website'] === `https://cw-${round}.example.com`
  })
  await decisions.getByRole('button', { name: /^Release \d deletions?…$/ }).click()
  await expect(page.getByRole('dialog')).toContainText('not kept in step any more')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Release/ })
    .click()
  await expect(decisions).toHaveCount(0)
})

/** Companies that can't be seen any more, while nobody says that they were deleted. */
async function loseSight(): Promise<void> {
  const lost = accounts.slice(9 + 3 * (round % 2), 12 + 3 * (round % 2))
  for (const account of lost)
    await bridge.change('salesforce', 'Account', String(account['Id']), { Phone: '+1 312 555 0100' })
  await bridge.settled()
  const sources = (await bridge.host.api<{ source: Source }[]>('/sources')).map((one) => one.source)
  for (const source of sources) {
    if (source.kind === 'salesforce-webhook') {
      const settings = { ...source.settings, mostDeletions: 1 }
      await bridge.host.api('/sources', { method: 'PUT', body: { source: { ...source, settings }, secrets: {} } })
    } else {
      const pause = { scope: 'source', id: source.id, reason: 'The firewall is worked on' }
      await bridge.host.api('/pauses', { method: 'PUT', body: pause })
    }
  }
  for (const account of lost) await bridge.remove('connectwise', 'company', String(account['ConnectWise_Id__c']))
  for (const account of lost)
    await bridge.change('salesforce', 'Account', String(account['Id']), { Phone: `+1 312 555 017${round}` })
}

walk('records that can not be found any more are held together, and looked for once more', async (page) => {
  await loseSight()
  await openConsole(page, bridge.host, '#/failures')
  const decisions = page.getByRole('region', { name: 'Waits for your decision' })
  await expect(decisions).toContainText("can't be found in ConnectWise any more")
  await expect(decisions).toContainText('may not see them any more')
  await decisions.getByRole('button', { name: /^Release \d deliver(y|ies)…$/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('looked for once more')
  await picture(page, 'failures-gone')
  await dialog.getByRole('button', { name: /^Release/ }).click()
  await expect(decisions).toHaveCount(0)
  for (const { scope, id } of (await bridge.host.api<Health>('/health')).pauses)
    await bridge.host.api('/pauses/clear', { method: 'POST', body: { scope, id } })
})
