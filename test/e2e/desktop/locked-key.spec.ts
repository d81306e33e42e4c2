import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { openDesktopKey } from '#electron/secrets/desktop-key.ts'
import { closeCopy } from '#main/base/recovery-copy.ts'
import { writeRecovery } from '#main/base/recovery-file.ts'
import { checkDataKey } from '#main/store/secrets.ts'
import { Store } from '#main/store/store.ts'
import { test } from '#test/support/desktop.ts'
import { ProfileBox } from '#test/unit/electron/secrets/boxes.ts'

const clock = { now: () => 1_777_800_000_000, monotonic: () => 0 }
const words = 'correct horse battery staple'

/** A data folder that another machine's profile has locked. */
async function lock(dataFolder: string): Promise<void> {
  mkdirSync(dataFolder)
  const signIn = { user: 'anna', machine: 'OLD-PC', platform: 'win32' }
  const opening = await openDesktopKey({ dataFolder, box: new ProfileBox(randomBytes(32)), signIn, clock })
  if (opening.state !== 'open') throw new Error(opening.sentence)
  const store = new Store(join(dataFolder, 'patchbay.db'))
  await store.write((tx) => checkDataKey(tx, opening.key))
  await store.close()
  writeRecovery(dataFolder, await closeCopy(opening.key, words, 1))
}

test('a key of another machine holds up the start until the passphrase is there; the next start asks no more', async ({
  context,
  folder,
  start,
}) => {
  await lock(join(folder, 'data'))
  const locked = await start({ page: await context.newPage() })
  const asking = await locked.window()
  await expect(asking.getByText('locked for user anna on OLD-PC')).toContainText('such a lock does not travel')
  expect(await locked.relayPids()).toEqual([])
  await asking.getByLabel('Recovery passphrase').fill('wrong horse')
  await asking.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(asking.getByRole('status')).toContainText('This is not the recovery passphrase')
  await asking.getByLabel('Recovery passphrase').fill(words)
  await asking.getByRole('button', { name: 'Open', exact: true }).click()
  await expect.poll(() => locked.relayPids().then(({ length }) => length)).toBe(1)
  expect(await locked.close()).toBe(0)

  const next = await start({ page: await context.newPage() })
  await expect.poll(() => next.relayPids().then(({ length }) => length)).toBe(1)
})
