import { expect, test } from '@playwright/test'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

let round = 0
walk('a mapping is begun from nothing, and its editor opens', async (page) => {
  round += 1
  await openConsole(page, bridge.host, '#/mappings')
  await page.getByRole('button', { name: 'New mapping' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make the mapping' }).click()
  await expect(dialog).toContainText('It needs a name.')
  await expect(dialog.getByText('Choose what it carries.')).toHaveCount(2)

  await dialog.getByRole('combobox', { name: 'What it carries in Salesforce' }).fill('Account')
  await page.getByRole('option', { name: 'Account', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'What it carries in ConnectWise' }).fill('compan')
  await page
    .getByRole('option', { name: /\(company\)/ })
    .first()
    .click()
  const [here, there] = ['Salesforce', 'ConnectWise'].map((system) =>
    dialog.getByRole('combobox', { name: `What a record in ${system} is recognised by` }),
  )
  await expect(here ?? dialog, 'a pair is proposed').not.toHaveValue('')
  await expect(there ?? dialog).not.toHaveValue('')
  await picture(page, 'new-mapping')
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await expect(name).toHaveValue('Account ↔ company')
  await name.fill('Account ↔ company')
  await dialog.getByRole('button', { name: 'Make the mapping' }).click()

  await expect(page.getByRole('navigation', { name: 'Place' })).toContainText('Account ↔ company')
  await expect(page.getByRole('link', { name: 'Version 1' })).toBeVisible()
  const all = await bridge.host.api<MappingVersion[]>('/mappings')
  const id = await page.evaluate(() => window.location.hash.split('/')[2])
  const made = all.find(({ mappingId }) => mappingId === id)
  expect(made).toMatchObject({ version: 1, document: { salesforce: { entity: 'Account' }, naturalKeys: [{}] } })
  const like = all.filter(({ document }) => document.name === 'Account ↔ company' && document.fields.length === 1)
  expect(like, 'each has an id of its own').toHaveLength(round)
})
