import { expect, test, type Page } from '@playwright/test'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let accounts: { readonly id: string; readonly companyId: string }[]
test.beforeAll(async () => {
  bridge = await openBridge()
  accounts = (await bridge.records('salesforce', 'Account'))
    .filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
    .map((one) => ({ id: String(one['Id']), companyId: String(one['ConnectWise_Id__c']) }))
})
test.afterAll(() => bridge.close())

/** A change that reaches the other system; answers its event. */
async function changeIn(
  system: 'salesforce' | 'connectwise',
  entity: string,
  id: string,
  fields: Record<string, string>,
) {
  const find = (query = '') => bridge.events(`&system=${system}&entity=${entity}&recordId=${id}${query}`)
  const known = new Set((await find()).map((event) => event.id))
  await bridge.change(system, entity, id, fields)
  const event = await until('the event is delivered', async () =>
    (await find('&state=delivered')).find((one) => !known.has(one.id)),
  )
  await bridge.settled()
  return event.id
}

const change = (id: string, fields: Record<string, string>) => changeIn('salesforce', 'Account', id, fields)

async function openTab(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('tab', { name }).click()
}

/** What was copied last. */
async function copied(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

let round = 0
walk('an event is read from its sentence down to the wire, kept as a test case, and taken back', async (page) => {
  round += 1
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const account = accounts[round]
  if (account === undefined) throw new Error('the sandbox has too few paired accounts')
  const company = () => bridge.record('connectwise', 'company', account.companyId)
  const before = await company()
  await change(account.id, { BillingCity: `Springfield ${round}` })
  const id = await change(account.id, {
    Phone: `(212) 555-014${round}`,
    BillingStreet: `${round} Harbor Street`,
    Website: `https://harbor-${round}.example.com`,
  })

  await openConsole(page, bridge.host, `#/events/${id}`)
  const panel = page.getByLabel(/^Event \d+$/)
  await expect(panel.getByRole('heading', { level: 2 })).toContainText('was updated in ConnectWise (3 fields)')
  for (const step of ['Received', 'Verified', 'Stored', 'Deduped', 'Routed', 'Mapped', 'Compared', 'Sent', 'Recorded'])
    await expect(panel.getByText(step, { exact: true })).toBeVisible()
  await expect(panel.getByRole('table')).toContainText(`harbor-${round}`)
  await picture(page, 'event')

  await openTab(page, /Values/)
  await panel.getByRole('radiogroup', { name: 'Which values' }).getByText('After').click()
  await expect(panel.getByRole('treeitem', { name: /website/ })).toContainText(`harbor-${round}`)
  await picture(page, 'event-values')

  await openTab(page, /Attempts/)
  await panel.getByRole('button', { name: /^Write/ }).click()
  await panel.getByRole('button', { name: 'Copy as curl' }).click()
  await page.getByRole('menuitem', { name: 'For a Unix shell' }).click()
  expect(await copied(page)).toMatch(/^curl --request PATCH http.*Authorization: Basic <.*--data-raw '\[/s)
  await picture(page, 'event-attempts')

  await openTab(page, /Payload/)
  const tree = panel.getByRole('tree', { name: 'Payload' })
  await panel.getByRole('textbox', { name: 'Find in it' }).fill('harbor street')
  await page.keyboard.press('Enter')
  await expect(tree.locator('[aria-selected="true"]')).toContainText(`${round} Harbor Street`)
  await panel.getByRole('button', { name: 'Copy path' }).click()
  expect(await copied(page)).toContain('BillingStreet')
  await panel.getByRole('button', { name: 'Keep as test case' }).click()
  await page.getByRole('textbox', { name: /example of/ }).fill('Account that moved')
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('Test case Account that moved')
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Save to a file' }).click()
  expect((await download).suggestedFilename()).toBe(`event-${id}.json`)
  await picture(page, 'event-payload')

  await openTab(page, /Related/)
  const related = panel.getByRole('grid', { name: /Events of this record/ })
  await expect(related.getByRole('row').filter({ hasText: 'city' })).toBeVisible()
  await picture(page, 'event-related')
  await openTab(page, /Details/)
  await expect(panel).toContainText('The event came in once.')

  await openTab(page, /Timeline/)
  await panel.getByRole('button', { name: 'Undo' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('3 fields of company')
  await dialog.getByRole('button', { name: 'Take back 3 fields' }).click()
  await until('the values from before are back', async () => (await company())['website'] === before['website'])
  await expect(panel).toContainText('taken back')
  await expect(panel.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

/** Lets the summary of a ticket be the description of its case, which holds several lines, or what an expression makes of it. */
async function carryDescriptions(toSalesforce?: string): Promise<void> {
  const mappings = await bridge.host.api<MappingVersion[]>('/mappings')
  const document = mappings.find((one) => one.mappingId === 'case-ticket')?.document
  if (document === undefined) throw new Error('no mapping of tickets')
  const described = { salesforce: 'Description', connectwise: 'summary', direction: 'to-salesforce', toSalesforce }
  const fields = document.fields.map((row) => (row.salesforce === 'Description' ? described : row))
  await bridge.host.api('/mappings', { method: 'PUT', body: { document: { ...document, fields }, note: '' } })
}

walk('a long text is compared line by line, and a record that came as text is opened', async (page) => {
  round += 1
  await carryDescriptions()
  const ticket = (await bridge.records('connectwise', 'ticket'))[round]
  const lines = [
    'The scanner does not reach the share.',
    'It worked until Tuesday.',
    'Nothing was changed.',
    'Please call.',
  ]
  const describe = (summary: string) => changeIn('connectwise', 'ticket', String(ticket?.['id']), { summary })
  await describe(lines.join('\n'))
  const id = await describe(lines.with(1, `Since Tuesday, ${round} o’clock.`).join('\n'))

  await openConsole(page, bridge.host, `#/events/${id}/values`)
  const difference = page.getByRole('textbox', { name: 'How Description changed' })
  await expect(difference).toContainText(`${round} o’clock`)
  await picture(page, 'event-text')
  await goTo(page, `#/events/${id}/payload`)
  const tree = page.getByRole('tree', { name: 'Payload' })
  await expect(tree.getByRole('treeitem', { name: /^summary/ })).toHaveAttribute('aria-level', '3')
  await tree.getByRole('treeitem', { name: /^summary/ }).click()
  await picture(page, 'event-tree')

  await carryDescriptions('summary & "\\n" & $join([1..1500].("Line " & $ & " of the log"), "\\n")')
  const large = await describe(`${lines.join('\n')} ${round}`)
  await goTo(page, `#/events/${large}/values`)
  const log = page.getByRole('group', { name: 'How Description changed' })
  await expect(log).toContainText('Line 5 of the log')
  await log.evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
  await expect(log).toContainText('Line 1500 of the log')
  await picture(page, 'event-log')
})

walk('the parts of an event are gone through by keyboard, and stay when the next one is opened', async (page) => {
  const account = accounts[0]
  if (account === undefined) throw new Error('the sandbox has no paired account')
  round += 1
  const other = await change(account.id, { Website: `https://keys-${round}.example.com` })
  const id = await change(account.id, { Website: `https://next-${round}.example.com` })
  await openConsole(page, bridge.host, `#/events/${id}/payload`)
  const panel = page.getByLabel(/^Event \d+$/)
  const tree = panel.getByRole('tree', { name: 'Payload' })
  await expect(tree.getByRole('treeitem').nth(3)).toBeVisible()
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem')).toHaveCount(1)
  await expect(tree.getByRole('treeitem')).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-expanded', 'true')
  const picked = tree.locator('[aria-selected="true"]')
  // Typed faster than rows are drawn: into it, back to it, closed, opened, into it again and one on.
  for (const key of ['Right', 'Left', 'Left', 'Right', 'Right', 'Down']) await page.keyboard.press(`Arrow${key}`)
  await expect(picked).toHaveAttribute('aria-level', '2')
  await expect(picked).toHaveAttribute('id', 'Payload-2')
  await page.keyboard.press('ArrowLeft')
  await expect(picked, 'a leaf leads to its parent').toHaveAttribute('aria-level', '1')
  await goTo(page, `#/events/${other}`)
  await expect(panel).toHaveAttribute('aria-label', `Event ${other}`)
  await expect(panel.getByRole('tab', { name: 'Payload' })).toHaveAttribute('aria-selected', 'true')
  await panel.getByRole('tab', { name: 'Payload' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(panel.getByRole('tab', { name: 'Values' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})
