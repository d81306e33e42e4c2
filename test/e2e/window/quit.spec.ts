import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'
import { picture } from '#test/support/console.ts'

test('quitting with work in flight says so and waits for it; nothing is cut off', async ({ open }) => {
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  const relay = page.getByRole('region', { name: 'The relay' })
  await expect(relay).toContainText('All is well')
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  await page.getByRole('group', { name: 'Faults' }).getByRole('switch', { name: 'ConnectWise: Slow' }).press('Space')
  await page.getByRole('button', { name: 'Change an account' }).click()
  await expect(relay).toContainText('1 in progress')
  await desktop.quit()
  await expect(page.getByRole('alert').filter({ hasText: 'finishes' })).toBeVisible()
  await picture(page, 'desktop-quitting')
  expect(await desktop.ended).toBe(0)
})
