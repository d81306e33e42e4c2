import { expect, test } from '@playwright/test'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
test.beforeEach(async () => {
  bridge = await openBridge()
})
test.afterEach(() => bridge.close())

walk('a source and a connection are removed, once nothing uses it and it is said what ends', async (page) => {
  const account = (await bridge.records('salesforce', 'Account')).find((one) => one['ConnectWise_Id__c'] !== null)
  const pause = { scope: 'connection', id: 'connectwise', reason: 'Works' }
  await bridge.host.api('/pauses', { method: 'PUT', body: pause })
  await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website: 'https://held.example.com' })
  await until('it waits', async () => (await bridge.events('&state=open'))[0])

  await openConsole(page, bridge.host, '#/connections')
  const card = page.getByRole('article').filter({ hasText: 'ConnectWise (sandbox)' })
  const dialog = page.getByRole('dialog')
  await card.getByRole('button', { name: 'Remove…' }).click()
  await expect(dialog).toContainText('It can’t be removed yet')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'ConnectWise database queue' })).toHaveCount(1)
  await picture(page, 'remove-used')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  for (const route of await bridge.host.api<Route[]>('/routes')) {
    await bridge.host.api(`/routes/${route.id}/remove`, { method: 'POST', body: { withOpen: true } })
  }
  await page.reload()
  for (const name of ['ConnectWise callbacks', 'ConnectWise database queue']) {
    const source = page.getByRole('article').filter({ hasText: name })
    await source.getByRole('button', { name: 'Remove…' }).click()
    await expect(dialog).toContainText('The events that it brought stay')
    await dialog.getByRole('button', { name: 'Remove the source' }).click()
    await expect(source).toHaveCount(0)
  }
  await card.getByRole('button', { name: 'Remove…' }).click()
  await dialog.getByRole('button', { name: 'Remove the connection' }).click()
  await expect(dialog).toContainText('1 delivery that did not end yet')
  await picture(page, 'remove-with-open')
  await dialog.getByRole('button', { name: 'Remove all the same' }).click()
  await expect(page.getByText('1 delivery is cancelled.')).toBeVisible()
  await expect(card).toHaveCount(0)
  expect(await bridge.events('&state=open')).toEqual([])
})
