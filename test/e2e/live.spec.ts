import { expect, test, type Page } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
  const traffic = (perMinute: number) => bridge.host.api('/sandbox/traffic', { method: 'POST', body: { perMinute } })
  await traffic(600)
  await expect.poll(async () => (await bridge.events()).length).toBeGreaterThan(40)
  await traffic(0)
  // A child of a parent that nobody has saved waits until Patchbay asks for it.
  await bridge.settled(60_000)
  const accounts = (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  for (const account of accounts.slice(0, 3)) {
    await bridge.change('salesforce', 'Account', String(account['Id']), { Website: 'https://refused.example.com' })
  }
  await expect.poll(async () => (await bridge.events('&state=dead')).length).toBe(3)
  await bridge.break('connectwise', null)
})
test.afterAll(() => bridge.close())

const rowsOf = (page: Page) => page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
const stripOf = (page: Page) => page.getByRole('slider', { name: /^\d+ events? in / })
const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Filter the list' })

walk('a filter is typed with its suggestions, mended in place, linked and saved as a view', async (page) => {
  await openConsole(page, bridge.host, '#/live')
  await expect(rowsOf(page).nth(10)).toBeVisible()
  await expect(stripOf(page)).toBeVisible()
  await picture(page, 'live')

  await page.keyboard.press('/')
  await expect(filterOf(page)).toBeFocused()
  await expect(page.getByRole('option', { name: /^route:/ })).toBeVisible()
  await page.keyboard.type('sta')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('option', { name: /^dead/ })).toContainText('Failed')
  await page.keyboard.type('dea')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Edit state:dead' })).toBeVisible()
  await expect(rowsOf(page)).toHaveCount(3)
  await expect(rowsOf(page).first()).toContainText('Failed')
  expect(new URL(page.url()).hash).toBe('#/live?filter=state%3Adead')

  await filterOf(page).pressSequentially('systm:cw ')
  await expect(page.getByRole('alert')).toContainText("Did you mean 'system'?")
  await expect(rowsOf(page)).toHaveCount(3)
  await picture(page, 'live-filter')
  await page.keyboard.press('Backspace')
  await expect(filterOf(page)).toHaveValue('systm:cw')
  await filterOf(page).fill('system:sf')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(rowsOf(page)).toHaveCount(3)

  await page.getByRole('button', { name: /^Views?:/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Refused by ConnectWise')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Rename Refused by ConnectWise' })).toBeVisible()
  await picture(page, 'live-views')
  await bridge.host.api('/views/remove', { method: 'POST', body: { name: 'Refused by ConnectWise' } })
})

test('a view is shown, renamed and removed, and comes back by undo', async ({ page }) => {
  await bridge.host.api('/views', {
    method: 'PUT',
    body: { name: 'Stuck', filter: 'state:dead system:sf action:updated' },
  })
  await openConsole(page, bridge.host, '#/live')
  await page.getByRole('button', { name: 'View: All events' }).click()
  await page.getByRole('button', { name: /^Stuck/ }).click()
  await expect(rowsOf(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'View: Stuck' }).click()
  await page.getByRole('button', { name: 'Rename Stuck' }).click()
  await page.getByRole('textbox', { name: 'New name' }).fill('Refused')
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await page.getByRole('button', { name: 'Remove Refused' }).click()
  await expect(page.getByRole('button', { name: 'Remove Refused' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  // The menu has closed, as the click went beside it; the list shows that view again.
  await page.getByRole('button', { name: 'View: Refused' }).click()
  await expect(page.getByRole('button', { name: 'Remove Refused' })).toBeVisible()
})

test('a stretch of time is chosen on the strip by pointer and by keyboard, and given up', async ({ page }) => {
  await openConsole(page, bridge.host, '#/live')
  await expect(rowsOf(page).nth(10)).toBeVisible()
  // With its bars, that is: a drag before them would be lost.
  await expect(page.getByRole('slider', { name: /^[1-9]\d* events in / })).toBeVisible()
  const strip = await until('the strip stands', () => stripOf(page).boundingBox())
  const drag = async (from: number, to: number) => {
    await page.mouse.move(strip.x + strip.width * from, strip.y + 10)
    await page.mouse.down()
    await page.mouse.move(strip.x + strip.width * to, strip.y + 10)
    await page.mouse.up()
  }
  await drag(0.1, 0.3)
  await expect(page.getByText('No event matches')).toBeVisible()
  await drag(0.5, 0.999)
  await expect(rowsOf(page).nth(10)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Edit until:/ })).toBeVisible()
  await stripOf(page).press('Escape')
  await expect(page.getByRole('button', { name: /^Edit/ })).toHaveCount(0)
  await stripOf(page).press('ArrowLeft')
  await stripOf(page).press('Shift+ArrowLeft')
  await expect(stripOf(page)).toHaveAttribute('aria-valuetext', /–.*: \d+ event/)
  await stripOf(page).press('Enter')
  await expect(page.getByRole('button', { name: /^Edit since:/ })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rowsOf(page).nth(10)).toBeVisible()
})

walk('rows are picked one by one, as a range and all that match, and replayed after a look', async (page) => {
  await openConsole(page, bridge.host, '#/live?filter=state:dead')
  await expect(rowsOf(page)).toHaveCount(3)
  await rowsOf(page)
    .nth(0)
    .click({ modifiers: ['Control'] })
  await rowsOf(page)
    .nth(2)
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('3 events selected')
  await rowsOf(page).nth(1).getByRole('checkbox').click()
  await expect(bar).toContainText('2 events selected')
  await bar.getByRole('button', { name: 'Replay…' }).click()
  await expect(page.getByRole('dialog')).toContainText('Replay 2 deliveries')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await bar.getByRole('button', { name: 'Select all 3 that match' }).click()
  await expect(bar).toContainText('All 3 that match are selected')
  await picture(page, 'live-selection')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog')).toContainText('all that match state:dead')
  await expect(page.getByRole('dialog')).toContainText('Replay 3 deliveries')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('what waits is cancelled with a reason, after it was said how many', async ({ page }) => {
  const [account] = (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  const paused = { scope: 'connection', id: 'connectwise' }
  await bridge.host.api('/pauses', { method: 'PUT', body: { ...paused, reason: 'It is to wait' } })
  const id = String(account?.['Id'])
  await bridge.change('salesforce', 'Account', id, { Website: 'https://waits.example.com' })
  await openConsole(page, bridge.host, `#/live?filter=${encodeURIComponent(`state:open record:${id}`)}`)
  await rowsOf(page)
    .first()
    .click({ modifiers: ['Control'] })
  const bar = page.getByRole('region', { name: 'Selection' })
  await bar.getByRole('button', { name: 'Cancel 1 waiting…' }).click()
  await page.getByRole('textbox', { name: 'Why' }).fill('Entered by hand')
  await page.getByRole('button', { name: 'Cancel 1 delivery' }).click()
  await expect(page.getByText('1 delivery is cancelled.')).toBeVisible()
  await expect(page.getByText('No event matches')).toBeVisible()
  await bridge.host.api('/pauses/clear', { method: 'POST', body: paused })
})
