import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'

/** The latest events that the editor offers by itself. */
const offered = 20

let bridge: Bridge
let keptId = 0
test.beforeAll(async () => {
  bridge = await openBridge()
  const id = String((await bridge.records('salesforce', 'Account'))[0]?.['Id'])
  await bridge.change('salesforce', 'Account', id, { Website: 'https://kept.example.com' })
  await bridge.settled()
  const [kept] = await bridge.events('&system=salesforce&entity=Account')
  keptId = Number(kept?.id)
  const body = { eventId: keptId, name: 'Website without a path' }
  await bridge.host.api('/samples', { method: 'PUT', body })
  for (let round = 0; round <= offered; round += 1) {
    await bridge.change('salesforce', 'Account', id, { Website: `https://later-${round}.example.com` })
  }
  await bridge.settled()
})
test.afterAll(() => bridge.close())

walk('a draft is tried on a test case that is older than the latest events, and compared on it', async (page) => {
  await openConsole(page, bridge.host, '#/mappings/account-company')
  const preview = page.getByRole('region', { name: 'Live preview' })
  await expect(preview).toContainText('https://later-')
  await preview.getByRole('combobox', { name: 'Event to try the mapping on' }).click()
  const cases = page.getByRole('group', { name: 'Test cases' })
  await expect(cases.getByRole('option')).toHaveText(/^Website without a path/)
  await expect(page.getByRole('group', { name: 'Latest events' }).getByRole('option')).toHaveCount(offered)
  await picture(page, 'mapping-test-cases')
  await cases.getByRole('option').click()
  await expect(preview.getByRole('link', { name: `Event ${keptId}` })).toBeVisible()
  await expect(preview.getByRole('combobox')).toHaveValue(/^Website without a path/)

  await preview.getByRole('button', { name: /Website/i }).click()
  await page.locator('[data-row-head][aria-expanded="true"]').press('Delete')
  await page.getByRole('button', { name: /^Backtest/ }).click()
  const outputs = page.getByRole('dialog').getByRole('group', { name: 'Outputs that change' })
  await expect(outputs.getByText('Test case: Website without a path')).toHaveCount(1)
  await picture(page, 'mapping-backtest')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard the changes' }).click()
})
