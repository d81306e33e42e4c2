import { expect, test, type Page } from '@playwright/test'
import { openConsole, picture } from '#test/support/console.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** Everything the page complained about; a screen that works complains about nothing. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

async function pairedAccount(): Promise<Fields> {
  const account = (await bridge.records('salesforce', 'Account')).find(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  if (account === undefined) throw new Error('the sandbox has no paired account')
  return account
}

test('watch an event arrive, break the other side, see why it failed, heal, replay by click, see the record', async ({
  page,
}) => {
  const complaints = complaintsOf(page)
  const account = await pairedAccount()
  const id = String(account['Id'])
  await openConsole(page, bridge.host, '#/live')
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toBeVisible()
  expect(page.url(), 'the token does not stay in the address').not.toContain(bridge.host.token)

  await bridge.change('salesforce', 'Account', id, { Website: 'https://seen-live.example.com' })
  const row = page
    .getByRole('grid', { name: /Events/ })
    .getByRole('row')
    .filter({ hasText: 'website' })
    .first()
  await expect(row).toContainText('Delivered')
  await row.click()
  const panel = page.getByLabel(/^Event \d+$/)
  await expect(panel).toContainText('Hookdeck')
  await expect(panel).toContainText('https://seen-live.example.com')
  await page.keyboard.press('Escape')

  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', id, { Website: 'https://refused.example.com' })
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: /Failures/ })
    .click()
  const failure = page.getByRole('main')
  await expect(failure).toContainText('ConnectWise refused')
  await expect(failure).toContainText('What to do')

  await bridge.break('connectwise', null)
  await failure
    .getByRole('button', { name: /^Replay/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Failed' })).toHaveCount(0)
  const website = async () =>
    (await bridge.record('connectwise', 'company', String(account['ConnectWise_Id__c'])))['website']
  await expect.poll(website).toBe('https://refused.example.com')
  expect(complaints).toEqual([])
})

test('a refused request is seen among the rejections', async ({ page }) => {
  await bridge.send(
    { eventId: 'forged', objectApiName: 'Account', recordId: '001000000000001AAA' },
    { signature: 'Zm9yZ2Vk' },
  )
  await openConsole(page, bridge.host, '#/live')
  await page.getByRole('navigation', { name: 'Lists' }).getByText('Rejections').click()
  const refused = page.getByRole('grid', { name: 'Rejections, newest first' }).getByRole('row').nth(1)
  await expect(refused).toContainText('401')
  await refused.click()
  const detail = page.getByRole('region', { name: /^Rejection \d+$/ })
  await expect(detail).toContainText('HTTP 401 (bad-signature)')
  await picture(page, 'rejections')
  await bridge.send('not even JSON', { signature: 'Zm9yZ2Vk' })
  await page.getByRole('button', { name: 'Show newer ones' }).click()
  await expect(detail).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Show newer ones' })).toHaveCount(0)
})
