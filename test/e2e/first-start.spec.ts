import { expect, test } from '@playwright/test'
import { startHeadless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

test('with nothing set up the console offers the sandbox, marks it, and leads back out of it', async ({ page }) => {
  const folder = temporaryFolder()
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  try {
    await page.goto(host.consoleUrl)
    await page.getByRole('button', { name: /sandbox/i }).click()
    const banner = page.getByRole('complementary', { name: 'Sandbox' })
    await expect(banner).toContainText('Simulated systems')
    await expect(page.getByRole('status').first()).toContainText('All is well')
    await banner.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByRole('button', { name: /sandbox/i })).toBeVisible()
    await expect(banner).toHaveCount(0)
  } finally {
    await host.stop()
    folder.remove()
  }
})

test('ready-made routes wait switched off in a live relay, with the reason, until somebody switches them on', async ({
  page,
}) => {
  const folder = temporaryFolder()
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  const connect = (connection: object) => host.api('/connections', { method: 'PUT', body: { connection } })
  try {
    const nowhere = 'http://127.0.0.1:9'
    const ids = { companyId: 'cobalt', publicKey: 'public', clientId: 'client', memberId: 'patchbay' }
    const settings = { loginUrl: nowhere, clientId: 'client' }
    await connect({ id: 'salesforce', kind: 'salesforce', name: 'Salesforce', settings })
    await connect({
      id: 'connectwise',
      kind: 'connectwise',
      name: 'ConnectWise',
      settings: { baseUrl: nowhere, ...ids },
    })
    await page.goto(host.consoleUrl)
    await page.getByRole('link', { name: 'Routes' }).click()
    const main = page.getByRole('main')
    await expect(main).toContainText('start switched off')
    const control = main.getByRole('switch', { name: 'Salesforce Account → ConnectWise company' })
    await expect(control).not.toBeChecked()
    await control.click({ force: true })
    const question = page.getByRole('dialog')
    await expect(question).toContainText(
      'From now on, changes of Salesforce Account records are written to ConnectWise',
    )
    await question.getByRole('button', { name: 'Switch on' }).click()
    await expect(control).toBeChecked()

    await main.getByRole('link', { name: 'ConnectWise company → Salesforce Account' }).click()
    await main.getByRole('switch', { name: /^Switched off/ }).click({ force: true })
    await main.getByRole('button', { name: 'Save' }).click()
    await expect(question).toContainText('records are written to Salesforce')
    await question.getByRole('button', { name: 'Cancel' }).click()
    const routes = await host.api<{ enabled: boolean }[]>('/routes')
    expect(routes.filter(({ enabled }) => enabled)).toHaveLength(1)
  } finally {
    await host.stop()
    folder.remove()
  }
})

test('a wrong token shows nothing but how to get in', async ({ page }) => {
  const folder = temporaryFolder()
  const host = await startHeadless(['--sandbox', '--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  try {
    await page.goto(`${host.hostUrl}/#token=not-the-token`)
    await expect(page.getByRole('grid', { name: /Events/ }).getByRole('row')).toHaveCount(0)
    await expect(page.getByRole('alert')).toContainText('open the console again with the address that Patchbay prints')
  } finally {
    await host.stop()
    folder.remove()
  }
})
