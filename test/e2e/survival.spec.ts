import { expect, test, type Page } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture } from '#test/support/console.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { holdLine } from '#test/support/line.ts'
import { temporaryFolder } from '#test/support/temporary.ts'
import { freePort } from '#test/support/timed-start.ts'
import { until } from '#test/support/until.ts'

// One theme: what is shown here is shown in both by the walks.
test.use({ viewport: { width: 1366, height: 768 }, contextOptions: { reducedMotion: 'reduce' } })

/** Tries to pause everything, from the header. */
async function pauseEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause everything…' }).click()
  await page.getByRole('textbox', { name: 'Why' }).fill('Maintenance')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
}

test.describe('the host is killed and started again', () => {
  const folder = temporaryFolder()
  let host: Headless
  let args: string[]
  test.beforeAll(async () => {
    const ports = ['--receiver-port', String(await freePort()), '--host-port', String(await freePort())]
    args = ['--sandbox', '--data-dir', folder.path, ...ports]
    host = await startHeadless(args)
  })
  test.afterAll(async () => {
    await host.stop()
    folder.remove()
  })

  const traffic = (perMinute: number) => host.api('/sandbox/traffic', { method: 'POST', body: { perMinute } })
  const count = async () => (await host.api<{ items: unknown[] }>('/events?limit=100')).items.length

  test('the console keeps what it shows, says since when, and goes on by itself', async ({ page }) => {
    await traffic(600)
    await until('a few events', async () => (await count()) >= 3)
    await traffic(0)
    await openConsole(page, host, '#/live')
    const rows = page
      .getByRole('grid', { name: /Events/ })
      .locator('[role="row"][aria-rowindex]:not([aria-rowindex="1"])')
    await expect(rows.nth(2)).toBeVisible()
    const banner = page.getByRole('alert').filter({ hasText: 'has not been heard since' })
    const notices = page.getByRole('status', { name: 'Notices' })

    // The code of the other screens follows the first one, the last of them being this.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('setup-screen')),
    )
    await host.kill()
    await expect(banner).toContainText('nothing that it accepted is lost')
    await expect(banner).toContainText(/since \d\d:\d\d:\d\d/)
    await expect(page.getByRole('region', { name: 'The relay' })).toContainText('Not heard')
    await expect(rows.nth(2)).toBeVisible()
    await goTo(page, '#/replays')
    await expect(page.getByRole('heading', { level: 1, name: 'Replays' })).toBeVisible()
    await pauseEverything(page)
    await expect(notices).toContainText('Everything could not be paused.')
    await expect(notices).toContainText('can’t be reached at the moment. Nothing was done.')
    await picture(page, 'relay-away')
    await goTo(page, '#/live')
    await expect(rows.nth(2)).toBeVisible()

    host = await startHeadless(args)
    await expect(banner).toHaveCount(0)
    await expect(notices).toContainText('The relay is heard again.')
    await expect(page.getByRole('region', { name: 'The relay' })).toContainText('All is well')
    const newest = () => rows.first().textContent()
    await expect(rows.nth(2)).toBeVisible()
    const before = await newest()
    await traffic(600)
    await expect.poll(newest).not.toBe(before)
    await traffic(0)
  })
})

test.describe('the host answers late, with a refusal, or with nonsense', () => {
  let bridge: Bridge
  /** A dead letter's event. */
  let failedId: number
  test.beforeAll(async () => {
    bridge = await openBridge()
    const accounts = await bridge.records('salesforce', 'Account')
    const account = accounts.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
    await bridge.break('connectwise', { kind: 'validation', field: 'website' })
    await bridge.change('salesforce', 'Account', String(account?.['Id']), { Website: 'https://refused.example.com' })
    failedId = (await until('a dead letter', async () => (await bridge.events('&state=dead'))[0])).id
    await bridge.break('connectwise', null)
  })
  test.afterAll(() => bridge.close())

  test('while answers take three seconds it says that it waits, and orders once however often one clicks', async ({
    page,
  }) => {
    const line = await holdLine(page)
    await openConsole(page, bridge.host, `#/events/${failedId}`)
    const opener = page.getByRole('button', { name: 'Replay with a look first' })
    await expect(opener).toBeVisible()
    line.delayMs = 3_000
    await opener.click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Loading…')).toBeVisible()
    const order = dialog.getByRole('button', { name: 'Replay 1 delivery' })
    await order.dblclick()
    await expect(order).toHaveAttribute('data-loading', 'true')
    await order.click({ force: true, timeout: 500 }).catch(() => undefined)
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('1 delivery is on the way again.')
    expect(line.calls('/replays/create')).toBe(1)
    expect((await bridge.host.api<{ items: unknown[] }>('/replays')).items).toHaveLength(1)
  })

  test('a refusal becomes a notice with a sentence, and details that unfold and can be copied', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const line = await holdLine(page)
    await openConsole(page, bridge.host)
    line.garble('/pauses/set', 'question', (body) => ({ ...body, reason: '' }))
    await pauseEverything(page)
    const notices = page.getByRole('status', { name: 'Notices' })
    await expect(notices).toContainText('Everything could not be paused. reason:')
    await expect(notices).not.toContainText('INVALID')
    await notices.getByRole('button', { name: 'Details', exact: true }).click()
    await expect(notices).toContainText('Code: INVALID (422)')
    await notices.getByRole('button', { name: 'Copy the details' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Code: INVALID (422)')
    await picture(page, 'notice')
    await notices.getByRole('button', { name: 'Dismiss' }).click()
    await expect(notices).not.toContainText('Everything')
  })

  test('an exception in a screen leaves the rest as it is, and the screen comes back', async ({ page }) => {
    const line = await holdLine(page)
    line.garble('/replays/list', 'answer', (body) => ({ ...body, items: 7 }))
    await openConsole(page, bridge.host, '#/replays')
    const main = page.getByRole('main')
    await expect(main).toContainText('This screen has a problem')
    await main.getByRole('button', { name: 'Details', exact: true }).click()
    await expect(main).toContainText('TypeError')
    await picture(page, 'screen-problem')
    await expect(page.getByRole('region', { name: 'The relay' })).toBeVisible()
    await page.getByRole('link', { name: 'Mappings' }).click()
    await expect(main.getByRole('heading', { level: 1, name: 'Mappings' })).toBeVisible()
    await page.goBack()
    await expect(main).toContainText('This screen has a problem')
    line.garble('/replays/list', 'answer', null)
    await main.getByRole('button', { name: 'Show it again' }).click()
    await expect(main.getByRole('heading', { level: 1, name: 'Replays' })).toBeVisible()
  })
})
