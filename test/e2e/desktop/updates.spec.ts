import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, type BrowserContext } from '@playwright/test'
import { migrations } from '#main/store/migrate.ts'
import { openForWriting } from '#main/store/open.ts'
import type { Desktop } from '#test/electron-host/desktop.ts'
import { picture } from '#test/support/console.ts'
import { test, type StartDesktop } from '#test/support/desktop.ts'
import { until } from '#test/support/until.ts'
import { serveFeed } from '#test/support/update-feed.ts'

test.skip(process.platform !== 'linux', 'the installer of these walks is an AppImage')

/** What an AppImage is to the updater: a program that takes the place of the old one and is started. */
const installer = Buffer.from('#!/bin/sh\necho "$0" > "$0.started"\n')

interface Ground {
  readonly context: BrowserContext
  readonly folder: string
  readonly start: StartDesktop
}

/** Starts version 0.1.0 and has it install 0.2.0 from a feed on loopback, by the buttons in its settings; it has ended then. */
async function update({ context, folder, start }: Ground): Promise<void> {
  const appImage = join(folder, 'Patchbay.AppImage')
  writeFileSync(appImage, 'the old one')
  const held = Promise.withResolvers<void>()
  const feed = await serveFeed('0.2.0', 'AppImage', installer, held.promise)
  const env = { PATCHBAY_UPDATE_FEED: feed.url, APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') }
  const desktop = await startAs('0.1.0', { context, start }, env)
  const page = await desktop.window()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Updates' }).click()
  await page.getByRole('button', { name: 'Look for updates' }).click()
  await expect(page.getByText('Patchbay 0.2.0 is there')).toBeVisible()
  expect(feed.asked.filter((path) => path.endsWith('.AppImage'))).toEqual([])
  await picture(page, 'desktop-update')
  const progress = async () => (await desktop.windowSeen())?.progress
  expect(await progress()).toBe(-1)
  await page.getByRole('button', { name: 'Download it' }).click()
  await expect.poll(progress, { message: 'on the task bar' }).toBe(0)
  held.resolve()
  await expect(page.getByText('Patchbay 0.2.0 is downloaded and checked')).toBeVisible()
  await expect.poll(progress).toBe(-1)
  await picture(page, 'desktop-update-ready')
  expect(readFileSync(appImage, 'utf8')).toBe('the old one')
  await page.getByRole('button', { name: 'Install it now' }).click()
  expect(await desktop.ended).toBe(0)
  await feed.close()
  await until('the installer to be started', () => existsSync(`${appImage}.started`))
  expect(readFileSync(appImage).equals(installer)).toBe(true)
  expect(existsSync(join(folder, 'data/backups/before-update-from-0.1.0.db'))).toBe(true)
}

async function startAs(
  version: string,
  { context, start }: Pick<Ground, 'context' | 'start'>,
  env: Readonly<Record<string, string>> = {},
): Promise<Desktop> {
  const page = await context.newPage()
  return start({ page, env: { ELECTRON_HOST_VERSION: version, ...env } })
}

const orderOf = (folder: string) => join(folder, 'data/update.json')
const problem = 'The new version of Patchbay does not work here.'

test('an update is found, fetched and installed by a word each; the new version is on trial until its relay answers', async ({
  context,
  folder,
  start,
}) => {
  await update({ context, folder, start })
  expect(JSON.parse(readFileSync(orderOf(folder), 'utf8'))).toMatchObject({ from: '0.1.0', to: '0.2.0', starts: 0 })
  const next = await startAs('0.2.0', { context, start })
  await expect.poll(async () => (await next.tray())?.tooltip).toBe('Patchbay: all is well')
  expect(existsSync(orderOf(folder))).toBe(false)
  expect(next.dialogs).toEqual([])
})

test('a new version that refuses is stopped and says why; the database from before comes back, and the old version works with it', async ({
  context,
  folder,
  start,
}) => {
  // As an update to the version at work has kept it.
  const oldInstaller = join(folder, 'data/installers/patchbay-0.1.0.AppImage')
  mkdirSync(dirname(oldInstaller), { recursive: true })
  writeFileSync(oldInstaller, 'the one before')
  await update({ context, folder, start })
  const db = openForWriting(join(folder, 'data/patchbay.db'))
  // The new version has changed the database, and then can't go on with it.
  db.pragma(`user_version = ${migrations.length + 1}`)
  db.close()
  const refusing = await startAs('0.2.0', { context, start })
  await expect.poll(() => refusing.dialogs.map(({ options }) => options.message)).toEqual([problem])
  expect(refusing.dialogs[0]?.options.detail).toContain('The database is again the one from before the update')
  refusing.answer('Quit')
  expect(await refusing.ended).toBe(0)

  const again = await startAs('0.2.0', { context, start })
  await expect.poll(() => again.dialogs.map(({ options }) => options.message)).toEqual([problem])
  expect(await again.relayPids(), 'given up: it is not tried again unasked').toEqual([])
  again.answer('Open the installer')
  expect(await again.ended).toBe(0)
  expect(again.opened).toEqual([oldInstaller])

  const old = await startAs('0.1.0', { context, start })
  await expect.poll(async () => (await old.tray())?.tooltip).toBe('Patchbay: all is well')
  expect(existsSync(orderOf(folder))).toBe(false)
})
