import { expect, test, type Page } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'

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

test('missed changes are looked for by click, and a system that is down can not be asked', async ({ page }) => {
  await openConnections(page)
  const connection = page.getByRole('article').filter({ hasText: 'ConnectWise (sandbox)' })
  await connection.getByRole('button', { name: 'Find missed' }).click()
  await expect(page.getByText('Nothing was missed of ConnectWise (sandbox).')).toBeVisible()
  await bridge.break('connectwise', { kind: 'down' })
  await connection.getByRole('button', { name: 'Find missed' }).click()
  await expect(page.getByText('ConnectWise (sandbox) could not be asked for missed changes.')).toBeVisible()
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

test('what is carried over is said by routes, one click away', async ({ page }) => {
  await openConnections(page)
  await page.getByRole('main').getByRole('link', { name: 'routes' }).click()
  await expect(page.getByRole('table', { name: 'Routes' })).toBeVisible()
})

walk('a wizard goes through a connection again, tests it and shows its limits', async (page) => {
  await openConsole(page, bridge.host, '#/connections')
  await expect(page.getByRole('article').filter({ hasText: 'Salesforce events' })).toContainText('Last event')
  await picture(page, 'connections')
  await page
    .getByRole('article')
    .filter({ hasText: 'Salesforce (sandbox)' })
    .getByRole('link', { name: 'Guide' })
    .click()
  const step = (name: string) => page.getByRole('form', { name })
  await expect(step('Address').getByRole('textbox', { name: 'My Domain address' })).toHaveValue(/^http:/)
  await step('Address').getByRole('button', { name: 'Next' }).click()
  const secret = step('Sign-in').getByRole('group', { name: 'Client secret' })
  await expect(secret).toContainText('Set')
  await secret.getByRole('button', { name: 'Replace' }).click()
  await step('Sign-in').getByLabel('Client secret').fill('wrong')
  await step('Sign-in').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText('The test failed.')
  await picture(page, 'wizard-refused')
  await step('Test').getByRole('button', { name: 'Back' }).click()
  await step('Sign-in').getByRole('button', { name: 'Replace' }).click()
  await step('Sign-in').getByLabel('Client secret').fill(bridge.sandbox.salesforce.clientSecret)
  await step('Sign-in').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText(/All \d checks passed/)
  await step('Test').getByRole('button', { name: 'Next' }).click()
  await expect(step('Limits')).toContainText(/API calls used in 24 hours/)
  await step('Limits')
    .getByLabel(/left to people/)
    .fill('30')
  await step('Limits')
    .getByRole('button', { name: 'Save and go on' })
    .or(step('Limits').getByRole('button', { name: 'Done' }))
    .click()
  await expect(page.getByRole('region', { name: 'Sources' })).toBeVisible()
})

let round = 0
walk('a source says how to set up its sender, takes secrets and tells how to change them', async (page) => {
  round += 1
  const address = `https://hooks-${round}.example.com/hooks/salesforce`
  await openConsole(page, bridge.host, '#/connections/source/salesforce')
  const step = (name: string) => page.getByRole('form', { name })
  await step('Way in').getByRole('textbox', { name: 'Public address' }).fill(address)
  await step('Way in').getByRole('button', { name: 'Save and go on' }).click()
  const hookdeck = step('Set-up').getByRole('region', { name: 'In Hookdeck' })
  await expect(hookdeck).toContainText(address)
  await expect(hookdeck.getByRole('button', { name: 'Copy the webhook address' })).toBeVisible()
  await expect(step('Set-up').getByRole('region', { name: /a Flow/ })).toContainText('Run Asynchronously')
  await picture(page, 'source-guide')
  await step('Set-up').getByText('By an Outbound Message').click()
  await expect(step('Set-up')).toContainText('<Ack>true</Ack>')
  await step('Set-up').getByLabel('Second signing secret').fill('the-next-one')
  await step('Set-up').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText(/All 2 checks passed/)
  await step('Test').getByRole('button', { name: 'Back' }).click()
  await expect(step('Set-up')).toContainText('Two secrets are set')
  await step('Set-up')
    .getByRole('group', { name: 'Second signing secret' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await step('Set-up').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText(/passed/)
  const sources =
    await bridge.host.api<{ source: { id: string }; secrets: Record<string, { set: boolean }> }[]>('/sources')
  const { secrets } = sources.find(({ source }) => source.id === 'salesforce') ?? {}
  expect(secrets).toMatchObject({ signingSecret: { set: true }, signingSecret2: { set: false } })
})

walk('the SQL listener is probed, and its scripts are read, copied and saved', async (page) => {
  await openConsole(page, bridge.host, '#/connections/source/connectwise-sql')
  await page.getByRole('button', { name: 'Scripts' }).click()
  const scripts = page.getByRole('form', { name: 'Scripts' })
  await expect(scripts).toContainText('Patchbay never runs these')
  const download = page.waitForEvent('download')
  await scripts.getByRole('button', { name: 'Save install.sql' }).click()
  expect((await download).suggestedFilename()).toBe('install.sql')
  await picture(page, 'sql-scripts')
  await scripts.getByRole('button', { name: 'Next' }).click()
  const test = page.getByRole('form', { name: 'Test' })
  await expect(test).toContainText('The login may run the procedures of the queue.')
  await expect(test).toContainText(/watched tables report/)
})
