import { expect, test } from '@playwright/test'
import { screens } from '#renderer/state/place.ts'
import { screenTitle } from '#renderer/state/screen-titles.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole } from '#test/support/console.ts'
import { tabThrough } from '#test/support/keyboard.ts'
import { until } from '#test/support/until.ts'

// One theme: colours are judged by axe and by the tokens.
test.use({ viewport: { width: 1366, height: 768 }, contextOptions: { reducedMotion: 'reduce' } })

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

/** Screens that the rail leads to. */
const onRail = screens.filter((screen) => screen !== 'setup')

test('every screen is reached by keyboard, says its name, and takes the keyboard in', async ({ page }) => {
  await openConsole(page, bridge.host)
  for (const screen of onRail) {
    const link = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screenTitle[screen] })
    await link.focus()
    await page.keyboard.press('Enter')
    await expect(link).toHaveAttribute('aria-current', 'page')
    // At its heading, or where it has more use for it, such as a search.
    if (screen !== 'overview') await expect(page.getByRole('main').locator(':focus')).toHaveCount(1)
    await expect(page).toHaveTitle(`(1) ${screenTitle[screen]} · SANDBOX · Patchbay`)
  }
  await goTo(page, `#/events/${failedId}`)
  await expect(page).toHaveTitle(`(1) Event ${failedId} · SANDBOX · Patchbay`)
})

test('Tab goes through every screen, comes out again, and is always in sight', async ({ page }) => {
  await openConsole(page, bridge.host)
  const frame = await tabThrough(page, 'page')
  expect(frame.flatMap(({ href }) => href ?? [])).toEqual(expect.arrayContaining(onRail.map((screen) => `#/${screen}`)))
  const unseen = frame.filter((stop) => !stop.visible).map((stop) => `frame: ${stop.name}`)
  for (const place of [...screens.map((screen) => `#/${screen}`), `#/events/${failedId}`]) {
    await goTo(page, place)
    await expect(page.getByRole('main').getByRole('heading').first()).toBeAttached()
    await expect(page.getByRole('main').getByText(/^(Loading|Connecting)/)).toHaveCount(0)
    const stops = await tabThrough(page, 'main')
    unseen.push(...stops.filter((stop) => !stop.visible).map((stop) => `${place}: ${stop.name}`))
  }
  expect(unseen).toEqual([])
})

test('the first stop of the keyboard leads past rail and header', async ({ page }) => {
  await openConsole(page, bridge.host, '#/failures')
  const heading = page.getByRole('heading', { level: 1, name: 'Failures' })
  await expect(heading).toBeFocused()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.getByRole('button', { name: 'Skip to the content' }).focus()
  await expect(page.getByRole('button', { name: 'Skip to the content' })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Enter')
  await expect(heading).toBeFocused()
})

test('a dialog keeps the keyboard, gives it back where it was opened, and moves nothing', async ({ page }) => {
  await openConsole(page, bridge.host, `#/events/${failedId}`)
  const opener = page.getByRole('button', { name: 'Replay with a look first' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/API call/)
  const moving = await page.evaluate(
    () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration) > 1).length,
  )
  expect(moving).toBe(0)
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab')
    expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test('the rail shows every screen without scrolling, with the sandbox banner, in a browser at 1366 x 768', async ({
  page,
}) => {
  // What a browser's own bars and the task bar leave.
  await page.setViewportSize({ width: 1366, height: 620 })
  await openConsole(page, bridge.host)
  await expect(page.getByRole('complementary', { name: 'Sandbox' })).toBeVisible()
  const rail = page.getByRole('navigation', { name: 'Screens' })
  expect(await rail.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0)
  for (const link of await rail.getByRole('link').all()) await expect(link).toBeInViewport({ ratio: 1 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide).toBe(0)
})
