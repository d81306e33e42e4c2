import { expect, test } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
  const [account] = await bridge.records('salesforce', 'Account')
  await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website: 'https://seen.example.com' })
  await bridge.settled()
})
test.afterAll(() => bridge.close())

walk('a field gets a row and an expression, by keyboard, with errors in their place', async (page) => {
  await openConsole(page, bridge.host, '#/mappings/account-company')
  const tree = page.getByRole('region', { name: 'Fields of Salesforce' })
  await tree.getByRole('textbox', { name: /Search/ }).fill('seen.example')
  await expect(tree.getByRole('button'), 'a field is found by what real events held').toHaveCount(1)
  await expect(tree.getByRole('button')).toHaveText(/Website/)
  await tree.getByRole('textbox', { name: /Search/ }).fill('industry')
  await tree.getByRole('button', { name: /Industry/ }).press('Enter')

  const row = page.getByRole('group', { name: /^Row Industry/ })
  await row.getByRole('combobox', { name: 'Field in ConnectWise' }).fill('identifier')
  await page
    .getByRole('option', { name: /identifier/ })
    .first()
    .click()
  await row.getByRole('radio', { name: 'An expression' }).press('Space')
  const editor = row.getByRole('textbox', { name: 'Expression' })
  await editor.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('$uppercase(')
  await page.keyboard.type('Web')
  await expect(page.getByRole('option', { name: /Website/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(row.getByRole('status'), 'what is not finished is said').toContainText('can’t be read yet')
  await expect(row.locator('.cm-lintRange-error')).toBeVisible()
  await expect(row.getByRole('list', { name: /To look at/ }), 'it is checked').toContainText("can't be read")
  await expect(row.getByRole('status'), 'what is said stays in sight').toBeInViewport({ ratio: 1 })
  await picture(page, 'mapping-expression')
  await page.keyboard.type(')')
  await expect(row.getByRole('status')).toContainText('JSONata')
  const preview = page.getByRole('region', { name: 'Live preview' })
  await expect(preview).toContainText('HTTPS://SEEN.EXAMPLE.COM')

  await page
    .getByRole('region', { name: 'To look at' })
    .getByRole('button', { name: /^To look at/ })
    .click()
  await page.getByRole('button', { name: /Another row writes identifier too/ }).click()
  await expect(row.getByRole('list', { name: /To look at/ })).toContainText('Another row writes identifier too')
  await picture(page, 'mapping-warnings')

  await page.locator('[data-row-head="11"]').press('Delete')
  await expect(row).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-row-head="11"]'), 'undo brings the row back').toContainText('Industry')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard the changes' }).click()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
})
