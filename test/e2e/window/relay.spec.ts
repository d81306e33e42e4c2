import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'
import { carryOver, liveRows } from '#test/support/carried.ts'

test('a relay that is killed is started again, and the window goes on by itself', async ({ open }) => {
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  const relay = page.getByRole('region', { name: 'The relay' })
  await expect(relay).toContainText('All is well')
  const [pid] = await desktop.relayPids()
  if (pid === undefined) throw new Error('there is no relay')
  const banner = page.getByRole('alert').filter({ hasText: 'Nothing that it accepted is lost' })
  const seen = banner.waitFor()
  process.kill(pid, 'SIGKILL')
  await seen
  await expect(banner).toHaveCount(0)
  await expect(relay).toContainText('All is well')
  const after = await desktop.relayPids()
  expect(after).toHaveLength(1)
  expect(after).not.toContain(pid)
  await carryOver(page)
})

test('before the machine sleeps nothing new is sent; what waited goes out when it wakes', async ({ open }) => {
  const desktop = await open(['--sandbox', '--screen=live'])
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  expect(await desktop.keepsAwake()).toBe(false)
  await desktop.power('suspend')
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  await page.getByRole('button', { name: 'Change an account' }).click()
  await expect(page.getByRole('status').getByText(/^Somebody changed the account/)).toBeVisible()
  await page.evaluate(() => window.location.assign('#/live'))
  const row = liveRows(page).first()
  await expect(row).toContainText('In progress')
  await expect.poll(() => desktop.keepsAwake()).toBe(true)
  await desktop.power('resume')
  await expect(row).toContainText('Delivered')
  await expect.poll(() => desktop.keepsAwake()).toBe(false)
})
