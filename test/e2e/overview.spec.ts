import { expect, test, type Page } from '@playwright/test'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { openConsole, picture, walk } from '#test/support/console.ts'
import { until } from '#test/support/until.ts'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { MetricSeries } from '#shared/domain/metrics.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
  await bridge.host.api('/sandbox/traffic', { method: 'POST', body: { perMinute: 300 } })
  await until('the figures are written', async () => {
    const { points } = await bridge.host.api<MetricSeries>('/metrics/series?metric=delivered')
    return points.some(({ value }) => (value ?? 0) > 0)
  })
  await bridge.host.api('/sandbox/traffic', { method: 'POST', body: { perMinute: 0 } })
  // A child of a parent that nobody has saved waits until Patchbay asks for it.
  await bridge.settled(60_000)
})
test.afterAll(() => bridge.close())

let round = 0

async function changeAccount(): Promise<void> {
  round += 1
  const accounts = await bridge.records('salesforce', 'Account')
  const account = accounts.find((one) => typeof one['ConnectWise_Id__c'] === 'string')
  const change = { Website: `https://changed-${round}.example.com` }
  await bridge.change('salesforce', 'Account', String(account?.['Id']), change)
}

/** A change that ConnectWise refuses for good. */
async function failChange(): Promise<void> {
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  await changeAccount()
  await until('the dead letter', async () => (await bridge.events('&state=dead')).length > 0)
  await bridge.break('connectwise', null)
}

async function replayAll(): Promise<void> {
  const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=dead')
  const deliveryIds = items.filter(({ replayedBy }) => replayedBy === null).map(({ id }) => id)
  await bridge.host.api('/replays', { method: 'POST', body: { deliveryIds, mode: 'current' } })
  await bridge.settled()
}

function counter(page: Page, title: string) {
  return page.getByRole('region', { name: 'Counters' }).getByRole('link', { name: new RegExp(`^${title} `) })
}

walk(
  'the overview says by itself what is wrong, since when and what to do, and when it is well again',
  async (page) => {
    await openConsole(page, bridge.host, '#/overview')
    const verdict = page.getByRole('region', { name: 'How the bridge is' })
    await expect(verdict).toContainText('Well')
    await expect(counter(page, 'In sync')).toHaveAccessibleName(/ \d+$/)
    await expect(page.getByRole('region', { name: 'Open issues' })).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Sources' })).toContainText('ConnectWise callbacks')
    await expect(page.getByRole('meter', { name: /Salesforce/ })).toBeVisible()
    const flow = page.getByRole('region', { name: 'How changes flow' })
    await expect(flow.getByRole('img', { name: /^Changes a minute.*(now|at most) [1-9]/ })).toBeVisible()
    await picture(page, 'overview-well')

    await failChange()
    await expect(verdict).toContainText('Wants a look')
    await expect(counter(page, 'Failed')).toHaveAccessibleName('Failed 1')
    const pause = { scope: 'route', id: 'salesforce-opportunity-to-connectwise', reason: 'Works on the price list' }
    await bridge.host.api('/pauses', { method: 'PUT', body: pause })
    const issues = page.getByRole('region', { name: 'Open issues' })
    const refused = issues.getByRole('listitem').filter({ hasText: 'ConnectWise refused' })
    await expect(refused).toContainText('What to do')
    await expect(refused).toContainText('since')
    const paused = issues.getByRole('listitem').filter({ hasText: 'Works on the price list' })
    await expect(paused).toBeVisible()
    await picture(page, 'overview')

    await paused.getByRole('button', { name: 'Resume' }).click()
    await expect(paused).toHaveCount(0)
    await refused.getByRole('link', { name: 'See the failures' }).click()
    await expect(page.getByRole('heading', { name: 'Failures' })).toBeVisible()
    await page.goBack()
    await replayAll()
    await expect(verdict).toContainText('All is well')
    await expect(issues).toHaveCount(0)
  },
)

test('what was left out leads by its reasons to the events of the last day that it counts', async ({ page }) => {
  await openConsole(page, bridge.host, '#/overview')
  const counters = page.getByRole('region', { name: 'Counters' })
  await expect(counters.getByRole('link', { name: /^Left out/ })).toHaveCount(0)
  // Which of the two a write of ours comes back as depends on what is heard first.
  await counters
    .getByRole('link', { name: /changes of ours coming back|said the same already/ })
    .first()
    .click()
  await expect.poll(() => new URL(page.url()).hash).toContain('since%3A24h')
  const rows = page.getByRole('grid', { name: /Events/ }).locator('[role="row"][aria-selected]')
  await expect(rows.first()).toBeVisible()
})

walk('figures of each route stand below each other, and the address keeps the choice', async (page) => {
  await openConsole(page, bridge.host, '#/overview?route=each')
  const flow = page.getByRole('region', { name: 'How changes flow' })
  await expect(flow.getByRole('group', { name: 'ConnectWise ticket → Salesforce Case' })).toBeVisible()
  await flow.getByText('Week', { exact: true }).click()
  await expect(flow).toContainText('In the last week.')
  expect(page.url()).toContain('route=each')
  await flow.evaluate((element) => element.scrollIntoView())
  await picture(page, 'overview-routes')
  await flow.getByRole('combobox', { name: 'Whose figures' }).click()
  await page.getByRole('option', { name: 'All routes together' }).click()
  await expect(flow.getByRole('group')).toHaveCount(1)
  await flow.getByText('Hour', { exact: true }).click()
  await expect(flow).toContainText('In the last hour.')
  await page.getByRole('region', { name: 'API calls' }).scrollIntoViewIfNeeded()
  await page.mouse.move(0, 0)
  await picture(page, 'overview-below')
})

walk('a connection that is held is tried at once, where its next try is told', async (page) => {
  await bridge.break('connectwise', { kind: 'unauthorized' })
  await changeAccount()
  await openConsole(page, bridge.host, '#/overview')
  const issue = page.getByRole('region', { name: 'Open issues' }).getByRole('listitem').filter({ hasText: 'next try' })
  const again = issue.getByRole('button', { name: 'Try now: ConnectWise (sandbox)' })
  await again.click()
  await expect(page.getByText('ConnectWise (sandbox) can’t be used yet.')).toBeVisible()
  await picture(page, 'overview-held')
  await bridge.break('connectwise', null)
  await again.click()
  await expect(page.getByText('what waits for it goes on')).toBeVisible()
  await expect(issue).toHaveCount(0)
  await bridge.settled()
})

walk('an issue leads to the very connection or source that it is about', async (page) => {
  const targets = [
    { scope: 'connection', id: 'connectwise', name: 'ConnectWise (sandbox)' },
    { scope: 'source', id: 'salesforce', name: 'Salesforce events' },
  ]
  for (const { name, ...target } of targets) {
    await bridge.host.api('/pauses', { method: 'PUT', body: { ...target, reason: 'Works on one part' } })
    await openConsole(page, bridge.host, '#/overview')
    const issue = page.getByRole('listitem').filter({ hasText: 'Works on one part' })
    await issue.getByRole('link', { name: 'Go to the connection' }).click()
    const marked = page.locator('article[aria-current="true"]')
    await expect(marked).toHaveCount(1)
    await expect(marked).toContainText(name)
    await expect(marked).toBeInViewport()
    await picture(page, `wanted-${target.scope}`)
    await bridge.host.api('/pauses/clear', { method: 'POST', body: target })
  }
})
