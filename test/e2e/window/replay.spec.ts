import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'
import { liveRows } from '#test/support/carried.ts'

test('what failed is replayed from the window once its cause is gone', async ({ open }) => {
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  const faults = page.getByRole('group', { name: 'Faults' })
  await faults.getByRole('switch', { name: 'ConnectWise: Field refused' }).press('Space')
  await page.getByRole('button', { name: 'Change an account' }).click()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('1 failed')
  await faults.getByRole('button', { name: 'Heal everything' }).click()
  await expect(faults.getByRole('switch', { checked: true })).toHaveCount(0)

  await page.evaluate(() => window.location.assign('#/failures'))
  const failed = page.getByRole('region', { name: 'Failed' })
  await failed
    .getByRole('button', { name: /^Replay/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('0 failed')
  await page.evaluate(() => window.location.assign('#/live'))
  await expect(liveRows(page).first()).toContainText('Delivered')
})
