import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { electronBinary } from '#main/setup/electron-runtime.ts'
import { root } from '#main/setup/ensure.mjs'
import { whyHeadless } from '#main/setup/mode.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const binary = electronBinary()
const why =
  binary === null
    ? 'Electron’s runtime is not installed (npm start fetches it)'
    : whyHeadless({ platform: process.platform, env: process.env, uid: process.getuid?.() ?? null })

test.skip(why !== null, why ?? '')

test('on the real runtime the window opens, the sandbox starts, a killed relay comes back, and quitting ends it', async () => {
  const folder = temporaryFolder()
  const app = await _electron.launch({
    executablePath: binary ?? '',
    args: [
      root,
      '--sandbox',
      ...['--data-dir', join(folder.path, 'data'), '--receiver-port', '0'],
      `--user-data-dir=${join(folder.path, 'user-data')}`,
    ],
  })
  const page = await app.firstWindow()
  const relay = page.getByRole('region', { name: 'The relay' })
  await expect(relay).toContainText('All is well')
  expect(new URL(page.url()).protocol).toBe('patchbay-app:')
  expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
  expect(await page.evaluate(() => window.open('file:///etc/passwd') === null)).toBe(true)

  const pid = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Patchbay relay')?.pid,
  )
  if (pid === undefined) throw new Error('there is no relay')
  process.kill(pid, 'SIGKILL')
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing that it accepted is lost' })).toBeVisible()
  await expect(relay).toContainText('All is well')
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ app: running }) => running.quit())
  expect(await ended).toBe(0)
  folder.remove()
})
