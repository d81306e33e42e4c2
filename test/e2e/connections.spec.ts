import { expect, test, type Page } from '@playwright/test'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** Opens the screen from within the console, as the token stands in the first address only. */
async function openConnections(page: Page): Promise<void> {
  await page.goto(bridge.host.consoleUrl)
  await goTo(page, 'Connections')
}

async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
}

test('a connection and a source are tested by click and say what was found', async ({ page }) => {
  await openConnections(page)
  await page.getByRole('button', { name: 'Test ConnectWise (sandbox)' }).click()
  const connection = page.getByRole('article').filter({ hasText: 'ConnectWise (sandbox)' })
  await expect(connection.getByRole('status').getByRole('listitem').first()).toContainText('passed')
  await page.getByRole('button', { name: 'Test ConnectWise database queue' }).click()
  const queue = page.getByRole('article').filter({ hasText: 'ConnectWise database queue' })
  await expect(queue.getByRole('status')).toContainText('It belongs to the connection ConnectWise (sandbox).')
  await expect(queue.getByRole('status')).not.toContainText('failed')
})

test('a test of a system that is down says so and what to do', async ({ page }) => {
  await openConnections(page)
  await bridge.break('connectwise', { kind: 'down' })
  await page.getByRole('button', { name: 'Test ConnectWise (sandbox)' }).click()
  const connection = page.getByRole('article').filter({ hasText: 'ConnectWise (sandbox)' })
  await expect(connection.getByRole('status').getByRole('listitem').filter({ hasText: 'failed' })).toHaveCount(1)
  await bridge.break('connectwise', null)
})

test('the T-SQL for the ConnectWise database is shown to be read and copied', async ({ page }) => {
  await openConnections(page)
  await page.getByRole('button', { name: 'T-SQL scripts' }).click()
  const drawer = page.getByRole('dialog', { name: 'T-SQL scripts' })
  await expect(drawer).toContainText('Patchbay never runs these')
  await expect(drawer.getByRole('region', { name: /install/ }).first()).toContainText('CREATE TRIGGER')
  await drawer.getByRole('button', { name: 'Close' }).click()
  await expect(drawer).toHaveCount(0)
})

test('a route is switched off and on where it stands, and events go by it at once', async ({ page }) => {
  const routes = await bridge.host.api<Route[]>('/routes')
  const route = routes.find((one) => one.from === 'salesforce' && one.match.entity === 'Account')
  const account = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  if (route === undefined || account === undefined) throw new Error('the sandbox has no accounts to carry over')
  const change = (Website: string) => bridge.change('salesforce', 'Account', String(account['Id']), { Website })
  const isEnabled = async () => (await bridge.host.api<Route[]>('/routes')).find((one) => one.id === route.id)?.enabled

  await openConnections(page)
  const region = page.getByRole('region', { name: 'Routes' })
  await expect(region.getByRole('listitem')).toHaveCount(routes.length)
  const control = region.getByRole('switch', { name: route.name })
  await expect(control).toBeChecked()
  await control.click({ force: true })
  await expect(control).not.toBeChecked()
  expect(await isEnabled()).toBe(false)
  await change('https://not-carried.example.com')
  await goTo(page, 'Live')
  const rows = page.getByRole('grid', { name: /Events/ }).getByRole('row')
  await expect(rows.filter({ hasText: 'No route' })).toHaveCount(1)

  await goTo(page, 'Connections')
  await control.click({ force: true })
  await expect(control).toBeChecked()
  expect(await isEnabled()).toBe(true)
  await change('https://carried.example.com')
  await goTo(page, 'Live')
  await expect(rows.filter({ hasText: 'website' }).first()).toContainText('Delivered')
})
