import type { Page } from '@playwright/test'
import { Desktop } from '#test/electron-host/desktop.ts'
import type { Headless } from './headless.ts'
import { temporaryFolder } from './temporary.ts'

const opened = new WeakSet<Page>()

/** Makes the page a window of the desktop app that shows the relay of `host`; as long as the page is there, once is enough. */
export async function openInWindow(page: Page, { dataFolder }: Pick<Headless, 'dataFolder'>): Promise<void> {
  if (opened.has(page)) return
  opened.add(page)
  const folder = temporaryFolder()
  const args = ['--data-dir', dataFolder]
  const desktop = new Desktop({ context: page.context(), page, userData: folder.path, args, answers: ['Show it here'] })
  page.once('close', () => void desktop.close().finally(() => folder.remove()))
  await desktop.window()
}
