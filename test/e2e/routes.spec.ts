import { expect, test } from '@playwright/test'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
let accountId = ''
test.beforeAll(async () => {
  bridge = await openBridge()
  const accounts = await bridge.records('salesforce', 'Account')
  const paired = accounts.filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
  accountId = String(paired[0]?.['Id'])
  for (const [index, account] of paired.slice(0, 6).entries()) {
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: `https://old-${index}.example.com` })
  }
  await bridge.settled()
})
test.afterAll(() => bridge.close())

const routes = () => bridge.host.api<Route[]>('/routes')
const change = (Website: string) => bridge.change('salesforce', 'Account', accountId, { Website })

test('a route is switched off and on where it stands, and events go by it at once', async ({ page }) => {
  const route = (await routes()).find((one) => one.from === 'salesforce' && one.match.entity === 'Account')
  if (route === undefined) throw new Error('the sandbox has no route for accounts')
  const isEnabled = async () => (await routes()).find((one) => one.id === route.id)?.enabled

  await openConsole(page, bridge.host, '#/routes')
  const table = page.getByRole('table', { name: 'Routes' })
  await expect(table.getByRole('switch')).toHaveCount((await routes()).length)
  const control = table.getByRole('switch', { name: route.name })
  await expect(control).toBeChecked()
  await control.click({ force: true })
  await expect(control).not.toBeChecked()
  expect(await isEnabled()).toBe(false)
  await change('https://not-carried.example.com')
  await goTo(page, '#/live')
  const rows = page.getByRole('grid', { name: /Events/ }).getByRole('row')
  await expect(rows.filter({ hasText: 'No route' })).toHaveCount(1)

  await goTo(page, '#/routes')
  await control.click({ force: true })
  await expect(control).toBeChecked()
  expect(await isEnabled()).toBe(true)
  await change('https://carried.example.com')
  await goTo(page, '#/live')
  await expect(rows.filter({ hasText: 'website' }).first()).toContainText('Delivered')
})

let round = 0
walk('a route is made, narrowed by what recent events hold, saved, tried and removed', async (page) => {
  round += 1
  const name = `Renewed websites ${round}`
  await openConsole(page, bridge.host, '#/routes')
  await expect(page.getByRole('row').filter({ hasText: 'Salesforce Account →' })).toContainText(/\d\d:\d\d/)
  await picture(page, 'routes')
  await page.getByRole('button', { name: 'New route' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  const counted = page.getByRole('complementary', { name: 'Recent events' })
  await expect(counted.getByRole('status')).toContainText(/of the last \d+ Salesforce events/)

  await page.getByRole('button', { name: 'Add a condition' }).click()
  const condition = page.getByRole('group', { name: 'Condition 1' })
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await condition.getByRole('combobox', { name: 'Field' }).fill('Webs')
  await page.getByRole('option', { name: /^Website/ }).click()
  await condition.getByRole('combobox', { name: 'Operator' }).click()
  await page.getByRole('option', { name: 'contains' }).click()
  await condition.getByRole('combobox', { name: 'Value' }).fill('old-3')
  await page.keyboard.press('Escape')
  await expect(counted.getByRole('status')).toContainText(/^1 of the last \d+ Salesforce events would match/)
  await expect(counted.getByRole('list', { name: 'Events that would match' }).getByRole('listitem')).toHaveCount(1)
  await picture(page, 'route-editor')

  await page.getByRole('button', { name: 'Use an expression' }).click()
  const expression = page.getByRole('textbox', { name: 'Expression that has to be true' })
  await expression.fill('$length(Website) >')
  await expect(page.getByText(/It can’t be read yet/)).toBeVisible()
  await expression.fill('$length(Website) > 5')
  await page.getByText('Any of these holds').click()
  await expect(counted.getByRole('status')).toContainText(/^\d+ of the last \d+ Salesforce events would match/)
  await expect(counted.getByRole('listitem')).not.toHaveCount(1)
  await page.getByLabel('Most tries').fill('8')
  await expect(page.getByText(/Up to 8 tries within 3 days/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const saved = (await routes()).find((one) => one.name === name)
  expect(saved).toMatchObject({
    enabled: false,
    match: {
      combine: 'any',
      conditions: [{ field: 'Website', operator: 'contains', value: 'old-3' }],
      expression: '$length(Website) > 5',
    },
    retry: { maxAttempts: 8 },
  })

  await page.getByRole('button', { name: 'Remove…' }).click()
  const question = page.getByRole('dialog')
  await expect(question).toContainText('Nothing waits on it')
  await question.getByRole('button', { name: 'Remove the route' }).click()
  await expect(page.getByRole('table', { name: 'Routes' })).toBeVisible()
  expect((await routes()).some((one) => one.name === name)).toBe(false)
})

test('removing a route tells how many deliveries end with it', async ({ page }) => {
  const route = (await routes()).find((one) => one.from === 'salesforce' && one.match.entity === 'Account')
  if (route === undefined) throw new Error('the sandbox has no route for accounts')
  await bridge.host.api('/pauses', { method: 'PUT', body: { scope: 'route', id: route.id, reason: 'Works' } })
  await change('https://held.example.com')
  await until('it is counted', async () =>
    (await bridge.host.api<{ routeId: string; open: number }[]>('/routes/figures')).find(
      ({ routeId, open }) => routeId === route.id && open === 1,
    ),
  )
  await openConsole(page, bridge.host, `#/routes/${route.id}`)
  await page.getByRole('button', { name: 'Remove…' }).click()
  await expect(page.getByRole('dialog')).toContainText('1 delivery that has not ended will not be sent')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('dialog')).toContainText('1 delivery that waits goes out')
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await bridge.settled()
  expect((await routes()).some(({ id }) => id === route.id)).toBe(true)
})
