import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

walk('what wants a person is listed with what to do, and leaves when its cause is gone', async (page) => {
  await openConsole(page, bridge.host, '#/alerts')
  const issues = page.getByRole('list', { name: 'Open issues' })
  const target = { scope: 'connection', id: 'connectwise' }
  await bridge.host.api('/pauses', { method: 'PUT', body: { ...target, reason: 'The server is being updated' } })
  const paused = issues.getByRole('listitem').filter({ hasText: 'The server is being updated' })
  await expect(paused).toContainText('Resume it when the reason is gone.')
  await picture(page, 'alerts')
  await bridge.host.api('/pauses/clear', { method: 'POST', body: target })
  await expect(paused).toHaveCount(0)
  await until('nothing is open', async () => (await page.getByText('Nothing wants you').count()) === 1)
})
