import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesktopKey, unlockDesktopKey } from '#electron/secrets/desktop-key.ts'
import { PlainError } from '#main/base/errors.ts'
import { closeCopy } from '#main/base/recovery-copy.ts'
import { writeRecovery } from '#main/base/recovery-file.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { picture, walk } from '#test/support/console.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { ProfileBox } from '#test/unit/electron/secrets/boxes.ts'

const clock = { now: () => 1_777_800_000_000, monotonic: () => 0 }
const words = 'correct horse battery staple'
const folder = temporaryFolder()
let host: Headless

/** It only serves the page. */
test.beforeAll(async () => {
  host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
})
test.afterAll(async () => {
  await host.stop()
  folder.remove()
})

/** A folder whose key anna's profile has wrapped, with a passphrase beside it. */
async function furnish(dataFolder: string): Promise<void> {
  const signIn = { user: 'anna', machine: 'RECEPTION-PC', platform: 'win32' }
  const opening = await openDesktopKey({ dataFolder, box: new ProfileBox(randomBytes(32)), signIn, clock })
  if (opening.state !== 'open') throw new Error(opening.sentence)
  const store = new Store(join(dataFolder, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, opening.key))
  await store.close()
  writeRecovery(dataFolder, await closeCopy(opening.key, words, 1))
}

walk('a locked key says whose it is, refuses a wrong passphrase, and opens by the right one', async (page) => {
  const dataFolder = mkdtempSync(join(folder.path, 'locked-'))
  await furnish(dataFolder)
  const signIn = { user: 'ben', machine: 'RECEPTION-PC', platform: 'win32' }
  const parts = { dataFolder, box: new ProfileBox(randomBytes(32)), signIn, clock }
  await page.exposeFunction('stateOfKey', () => openDesktopKey(parts))
  await page.exposeFunction('openKey', async (passphrase: string) => {
    try {
      await unlockDesktopKey(parts, passphrase)
      return null
    } catch (thrown) {
      if (thrown instanceof PlainError) return `${thrown.message} ${thrown.fix ?? ''}`
      throw thrown
    }
  })
  await page.addInitScript(
    'window.patchbayUnlock = { state: () => window.stateOfKey(), open: (words) => window.openKey(words), quit: () => Promise.resolve() }',
  )
  await page.goto(`${host.hostUrl}/unlock.html`)
  await expect(page.getByText('locked for user anna on RECEPTION-PC')).toContainText('You are signed in as ben.')
  const field = page.getByLabel('Recovery passphrase')
  await field.fill('wrong horse')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('This is not the recovery passphrase')
  await picture(page, 'unlock')
  await field.fill(words)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('It opens')
})
