import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { root } from '#main/setup/ensure.mjs'
import { picture } from '#test/support/console.ts'
import { test } from '#test/support/desktop.ts'

test('a closed window stays behind the icon, which is told once and brings it back', async ({ start }) => {
  const desktop = await start({ args: ['--sandbox'] })
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  const isVisible = async () => (await desktop.windowSeen())?.isVisible

  await desktop.closeWindow()
  expect(await isVisible()).toBe(false)
  const told = {
    title: 'Patchbay goes on working',
    body: 'Its icon is beside the clock. To end it, choose Quit there.',
  }
  expect(await desktop.toasts()).toEqual([told])
  await desktop.clickTray()
  expect(await isVisible()).toBe(true)
  await desktop.closeWindow()
  expect(await desktop.toasts()).toEqual([told])
})

for (const [link, hash] of [
  ['patchbay://event/7', '#/events/7'],
  ['patchbay://record/connectwise/company/34', '#/records/connectwise/company/34'],
] as const) {
  test(`a cold start by ${link} opens the window there`, async ({ start }) => {
    const desktop = await start({ args: ['--sandbox', '--', link] })
    const page = await desktop.window()
    await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
    expect(new URL(page.url()).hash).toBe(hash)
  })
}

test('started with the system it shows no window until somebody asks; place and size are kept', async ({
  folder,
  start,
}) => {
  const desktop = await start({ args: ['--hidden'] })
  await expect.poll(async () => (await desktop.tray())?.tooltip).toContain('all is well')
  expect(await desktop.windowSeen()).toBeNull()
  await desktop.chooseInTray('Last failures')
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('#/failures')

  await desktop.moveWindow({ x: 300, y: 120, width: 1100, height: 700 })
  await desktop.chooseInMenu('Zoom in')
  expect((await desktop.windowSeen())?.zoom).toBe(1.1)
  expect(await desktop.close()).toBe(0)
  const kept: unknown = JSON.parse(readFileSync(join(folder, 'user-data/preferences.json'), 'utf8'))
  expect(kept).toMatchObject({ window: { x: 300, y: 120, width: 1100, height: 700, isMaximized: false }, zoom: 1.1 })
})

test('files are saved and read through dialogs of the system, and the settings of this computer are kept', async ({
  folder,
  start,
}) => {
  const file = join(folder, 'bundle.txt')
  const desktop = await start({ args: ['--sandbox'], answers: ['', file] })
  const page = await desktop.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Support' }).click()
  const save = page.getByRole('button', { name: 'Save as a file' })
  await save.click()
  await expect.poll(() => desktop.dialogs.length).toBe(1)
  await expect(save).toBeEnabled()
  expect(existsSync(file), 'the person gave it up').toBe(false)
  await save.click()
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('is saved. Nothing was sent.')
  expect(readFileSync(file, 'utf8')).toContain('Patchbay')

  await page.getByRole('link', { name: 'This computer' }).click()
  const quiet = page.getByRole('switch', { name: 'Quiet hours' })
  await page.getByRole('switch', { name: 'Start when I sign in' }).press('Space')
  await quiet.press('Space')
  await expect(page.getByLabel('From')).toHaveValue('20:00')
  await page.getByLabel('Until').fill('06:30')
  await expect.poll(async () => (await desktop.appSeen()).openAtLogin).toBe(true)
  await page.getByRole('link', { name: 'Support' }).click()
  await page.getByRole('link', { name: 'This computer' }).click()
  await expect(page.getByLabel('Until')).toHaveValue('06:30')
  const service = page.getByRole('region', { name: 'On a Windows server where nobody signs in' })
  for (const script of readdirSync(join(root, 'electron/service')))
    await expect(service).toContainText(`\\service\\${script}`)
  await expect(page.getByRole('region', { name: 'Ports and firewall' })).toContainText('the firewall stays as it is')
  await service.scrollIntoViewIfNeeded()
  await picture(page, 'desktop-settings')
  await page.emulateMedia({ colorScheme: 'dark' })
  await picture(page, 'desktop-settings')
})
