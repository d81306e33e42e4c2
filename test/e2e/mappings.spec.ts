import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

async function newest(): Promise<MappingVersion> {
  const all = await bridge.host.api<MappingVersion[]>('/mappings')
  const found = all.find(({ mappingId }) => mappingId === 'case-ticket')
  if (found === undefined) throw new Error('the sandbox has no mapping of cases')
  return found
}

/** A mapping that says nothing of the status Escalated any more, and a case that fails for it. */
async function unmappedStatus(round: number): Promise<{ eventId: number; ticketId: string }> {
  const { document } = await newest()
  const fields = document.fields.map((row) =>
    row.valueMap === undefined
      ? row
      : {
          ...row,
          valueMap: { ...row.valueMap, pairs: row.valueMap.pairs.filter((pair) => pair.salesforce !== 'Escalated') },
        },
  )
  const body = { document: { ...document, fields }, note: 'Escalated is handled by phone.' }
  await bridge.host.api('/mappings', { method: 'PUT', body })
  const cases = (await bridge.records('salesforce', 'Case')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string' && one['Status'] === 'Working',
  )
  const [first, second, third] = cases.slice(round * 3)
  const id = String(first?.['Id'])
  await bridge.change('salesforce', 'Case', String(second?.['Id']), { Priority: 'Medium' })
  await bridge.change('salesforce', 'Case', String(third?.['Id']), { Subject: 'Scanner in the hall sends empty mails' })
  await bridge.change('salesforce', 'Case', id, { Status: 'Escalated' })
  const event = await until('the dead letter', async () => (await bridge.events(`&state=dead&recordId=${id}`))[0])
  await bridge.settled()
  return { eventId: event.id, ticketId: String(first?.['ConnectWise_Id__c']) }
}

let round = -1
walk('a value without a pair is mapped, tried out, saved, replayed, and rolled back', async (page) => {
  round += 1
  const { ticketId } = await unmappedStatus(round)
  const before = (await newest()).version
  const ticketStatus = async () => (await bridge.record('connectwise', 'ticket', ticketId))['status']

  await openConsole(page, bridge.host, '#/mappings')
  await expect(page.getByRole('link', { name: 'Case ↔ ticket' })).toBeVisible()
  await picture(page, 'mappings')

  await goTo(page, '#/mappings/case-ticket?field=status%2Fname&value=Escalated')
  const preview = page.getByRole('region', { name: 'Live preview' })
  await expect(preview.getByRole('status')).toContainText('1 row fails')
  const pair = page.getByRole('combobox', { name: 'Escalated in ConnectWise' })
  await expect(pair, 'the value that somebody came for has the focus').toBeFocused()
  await picture(page, 'mapping-editor')

  await pair.selectOption('Escalated')
  await expect(preview.getByRole('status')).not.toContainText('fail')
  await expect(preview.getByRole('button', { name: /Status/ })).toContainText('Escalated→Escalated')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(preview.getByRole('status')).toContainText('1 row fails')
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect(preview.getByRole('status')).not.toContainText('fail')

  await goTo(page, '#/live')
  await page.getByRole('link', { name: 'Back to the draft' }).click()
  await expect(page.getByText('not saved', { exact: true }), 'a draft waits').toBeVisible()

  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('group', { name: 'Backtest' })).toContainText(/Changes \d+ of \d+ outputs/)
  await expect(dialog).toContainText('None of these events would fail')
  const save = dialog.getByRole('button', { name: /^Save version/ })
  await expect(save, 'a change is not saved without a word on why').toBeDisabled()
  await dialog.getByRole('textbox', { name: /What you changed/ }).fill('Escalated cases escalate their ticket')
  await picture(page, 'mapping-save')
  await save.click()
  await expect(page.getByText(`Version ${before + 1} is saved.`)).toBeVisible()

  await page.getByRole('button', { name: /^Replay \d+ failure/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Replay \d+ deliver/ })
    .click()
  await until('the ticket is escalated', async () => JSON.stringify(await ticketStatus()).includes('Escalated'))

  await page.getByRole('link', { name: `Version ${before + 1}` }).click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText('Escalated cases escalate their ticket')
  await expect(comparison.getByRole('group', { name: 'Differences' })).toContainText('Escalated ↔ Escalated')
  await picture(page, 'mapping-versions')
  await comparison.getByRole('button', { name: `Go back to version ${before}` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Go back to version ${before}` })
    .click()
  await expect(page.getByText(`Version ${before + 2} is what version ${before} was.`)).toBeVisible()
  expect((await newest()).version).toBe(before + 2)
})
