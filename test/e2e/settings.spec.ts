import { expect, test } from '@playwright/test'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { audit } from '#main/store/configuration.ts'
import { noteRoom, saveStorageSettings } from '#main/store/storage-settings.ts'
import { Store } from '#main/store/store.ts'
import { fillDatabase } from '#test/support/big-database.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

const dayMs = 86_400_000
const usual = { retentionDays: 400, maxBytes: 64 * 1024 ** 2 }
const folder = temporaryFolder()
let host: Headless

/** A relay that has worked for four weeks, with what people did in them. */
test.beforeAll(async () => {
  mkdirSync(join(folder.path, 'sandbox'))
  const file = join(folder.path, 'sandbox', 'patchbay.db')
  const now = Date.now()
  await fillDatabase(file, { events: 12_000, pending: 0, newestAt: now - 60_000 })
  const store = new Store(file)
  const { usedBytes } = store.usage()
  await store.write((tx) => {
    saveStorageSettings(tx, usual)
    for (let day = 28; day > 0; day -= 1) {
      const bytes = Math.round(usedBytes * (0.15 + (0.85 * (28 - day)) / 28 + 0.02 * Math.sin(day)))
      noteRoom(tx, { at: now - day * dayMs, bytes })
    }
    for (let deed = 150; deed > 0; deed -= 1) {
      audit(tx, { at: now - deed * 3_600_000, who: deed % 3 === 0 ? 'api' : 'console', ...deedOf(deed) })
    }
  })
  await store.close()
  host = await startHeadless(['--sandbox', '--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
})
test.afterAll(async () => {
  await host.stop()
  folder.remove()
})

function deedOf(deed: number) {
  const kinds = [
    {
      action: 'save',
      subject: 'route account-to-company',
      changes: [
        { field: 'ratePerMinute', from: null, to: 60 },
        { field: 'retry.maxAttempts', from: 12, to: 20 },
      ],
    },
    { action: 'pause', subject: 'connection connectwise', detail: `Maintenance ${deed}` },
    { action: 'resume', subject: 'connection connectwise' },
    { action: 'replay', subject: `replay ${deed}`, detail: 'Picklist value added in Salesforce' },
    { action: 'discard', subject: `discard ${deed}`, detail: '3 dead letters. Entered by hand already' },
  ]
  return kinds[deed % kinds.length] ?? { action: 'save', subject: 'storage' }
}

walk('storage tells how full it is, keeps what people choose, and asks before it takes away', async (page) => {
  await openConsole(page, host, '#/settings')
  const room = page.getByRole('region', { name: 'Room' })
  await expect(room).toContainText('free on the disk')
  await expect(room.getByRole('img', { name: /day by day/ })).toBeVisible()
  await expect(room).toContainText(/Full in \d+ days at this pace/)
  await picture(page, 'settings')
  await room.getByRole('img', { name: /day by day/ }).hover()
  await expect(room).toContainText('Limit: 64 MB')
  await page.getByRole('button', { name: 'Look through it now' }).click()
  await expect(page.getByRole('region', { name: 'Is it whole?' })).toContainText('OK')

  const days = page.getByRole('textbox', { name: 'Days after its end' })
  await days.fill('90')
  await page.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('What ended more than 90 days ago is taken away')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await days.fill('500')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('The settings are saved.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await host.api('/storage/settings', { method: 'PUT', body: usual })
})

walk('a backup is made and ordered back, and the order is taken back', async (page) => {
  await openConsole(page, host, '#/settings/backups')
  await page.getByRole('button', { name: 'Make a backup now' }).click()
  await expect(page.getByText(/The backup is made and checked/)).toBeVisible()
  await page.getByRole('button', { name: 'Bring back…' }).first().click()
  await expect(page.getByRole('dialog')).toContainText('Nothing changes yet')
  await page.getByRole('dialog').getByRole('button', { name: 'Bring it back at the next start' }).click()
  const ordered = page.getByRole('group', { name: 'A restore is ordered' })
  await expect(ordered).toContainText('The next start brings back the backup of')
  await picture(page, 'settings-backups')
  await ordered.getByRole('button', { name: 'Take the order back' }).click()
  await expect(ordered).toHaveCount(0)
})

walk('a recovery passphrase is set by typing it twice, and is not shown again', async (page) => {
  await openConsole(page, host, '#/settings/recovery')
  const card = page.getByRole('group', { name: 'Recovery passphrase' })
  const words = 'correct horse battery staple'
  await card.getByLabel(/passphrase/i).fill(words)
  await card.getByLabel('Once more').fill('correct horse battery stable')
  await expect(card).toContainText('The two differ.')
  await expect(card.getByRole('button', { name: /Set it|Replace it/ })).toBeDisabled()
  await picture(page, 'settings-recovery')
  await card.getByLabel('Once more').fill(words)
  await card.getByRole('button', { name: /Set it|Replace it/ }).click()
  await expect(card).toContainText('A recovery passphrase is set, since')
  await expect(card.getByLabel('New passphrase')).toHaveValue('')
})

walk('the support bundle is read before it is saved', async (page) => {
  await openConsole(page, host, '#/settings/support')
  await page.getByRole('button', { name: /^version/ }).click()
  await expect(page.getByRole('group', { name: 'Text' })).toContainText('platform')
  await picture(page, 'settings-support')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a file' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/^patchbay-support-.*\.txt$/)
  expect(readFileSync(await saved.path(), 'utf8')).toContain('===== version')
})

walk('the audit log is filtered by who, what and words, and shows what was changed', async (page) => {
  await openConsole(page, host, '#/settings/audit')
  const log = page.getByRole('grid', { name: /Audit log/ })
  await page.getByRole('combobox', { name: 'Did' }).click()
  await page.getByRole('option', { name: 'Paused', exact: true }).click()
  await expect(page).toHaveURL(/action=pause/)
  await expect(log.getByRole('row').filter({ hasText: 'Replayed' })).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Find in the audit log' }).fill('maintenance 31')
  await expect(log.locator('[role="row"][aria-selected]')).toHaveCount(1)
  await goTo(page, '#/settings/audit?action=save&who=console&text=route')
  await expect(page.getByRole('textbox', { name: 'Find in the audit log' })).toHaveValue('route')
  await log.getByRole('row').nth(1).click()
  const entry = page.getByRole('region', { name: /^Audit entry/ })
  await expect(entry).toContainText('Most tries')
  await picture(page, 'settings-audit')
})

walk('times are written as chosen, also after a reload', async (page) => {
  await openConsole(page, host, '#/settings/display')
  await page.getByRole('radio', { name: /^By their age/ }).check()
  await expect(page.getByRole('status').filter({ hasText: '25 minutes ago' })).toContainText('written 25 min ago')
  await page.getByRole('radio', { name: /^In UTC/ }).check()
  await page.getByRole('radio', { name: /^By the clock/ }).check()
  const clock = new Date(Date.now() - 25 * 60_000).toISOString().slice(11, 14)
  await expect(page.getByRole('status').filter({ hasText: '25 minutes ago' })).toContainText(`written ${clock}`)
  await picture(page, 'settings-display')
  await page.reload()
  await expect(page.getByRole('radio', { name: /^In UTC/ })).toBeChecked()
  await expect(page.getByRole('region', { name: 'The relay' }).getByRole('link', { name: 'UTC' })).toBeVisible()
  await goTo(page, '#/settings/about')
  await expect(page.getByRole('region', { name: 'This Patchbay' })).toContainText(host.receiverUrl)
  await picture(page, 'settings-about')
})
