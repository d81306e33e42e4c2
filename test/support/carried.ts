import { expect, type Page } from '@playwright/test'

/** The rows of the live list. */
export const liveRows = (page: Page) =>
  page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')

/**
 * Has somebody change an account in the sandbox, and waits until it has arrived at the other side. What the header shows may be what was heard
 * last; this only a relay does that is at work.
 */
export async function carryOver(page: Page): Promise<void> {
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  await page.getByRole('button', { name: 'Change an account' }).click()
  await page.evaluate(() => window.location.assign('#/live'))
  await expect(liveRows(page).first()).toContainText('Delivered')
}
