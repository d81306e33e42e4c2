import type { Page } from 'playwright'
import { launchChromium } from '#test/support/chromium.ts'
import type { Headless } from '#test/support/headless.ts'
import { until } from '#test/support/until.ts'
import type { Ground } from '../ground.ts'
import { installProbe, type Asked } from './probe.ts'

/** Opens the console of a host in headless Chromium, in the size of a small screen, with the probe in it. */
export async function openProbed(ground: Ground, host: Headless, place: string): Promise<Page> {
  const browser = await launchChromium()
  ground.after(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.addInitScript(installProbe)
  await page.goto(host.consoleUrl)
  await page.getByRole('region', { name: 'The relay' }).waitFor()
  await goTo(page, place)
  return page
}

export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => window.location.assign(hash), place)
}

/** What was asked of a method since the probe was cleared, once all of it is in sight and nothing follows any more. */
export async function painted(page: Page, method: string): Promise<Asked[]> {
  const quietMs = 300
  return until(`${method} is answered and drawn`, async () => {
    const { now, asked } = await page.evaluate(() => ({ now: performance.now(), asked: window.probe.asked }))
    const ours = asked.filter((one) => one.method === method)
    const settled = ours.every(({ paintedAt }) => paintedAt !== null && now - paintedAt > quietMs)
    return ours.length > 0 && settled ? ours : null
  })
}
