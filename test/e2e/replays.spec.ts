import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk, withoutNotices } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** A change that ConnectWise refuses, healed afterwards; answers its event. */
async function failedChange(website: string): Promise<{ eventId: number; companyId: string }> {
  const accounts = await bridge.records('salesforce', 'Account')
  const account = accounts.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
  const id = String(account?.['Id'])
  const before = (await bridge.events(`&state=dead&recordId=${id}`))[0]?.id
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', id, { Website: website })
  const event = await until('the dead letter', async () => {
    const [newest] = await bridge.events(`&state=dead&recordId=${id}`)
    return newest?.id === before ? undefined : newest
  })
  await bridge.break('connectwise', null)
  return { eventId: event.id, companyId: String(account?.['ConnectWise_Id__c']) }
}

let round = 0
walk('a replay is looked at, edited, sent, watched and taken back', async (page) => {
  round += 1
  const { eventId, companyId } = await failedChange(`https://wanted-${round}.example.com`)
  const website = async () => (await bridge.record('connectwise', 'company', companyId))['website']
  const before = await website()
  await openConsole(page, bridge.host, `#/events/${eventId}`)
  await page.getByRole('button', { name: 'Replay with a look first' }).click()

  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/API call/)
  await dialog.getByRole('button', { name: 'See what would change' }).click()
  await expect(dialog.getByRole('group', { name: 'What would change' })).toContainText(`wanted-${round}`)
  expect(await website()).toBe(before)
  await picture(page, 'replay')

  await dialog.getByText('Edited', { exact: true }).click()
  const editor = dialog.getByRole('textbox', { name: 'The values to send' })
  await expect(editor).toContainText(`wanted-${round}`)
  await editor.fill('{ "Website": ')
  await expect(dialog.getByRole('button', { name: 'Replay 1 delivery' })).toBeDisabled()
  await editor.fill(`{ "Website": "https://edited-${round}.example.com" }`)
  await dialog.getByRole('textbox', { name: /Note/ }).fill('The address was mistyped')
  await dialog.getByRole('button', { name: 'Replay 1 delivery' }).click()
  await page.getByRole('link', { name: 'See the replay' }).click()

  const detail = page.getByRole('region', { name: /^Replay \d+$/ })
  await expect(detail.getByRole('status', { name: 'Results' })).toContainText('Updated')
  expect(await website()).toBe(`https://edited-${round}.example.com`)
  await expect(detail).toContainText('The address was mistyped')
  await expect(detail).toContainText(/^.*Ordered by somebody at the console .*, as fast as the systems take it/)
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('0 in progress')
  await withoutNotices(page)
  await picture(page, 'replays')

  await detail.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take back 1 write' }).click()
  await page.getByRole('link', { name: 'See how it goes' }).click()
  await expect(detail.getByRole('status', { name: 'Results' })).toContainText('Taken back')
  expect(await website()).toBe(before)
  await detail.getByRole('button', { name: 'Close the replay' }).click()
  const list = page.getByRole('grid', { name: 'Replays, newest first' })
  await expect(list.getByRole('row').nth(1)).toContainText(/Console.*taken back.*as fast as the systems take it/)
  await picture(page, 'replays-list')
})

test('values can be edited for an event opened by its key, too; for several it is said why not', async ({ page }) => {
  await failedChange('https://unwanted.example.com')
  round += 1
  const { eventId } = await failedChange(`https://wanted-${round}.example.com`)
  await openConsole(page, bridge.host, '#/live')
  const rows = page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
  await rows.first().click()
  await expect(page.getByLabel(`Event ${eventId}`, { exact: true })).toBeVisible()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Edited', { exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'The values to send' })).toContainText(`wanted-${round}`)
  await expect(dialog.getByRole('button', { name: 'Replay 1 delivery' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await rows.first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('r')
  await expect(dialog).toContainText('Values can be edited for one delivery at a time.')
  await expect(dialog.getByRole('radio', { name: 'Edited' })).toBeDisabled()
})
