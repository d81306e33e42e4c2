import { test as base } from '@playwright/test'
import { join } from 'node:path'
import { Desktop, type DesktopOptions } from '#test/electron-host/desktop.ts'
import { temporaryFolder } from './temporary.ts'

export interface StartDesktop {
  /** Its own folders unless `args` say otherwise; ended with the test. */
  (options?: Partial<Omit<DesktopOptions, 'context'>>): Promise<Desktop>
}

/** Tests with the desktop app: `start` starts it in a data folder of the test's own, on any free port. */
export const test = base.extend<{ folder: string; start: StartDesktop }>({
  folder: async ({ page: _page }, use) => {
    const folder = temporaryFolder()
    await use(folder.path)
    folder.remove()
  },
  start: async ({ context, folder, page }, use) => {
    const started: Desktop[] = []
    await use(({ args = [], ...options } = {}) => {
      const own = ['--data-dir', join(folder, 'data'), '--receiver-port', '0', ...args]
      const userData = join(folder, 'user-data')
      const desktop = new Desktop({ context, page, userData, ...options, args: own })
      started.push(desktop)
      return Promise.resolve(desktop)
    })
    for (const desktop of started) await desktop.close()
  },
})
