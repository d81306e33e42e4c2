import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'
import { whyNoElectron } from '#test/support/real-desktop.ts'

// Beside this, the walks in test/e2e/window run on it.
const why = whyNoElectron()
test.skip(why !== null, why ?? '')

test('on Electron itself the page comes from the app, has no Node, opens no window and hears when a port closes', async ({
  open,
}) => {
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  expect(new URL(page.url()).protocol).toBe('patchbay-app:')
  expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  expect(await page.evaluate(() => window.open('file:///etc/passwd') === null)).toBe(true)
  // The stand-in's Chromium is made to do so by a switch.
  expect(await page.evaluate(() => 'onclose' in MessagePort.prototype)).toBe(true)
  await desktop.quit()
  expect(await desktop.ended).toBe(0)
})
