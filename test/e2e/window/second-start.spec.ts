import { expect } from '@playwright/test'
import { test } from '#test/support/any-desktop.ts'

test('a closed window stays behind the icon; a second start and its links bring it back, and start no second relay', async ({
  open,
  openAgain,
}) => {
  const desktop = await open(['--sandbox'])
  const page = await desktop.window()
  await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
  const isVisible = async () => (await desktop.windowSeen())?.isVisible
  await desktop.closeWindow()
  await expect.poll(isVisible).toBe(false)

  expect(await openAgain(['--', 'patchbay://record/salesforce/Account/001xx000003DGb2'])).toBe(0)
  await expect.poll(() => new URL(page.url()).hash).toBe('#/records/salesforce/Account/001xx000003DGb2')
  await expect.poll(isVisible).toBe(true)
  expect(await openAgain(['--', 'patchbay://event/1'])).toBe(0)
  await expect.poll(() => new URL(page.url()).hash).toBe('#/events/1')
  expect(await openAgain(['--', 'patchbay://replay/12'])).toBe(0)
  expect(new URL(page.url()).hash).toBe('#/events/1')
  expect((await desktop.relayPids()).length, 'one relay, however often it was started').toBe(1)
})
