import { expect, test, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '#main/setup/ensure.mjs'
import { axeFindings } from './axe.ts'
import { openInWindow } from './desktop-window.ts'
import type { Headless } from './headless.ts'
import { walkTag } from './walk-tag.ts'

export const themes = ['light', 'dark'] as const

type Host = Pick<Headless, 'consoleUrl' | 'dataFolder'>

/**
 * Opens a place of the console (`#/failures`) as a person does who follows a link to it: in a tab, or in the window of the desktop app where
 * the project says so.
 */
export async function openConsole(page: Page, host: Host, place = '#/overview'): Promise<void> {
  if (test.info().project.name === 'desktop') await openInWindow(page, host)
  else await page.goto(host.consoleUrl)
  await expect(page.getByRole('region', { name: 'The relay' })).toBeVisible()
  await goTo(page, place)
}

/** Goes to another place of a console that is open. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => window.location.assign(hash), place)
}

/** A test in both themes, on the smallest screen that technicians use. */
export function inBothThemes(title: string, run: (page: Page) => Promise<void>, tag: readonly string[] = []): void {
  for (const theme of themes) {
    test.describe(theme, () => {
      test.use({
        colorScheme: theme,
        viewport: { width: 1366, height: 768 },
        contextOptions: { reducedMotion: 'reduce' },
      })
      test(title, { tag: [...tag] }, async ({ page }) => run(page))
    })
  }
}

/** A task at one screen, walked in both themes. */
export function walk(task: string, run: (page: Page) => Promise<void>): void {
  inBothThemes(task, run, [walkTag])
}

/**
 * Takes the picture `NAME-THEME.png` of what is in sight: when they are made (`npm run screenshots`), those that docs/screenshots keeps are
 * taken anew there; all others stand beside the results of the tests. What is worth a picture has to be accessible, too.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const theme = await page.evaluate(() => document.documentElement.dataset['mantineColorScheme'] ?? 'light')
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(leaveHeading)
  const kept = join(root, 'docs/screenshots', `${name}-${theme}.png`)
  const isKept = process.env['PATCHBAY_SCREENSHOTS'] === '1' && existsSync(kept)
  const path = isKept ? kept : join(root, 'test/.results/screenshots', basename(kept))
  await page.screenshot({ path, animations: 'disabled' })
  expect(await axeFindings(page)).toEqual([])
}

/** A walk goes to a screen as the keyboard does, which then stands at its heading with a ring around it; a hand on the mouse sees none. */
function leaveHeading(): void {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && activeElement.matches('h1')) activeElement.blur()
}

/** Waits until nothing is told any more in the corner: what was told of steps before is not what a picture is about. */
export async function withoutNotices(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
}
