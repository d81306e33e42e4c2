import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { loopingAfter } from '#shared/contract/shell.ts'
import { picture } from '#test/support/console.ts'
import { test } from '#test/support/desktop.ts'
import { until } from '#test/support/until.ts'
import { freePort } from '#test/support/timed-start.ts'

test('a relay that ends again and again says so, offers its last lines, and can be started by hand', async ({
  start,
}) => {
  const desktop = await start({ args: ['--sandbox'] })
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  const verdict = page.getByRole('region', { name: 'How the bridge is' })
  await expect(verdict).toContainText('All is well')
  const killed = new Set<number>()
  const killUntil = async (count: number): Promise<void> => {
    while (killed.size < count) {
      const pid = await until('a relay', async () => (await desktop.relayPids()).find((one) => !killed.has(one)))
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
  }
  await killUntil(loopingAfter)
  const banner = page.getByRole('alert').filter({ hasText: 'The relay does not stay up.' })
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('Not heard')
  await expect(verdict).toContainText('Not heard')
  await expect(banner).toContainText('It has ended 4 times in a row, soon after its start.')
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain('It has ended 4 times in a row')
  // The wait before the next start grows: long enough for two pictures and a look at the log.
  await killUntil(loopingAfter + 2)
  await expect(banner).toContainText('It has ended 6 times in a row')
  await picture(page, 'desktop-crash-loop')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'desktop-crash-loop')
  await banner.getByRole('button', { name: 'Last lines of its log' }).click()
  const log = page.getByRole('dialog', { name: 'The relay’s log' })
  await expect(log).toContainText('process has ended with code')
  await page.keyboard.press('Escape')
  await banner.getByRole('button', { name: 'Start it now' }).click()
  await expect(banner).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
})

test('a relay that can not start says why, and starts when that is mended', async ({ start }) => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const desktop = await start({ args: ['--receiver-port', String(port)] })
  const page = await desktop.window()
  const banner = page.getByRole('alert').filter({ hasText: 'Patchbay can’t work' })
  await expect(banner).toContainText(String(port))
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain('not working')
  await picture(page, 'desktop-failed-start')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'desktop-failed-start')
  other.close()
  await once(other, 'close')
  await banner.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('region', { name: 'The relay' })).toBeVisible()
  await expect(banner).toHaveCount(0)
})
