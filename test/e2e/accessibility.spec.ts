import { expect, test, type Page } from '@playwright/test'
import { screens } from '#renderer/state/place.ts'
import { axeFindings } from '#test/support/axe.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, inBothThemes, openConsole } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
/** A dead letter's event. */
let failedId: number
test.beforeAll(async () => {
  bridge = await openBridge()
  const accounts = await bridge.records('salesforce', 'Account')
  const [first, second] = accounts.filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
  await bridge.change('salesforce', 'Account', String(first?.['Id']), { Phone: '(212) 555-0143' })
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', String(second?.['Id']), { Website: 'https://refused.example.com' })
  failedId = (await until('a dead letter', async () => (await bridge.events('&state=dead'))[0])).id
  await bridge.host.api('/replays', { method: 'POST', body: { eventIds: [failedId], note: 'A second try' } })
  await bridge.settled()
  await bridge.break('connectwise', null)
})
test.afterAll(() => bridge.close())

/** A place is there once its heading is, and nothing in it is awaited any more. */
async function arrive(page: Page, place: string): Promise<void> {
  await goTo(page, place)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading').first()).toBeAttached()
  await expect(main.getByText(/^(Loading|Connecting)/)).toHaveCount(0)
}

const places = [...screens.map((screen) => `#/${screen}`), '#/live/rejections', '#/replays/1']

inBothThemes('axe finds nothing serious at any screen', async (page) => {
  await openConsole(page, bridge.host)
  const findings: string[] = []
  const judge = async (where: string) => {
    findings.push(...(await axeFindings(page)).map((finding) => `${where}: ${finding}`))
  }
  for (const place of [...places, `#/events/${failedId}`]) {
    await arrive(page, place)
    await judge(place)
  }
  expect(findings).toEqual([])
})

inBothThemes('axe finds nothing serious in what opens above the screens', async (page) => {
  await openConsole(page, bridge.host, `#/events/${failedId}`)
  await page.getByRole('button', { name: 'Replay with a look first' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(/API call/)
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.getByRole('button', { name: /Pause everything/i }).click()
  await expect(page.getByRole('textbox', { name: 'Why' })).toBeFocused()
  expect(await axeFindings(page)).toEqual([])
})
