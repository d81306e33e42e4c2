import { expect, test } from '@playwright/test'
import type { RecordDetail } from '#shared/domain/known-record.ts'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

/** A pair with a story, of which ConnectWise says something that no route carries over until it is switched on again. */
async function driftedPair(name: string): Promise<{ accountId: string; companyId: string }> {
  const account = await bridge.create('salesforce', 'Account', {
    Name: name,
    Phone: '+1 312 555 0142',
    Website: 'https://lighthouse.example.com',
    BillingCity: 'Chicago',
  })
  const accountId = String(account['Id'])
  const companyId = await until('the pair is made', async () => {
    const one = await bridge.host.api<RecordDetail>(`/records/salesforce/Account/${accountId}`)
    return one.state === 'in-step' && one.connectwise?.id
  })
  await bridge.change('salesforce', 'Account', accountId, { Phone: '+1 312 555 0199', BillingCity: 'Evanston' })
  await bridge.settled()
  await switchRoute(false)
  await bridge.change('connectwise', 'company', companyId, { name: `${name} Ltd` })
  await until('nobody wanted that', async () =>
    (await bridge.events(`&recordId=${companyId}&system=connectwise`)).some(({ state }) => state === 'unmatched'),
  )
  await bridge.settled()
  return { accountId, companyId }
}

async function switchRoute(enabled: boolean): Promise<void> {
  const routes = await bridge.host.api<Route[]>('/routes')
  const route = routes.find(({ id }) => id === 'company-to-account')
  await bridge.host.api('/routes', { method: 'PUT', body: { ...route, enabled } })
}

let round = 0
walk('a record is found by its ConnectWise id, compared and synced, by keyboard up to the buttons', async (page) => {
  round += 1
  const name = `Lighthouse Works ${round}`
  const { accountId, companyId } = await driftedPair(name)
  await openConsole(page, bridge.host, '#/records')
  const records = page.getByRole('grid', { name: 'Records' })
  await expect(records.getByRole('row').filter({ hasText: name })).toHaveCount(1)
  await picture(page, 'records')

  const input = page.getByRole('textbox', { name: 'Find a record' })
  await expect(input).toBeFocused()
  await page.keyboard.type('no such record')
  await expect(page.getByText('No record is known by “no such record”')).toBeVisible()
  await input.fill(companyId)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/records/salesforce/Account/${accountId}\\?text=${companyId}$`))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  await page.keyboard.press('Escape')
  await expect(input).toBeFocused()
  await input.fill(`lighthouse ${round}`)
  await page.keyboard.press('ArrowDown')
  await expect(records).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  const sides = page.getByRole('region', { name: 'Side by side' })
  await expect(sides.getByRole('status')).toContainText('As of the last sync')
  await expect(sides.getByRole('row').filter({ hasText: 'BillingCity' })).toContainText('Evanston')
  const story = page.getByRole('region', { name: 'What happened' })
  await expect(story.getByRole('article').filter({ hasText: 'No route' })).not.toHaveCount(0)
  await expect(story).toContainText('Evanston')
  const away = sides.getByRole('link', { name: /in ConnectWise/ })
  await expect(away).toHaveAttribute('href', `${bridge.sandbox.connectwiseUrl}/sandbox/records/company/${companyId}`)

  await page.getByRole('button', { name: 'Compare now' }).click()
  await expect(sides.getByRole('status')).toContainText('One field differs. Read at')
  await expect(sides.getByRole('row').nth(2)).toContainText(`${name} Ltd`)
  await expect(sides.getByRole('row').nth(2)).toContainText('Differs')
  await expect(page.getByText('Not in step', { exact: true })).toBeVisible()
  await picture(page, 'record')

  await page.getByRole('button', { name: 'Sync now' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 field differed')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(sides).toBeVisible()
  await page.getByRole('button', { name: 'Sync now' }).click()
  await dialog.getByRole('radio', { name: 'ConnectWise’s, to Salesforce' }).check()
  await expect(dialog).toContainText(`writes the fields that differ to Account ${accountId}`)
  await picture(page, 'record-sync')
  await switchRoute(true)
  await dialog.getByRole('button', { name: 'Sync now' }).click()
  await expect(story.getByRole('article').filter({ hasText: 'Sync ordered in Patchbay' })).toHaveCount(1)
  await expect(story.getByRole('article').filter({ hasText: `${name} Ltd` })).not.toHaveCount(0)
  await until('the name is carried over', async () => {
    const { Name } = await bridge.record('salesforce', 'Account', accountId)
    return Name === `${name} Ltd`
  })
  await expect(sides.getByRole('status')).toContainText('Something has happened since')
  await page.getByRole('button', { name: 'Compare now' }).click()
  await expect(sides.getByRole('status')).toContainText('Both records say the same.')
  await expect(page.getByText('In step', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(records.locator('[role="row"][aria-selected]')).toHaveCount(1)
})

walk('a record with a failure says what happened and offers the replay', async (page) => {
  const { accountId } = await driftedPair(`Refused Roofing ${++round}`)
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await bridge.change('salesforce', 'Account', accountId, { Website: 'https://refused.example.com' })
  await until('the dead letter', async () => (await bridge.events(`&state=dead&recordId=${accountId}`))[0])
  await bridge.break('connectwise', null)
  await openConsole(page, bridge.host, `#/records/salesforce/Account/${accountId}`)
  const open = page.getByRole('group', { name: 'Open deliveries' })
  await expect(open.getByRole('listitem')).toContainText('website')
  await picture(page, 'record-failing')
  await open.getByRole('button', { name: 'Replay…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 1 delivery' }).click()
  await expect(open).toHaveCount(0)
})
