import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'

test('the window opens, the relay answers over its port, and the sandbox is a click away; events come in live', async ({
  open,
}) => {
  const desktop = await open([])
  const page = await desktop.window()
  await page.getByRole('button', { name: /sandbox/i }).click()
  const banner = page.getByRole('complementary', { name: 'Sandbox' })
  await expect(banner).toContainText('Simulated systems')
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')

  await page.getByRole('link', { name: 'Live' }).click()
  const rows = page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
  // A screen that has just opened takes the keyboard in, so the slider is gone to each time.
  for (const speed of ['6/min', '30/min', '120/min', '600/min']) {
    await banner.getByRole('slider').press('ArrowRight')
    await expect(banner).toContainText(speed)
  }
  await expect(rows.nth(8)).toBeVisible()
  await expect(rows.filter({ hasText: 'Delivered' }).first()).toBeVisible()
  await banner.getByRole('slider').press('Home')
  await expect(banner).toContainText('off')
})

test('how long the start takes', async ({ open }, info) => {
  const startedAt = performance.now()
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  const since = () => `${Math.round(performance.now() - startedAt)} ms`
  await page.getByRole('main').waitFor()
  info.annotations.push({ type: 'window visible', description: since() })
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  info.annotations.push({ type: 'relay answers', description: since() })
  for (const { description, type } of info.annotations) process.stdout.write(`    ${type} after ${description}\n`)
})
