import { expect, test } from '@playwright/test'
import { openConsole } from '#test/support/console.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
  const accounts = await bridge.records('salesforce', 'Account')
  for (const [place, account] of accounts.slice(0, 4).entries()) {
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: `https://row-${place}.example.com` })
  }
  await bridge.settled()
})
test.afterAll(() => bridge.close())

test('the live list is walked, opened, closed and searched by keyboard alone', async ({ page }) => {
  await openConsole(page, bridge.host, '#/live')
  const grid = page.getByRole('grid', { name: /Events/ })
  const rows = grid.locator('[role="row"][aria-selected]')
  const picked = grid.locator('[role="row"][aria-selected="true"]')
  await expect(rows.nth(3)).toBeVisible()
  const ids = await rows.evaluateAll((all) => all.map((row) => row.id))
  const panel = page.getByLabel(/^Event \d+$/)

  await grid.focus()
  await page.keyboard.press('j')
  await expect(picked).toHaveAttribute('id', ids[0] ?? '')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(picked).toHaveAttribute('id', ids[1] ?? '')
  await expect(panel).toHaveCount(0)

  await page.keyboard.press('Enter')
  await expect(panel).toHaveAttribute('aria-label', (ids[1] ?? '').replace('event-', 'Event '))
  await page.keyboard.press('j')
  await expect(panel).toHaveAttribute('aria-label', (ids[2] ?? '').replace('event-', 'Event '))
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(picked).toHaveCount(0)

  await page.keyboard.press('/')
  const search = page.getByRole('textbox', { name: /Find/ })
  await expect(search).toBeFocused()
  await page.keyboard.type('no such record')
  await expect(page.getByText('No event matches')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(search).not.toBeFocused()
})
