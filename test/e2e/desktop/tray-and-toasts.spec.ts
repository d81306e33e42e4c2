import { expect } from '@playwright/test'
import { picture } from '#test/support/console.ts'
import { test } from '#test/support/desktop.ts'

test.setTimeout(240_000)
test('the icon tells the state, pauses and resumes; one toast for what failed leads to the list of it, filtered, where it is replayed', async ({
  start,
}) => {
  const desktop = await start({ args: ['--sandbox'] })
  const page = await desktop.window()
  const tooltip = async () => (await desktop.tray())?.tooltip
  const icon = async () => (await desktop.tray())?.png
  await expect.poll(tooltip).toBe('Patchbay: all is well')
  const well = await icon()

  await desktop.chooseInTray('Pause everything')
  await expect.poll(tooltip).toContain('Patchbay: paused')
  expect(await icon()).not.toBe(well)
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('aused')
  await desktop.chooseInTray('Resume')
  await expect.poll(tooltip).toBe('Patchbay: all is well')

  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  const faults = page.getByRole('group', { name: 'Faults' })
  await faults.getByRole('switch', { name: 'ConnectWise: Field refused' }).press('Space')
  await desktop.leaveWindow()
  const change = page.getByRole('button', { name: 'Change an account' })
  await change.click()
  await expect.poll(tooltip).toContain('something needs you: 1 failed')
  await change.click()
  await expect.poll(tooltip).toMatch(/[12] failed/)
  const toasts = async () => (await desktop.toasts()).map(({ title }) => title)
  // Rules are judged at each whole minute, and this one wants to be true through one.
  await expect.poll(toasts, { timeout: 150_000 }).toHaveLength(1)
  const [title = ''] = await toasts()

  await desktop.closeWindow()
  await desktop.clickToast(title)
  expect((await desktop.windowSeen())?.isVisible).toBe(true)
  // Two rules may have found it in the same minute: then one toast tells of both.
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/failures\?filter=state%3Adead\+route%3A[\w-]+$/)
  const failed = page.getByRole('region', { name: 'Failed' })
  await expect(failed).toContainText('ConnectWise')
  await picture(page, 'desktop-failures')
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  await faults.getByRole('button', { name: 'Heal everything' }).click()
  await expect(faults.getByRole('switch', { checked: true })).toHaveCount(0)
  await page.goBack()
  await failed
    .getByRole('button', { name: /^Replay/ })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Replay \d/ })
    .click()
  await expect.poll(tooltip).toBe('Patchbay: all is well')
})
