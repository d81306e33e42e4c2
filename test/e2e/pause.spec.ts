import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { inBothThemes, openConsole, picture } from '#test/support/console.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

test('pause everything with a reason, see it, resume', async ({ page }) => {
  await page.goto(bridge.host.consoleUrl)
  const relay = page.getByRole('region', { name: 'The relay' })
  await relay.getByRole('button', { name: 'Pause everything…' }).click()
  await page.getByLabel('Why').fill('Works in the rack')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(relay.getByRole('status')).toContainText('Paused')
  await expect(relay.getByRole('status')).toContainText('Works in the rack')
  await relay.getByRole('button', { name: 'Resume everything' }).click()
  await expect(relay.getByRole('button', { name: 'Pause everything…' })).toBeVisible()
  await expect(relay.getByRole('status')).not.toContainText('Works in the rack')
})

inBothThemes(
  'what goes out by resuming is said before, with its number, and stays when one thinks better of it',
  async (page) => {
    const everything = { scope: 'everything', id: '' }
    await bridge.host.api('/pauses', { method: 'PUT', body: { ...everything, reason: 'Works in the rack' } })
    const accounts = await bridge.records('salesforce', 'Account')
    for (const account of accounts.slice(0, 2))
      await bridge.change('salesforce', 'Account', String(account['Id']), {
        Website: `https://held-${Date.now()}.example.com`,
      })
    const held = async () => (await bridge.host.api<{ count: number }>('/pauses/held?scope=everything')).count
    await expect.poll(held).toBe(2)
    await page.goto(bridge.host.consoleUrl)
    const resume = page.getByRole('region', { name: 'The relay' }).getByRole('button', { name: 'Resume everything' })
    const question = page.getByRole('dialog', { name: 'Resume everything' })
    await resume.click()
    await expect(question).toContainText('2 deliveries that wait go out')
    await picture(page, 'resume')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toHaveCount(0)
    expect(await held()).toBe(2)
    await resume.click()
    await question.getByRole('button', { name: 'Resume everything' }).click()
    await expect(resume).toHaveCount(0)
    await bridge.settled()
    expect(await held()).toBe(0)
  },
)

test('pause a connection and a source on their cards', async ({ page }) => {
  await page.goto(bridge.host.consoleUrl)
  await page.getByRole('link', { name: 'Connections' }).click()
  for (const section of ['Connections', 'Sources']) {
    const card = page.getByRole('region', { name: section, exact: true }).getByRole('article').first()
    await card.getByRole('button', { name: 'Pause…' }).click()
    await page.getByLabel('Why').fill('Maintenance')
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect(card).toContainText('Maintenance')
    await card.getByRole('button', { name: 'Resume' }).click()
    await expect(card).not.toContainText('Maintenance')
  }
})

inBothThemes('the buttons that resume can be read', async (page) => {
  const target = { scope: 'everything', id: '' }
  await bridge.host.api('/pauses', { method: 'PUT', body: { ...target, reason: 'Works in the rack' } })
  await openConsole(page, bridge.host, '#/connections')
  await expect(page.getByRole('button', { name: 'Resume everything' })).toBeVisible()
  await picture(page, 'paused')
  await bridge.host.api('/pauses/clear', { method: 'POST', body: target })
})
