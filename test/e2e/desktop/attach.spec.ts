import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { carryOver } from '#test/support/carried.ts'
import { test } from '#test/support/desktop.ts'
import { startHeadless } from '#test/support/headless.ts'

const freePorts = ['--receiver-port', '0', '--host-port', '0']
const startHost = (folder: string) => startHeadless(['--sandbox', '--data-dir', join(folder, 'data'), ...freePorts])
const relayOf = (page: Page) => page.getByRole('region', { name: 'The relay' })
const bannerOf = (page: Page) => page.getByRole('alert').filter({ hasText: 'does not answer' })

test('where another Patchbay works in the folder, the window offers to show that one, and can take over when it is gone', async ({
  folder,
  start,
}) => {
  const host = await startHost(folder)
  const desktop = await start({ args: ['--sandbox'], answers: ['Show it here'] })
  const page = await desktop.window()
  await expect(relayOf(page)).toContainText('All is well')
  expect(desktop.dialogs.map(({ options }) => options.message)).toEqual([
    'Patchbay is already at work on this computer.',
  ])
  await expect.poll(async () => (await desktop.tray())?.tooltip).toBe('Patchbay: all is well')
  const pause = { scope: 'everything', reason: 'Maintenance' }
  await host.api('/pauses', { method: 'PUT', body: pause })
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain('paused')
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, window.location.href]))
  expect(kept).not.toContain(host.token)

  await host.stop()
  const banner = bannerOf(page)
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: 'Start one here' }).click()
  // The pause is a row, and outlasts who made it.
  await expect(relayOf(page)).toContainText('Paused')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await desktop.chooseInTray('Resume')
  await expect.poll(async () => (await desktop.tray())?.tooltip).toBe('Patchbay: all is well')
  expect(await desktop.relayPids()).toHaveLength(1)

  await carryOver(page)
})

test('a Patchbay that comes back is shown again, and whoever took its port meanwhile is not spoken to', async ({
  folder,
  start,
}) => {
  const host = await startHost(folder)
  const desktop = await start({ args: ['--sandbox'], answers: ['Show it here'] })
  const page = await desktop.window()
  await expect(relayOf(page)).toContainText('All is well')
  // Killed, it leaves its address behind.
  await host.kill()
  let knocks = 0
  const stranger = createServer(() => (knocks += 1)).listen(Number(new URL(host.hostUrl).port), '127.0.0.1')
  await once(stranger, 'listening')
  await expect(bannerOf(page)).toBeVisible()
  const again = await startHost(folder)
  await expect(bannerOf(page)).toHaveCount(0)
  await carryOver(page)
  expect(await desktop.relayPids()).toEqual([])
  expect(knocks).toBe(0)
  stranger.close()
  await again.stop()
})
