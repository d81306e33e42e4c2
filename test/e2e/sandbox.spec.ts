import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk, withoutNotices } from '#test/support/console.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

walk('somebody changes a record, the other side follows, and a system is broken and healed', async (page) => {
  await openConsole(page, bridge.host, '#/sandbox/companies')
  await expect(page).toHaveTitle(/SANDBOX/)
  const salesforce = page.getByRole('region', { name: 'Salesforce Account' })
  const connectwise = page.getByRole('region', { name: 'ConnectWise company' })
  await expect(salesforce.getByRole('listitem').nth(5)).toBeVisible()

  await salesforce.getByRole('button', { name: 'Change an account' }).click()
  const notice = page.getByRole('status').getByText(/^Somebody changed the account “/)
  const [, name = 'no name'] = /“(.+)”/.exec(await notice.innerText()) ?? []
  await expect(salesforce.getByRole('listitem').filter({ hasText: name })).toHaveAttribute('data-fresh', 'true')
  const followed = connectwise.getByRole('listitem').filter({ hasText: name })
  await expect(followed).toContainText('Patchbay')
  await expect(followed).toHaveAttribute('data-fresh', 'true')
  await connectwise.getByRole('button', { name: 'Create a company' }).click()
  await expect(connectwise.getByRole('listitem').filter({ hasText: 'a person' }).first()).toContainText('New')

  const faults = page.getByRole('group', { name: 'Faults' })
  const banner = page.getByRole('complementary', { name: 'Sandbox' })
  await faults.getByRole('switch', { name: 'ConnectWise: Slow' }).press('Space')
  await faults.getByRole('switch', { name: 'ConnectWise: Field refused' }).press('Space')
  await expect(connectwise).toContainText('Slow + 1')
  await expect(banner).toContainText('Broken: ConnectWise')
  await expect(salesforce).not.toContainText('Slow')
  await faults.getByRole('switch', { name: 'ConnectWise: Field refused' }).press('Space')
  await expect(faults.getByRole('switch', { checked: true })).toHaveCount(1)

  const traffic = page.getByRole('group', { name: 'Traffic' })
  await traffic.getByRole('slider').focus()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
  await expect(traffic).toContainText('120/min')
  await page.getByText('Tickets', { exact: true }).click()
  const cases = page.getByRole('region', { name: 'Salesforce Case' })
  const carriedOver = cases.getByRole('listitem').filter({ hasText: '→' }).filter({ hasText: 'Patchbay' })
  // Which records the simulated people choose is chance.
  await expect(carriedOver).not.toHaveCount(0, { timeout: 40_000 })
  await withoutNotices(page)
  await picture(page, 'sandbox')

  await traffic.getByRole('slider').press('Home')
  await expect(banner.getByText('off', { exact: true })).toBeVisible()
  await faults.getByRole('button', { name: 'Heal everything' }).click()
  await expect(faults.getByRole('switch', { checked: true })).toHaveCount(0)
})

test.describe('beside real systems', () => {
  const folder = temporaryFolder()
  let host: Headless
  test.beforeAll(async () => {
    host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
    const settings = { loginUrl: 'http://127.0.0.1:9', clientId: 'client' }
    const connection = { id: 'salesforce', kind: 'salesforce', name: 'Salesforce', settings }
    await host.api('/connections', { method: 'PUT', body: { connection } })
  })
  test.afterAll(async () => {
    await host.stop()
    folder.remove()
  })

  walk('the sandbox says what switching to it means, and leads back', async (page) => {
    await openConsole(page, host, '#/sandbox')
    await expect(page.getByRole('main')).toContainText('The sandbox is off')
    await expect(page.getByRole('complementary', { name: 'Sandbox' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Start the sandbox…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Start the sandbox' })
    await expect(dialog).toContainText('nothing is written to your real Salesforce')
    await picture(page, 'sandbox-start')
    await dialog.getByRole('button', { name: 'Start the sandbox' }).click()
    await expect(page.getByRole('complementary', { name: 'Sandbox' })).toBeVisible()
    await page.getByRole('button', { name: 'Leave the sandbox' }).click()
    const question = page.getByRole('dialog', { name: 'Leave the sandbox' })
    await expect(question).toContainText('your real Salesforce and ConnectWise again')
    await expect(question).toContainText('No delivery waits there to go out.')
    await question.getByRole('button', { name: 'Leave the sandbox' }).click()
    await expect(page.getByRole('main')).toContainText('The sandbox is off')
    await expect(page).toHaveTitle('Sandbox · Patchbay')
  })
})
