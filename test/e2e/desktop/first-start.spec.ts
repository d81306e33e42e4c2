import { expect } from '@playwright/test'
import { test } from '#test/support/desktop.ts'

test('the window opens, the relay answers over its port, and the sandbox is a click away', async ({ start }) => {
  const startedAt = performance.now()
  const desktop = await start()
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toBeVisible()
  const visibleMs = performance.now() - startedAt
  await page.getByRole('button', { name: /sandbox/i }).click()
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toContainText('Simulated systems')
})
