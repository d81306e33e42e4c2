import { expect, type Page } from '@playwright/test'
import { test } from '#test/support/desktop.ts'
import type { Desktop } from '#test/electron-host/desktop.ts'

/** A relay with deliveries under way between two systems that take their time. */
async function busy(desktop: Desktop, deliveries = 1): Promise<Page> {
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  await page.evaluate(() => window.location.assign('#/sandbox/companies'))
  const faults = page.getByRole('group', { name: 'Faults' })
  for (const system of ['ConnectWise', 'Salesforce']) {
    await faults.getByRole('switch', { name: `${system}: Slow` }).press('Space')
    await expect(faults.getByRole('switch', { name: `${system}: Slow` })).toBeChecked()
  }
  for (let made = 0; made < deliveries; made += 1) await page.getByRole('button', { name: 'Change an account' }).click()
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain(`${deliveries} on the way`)
  return page
}

test('who quits a second time is asked, and may force it', async ({ start }) => {
  const desktop = await start({ args: ['--sandbox'] })
  const page = await busy(desktop)
  await desktop.chooseInTray('Quit Patchbay')
  await expect(page.getByRole('alert').filter({ hasText: 'finishes' })).toBeVisible()
  await desktop.quit()
  await expect.poll(() => desktop.dialogs[0]?.options.message).toBe('Patchbay is still finishing what is under way.')
  desktop.answer('Quit now')
  expect(await desktop.ended).toBe(0)
})

test('when Windows shuts down nobody is asked and nothing is held up; what was under way is known and goes on at the next start', async ({
  context,
  start,
}) => {
  const desktop = await start({ args: ['--sandbox'], page: await context.newPage() })
  await busy(desktop, 2)
  expect(await desktop.endSession('shutdown')).toBe(false)
  expect(await desktop.ended, 'gone by itself, before Windows ends it').toBe(0)
  expect(desktop.dialogs).toEqual([])

  const next = await start({ args: ['--sandbox', '--screen=live'], page: await context.newPage() })
  const rows = (await next.window()).getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
  await expect(rows).toHaveCount(2)
  // A write that was cut off may have got through; then the next try finds it there.
  for (const row of await rows.all()) await expect(row).toContainText(/Delivered|already says the same/)
})
