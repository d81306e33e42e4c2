import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from '#test/support/desktop.ts'
import { startHeadless } from '#test/support/headless.ts'

test('where another Patchbay works in the folder, the window offers to show that one, and can take over when it is gone', async ({
  folder,
  start,
}) => {
  const ports = ['--receiver-port', '0', '--host-port', '0']
  const host = await startHeadless(['--sandbox', '--data-dir', join(folder, 'data'), ...ports])
  const desktop = await start({ args: ['--sandbox'], answers: ['Show it here'] })
  const page = await desktop.window()
  const relay = page.getByRole('region', { name: 'The relay' })
  await expect(relay).toContainText('All is well')
  expect(desktop.dialogs.map(({ options }) => options.message)).toEqual([
    'Patchbay is already at work on this computer.',
  ])
  await expect.poll(async () => (await desktop.tray())?.tooltip).toBe('Patchbay: all is well')
  await host.api('/pauses', { method: 'PUT', body: { scope: 'everything', reason: 'Maintenance' } })
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain('paused')
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, window.location.href]))
  expect(kept).not.toContain(host.token)

  await host.stop()
  const banner = page.getByRole('alert').filter({ hasText: 'does not answer' })
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: 'Start one here' }).click()
  await expect(banner).toHaveCount(0)
  await expect(relay).toContainText('aused')
  expect(await desktop.relayPids()).toHaveLength(1)
})
