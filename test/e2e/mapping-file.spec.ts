import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import type { MappingDocument, MappingVersion } from '#shared/domain/mapping.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** The file with a shorter name for companies. */
function shortened(text: string): string {
  const file = JSON.parse(text) as { mappings: MappingDocument[] }
  const row = file.mappings
    .find(({ id }) => id === 'account-company')
    ?.fields.find(({ connectwise }) => connectwise === 'name')
  if (row?.maxLength.connectwise === undefined) throw new Error('the file has no length of a company name')
  row.maxLength.connectwise -= 5
  return JSON.stringify(file)
}

walk('mappings leave as one file, and come back with a look at what changes first', async (page) => {
  await openConsole(page, bridge.host, '#/mappings')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text).toContain('"kind": "configuration"')

  const choose = async (content: string) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import' }).click()
    const file = { name: 'bridge.json', mimeType: 'application/json', buffer: Buffer.from(content) }
    await (await chooser).setFiles(file)
  }
  const dialog = page.getByRole('dialog')
  await choose(text.slice(0, -20))
  await expect(dialog.getByRole('list', { name: /can’t be imported/ })).toContainText('not JSON')
  await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await choose(shortened(text))
  await dialog.getByRole('button', { name: /Account ↔ company/ }).click()
  await expect(dialog.getByRole('group', { name: 'Differences' })).toContainText('Longest text')
  await picture(page, 'mapping-import')
  const versionOf = async () => {
    const all = await bridge.host.api<MappingVersion[]>('/mappings')
    return all.find(({ mappingId }) => mappingId === 'account-company')?.version ?? 0
  }
  const version = await versionOf()
  await dialog.getByRole('button', { name: 'Import 1 change' }).click()
  await expect(page.getByText('1 mapping or route imported from bridge.json.')).toBeVisible()
  expect(await versionOf()).toBe(version + 1)
})
