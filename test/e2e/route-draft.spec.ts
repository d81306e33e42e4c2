import { expect, test } from '@playwright/test'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'

let bridge: Bridge
test.beforeAll(async () => {
  bridge = await openBridge()
})
test.afterAll(() => bridge.close())

const routes = () => bridge.host.api<Route[]>('/routes')

walk('changes of a route wait while somebody looks elsewhere, and can be let go', async (page) => {
  const [route] = await routes()
  if (route === undefined) throw new Error('the sandbox has no route')
  const place = `#/routes/${route.id}`
  await openConsole(page, bridge.host, place)
  const name = page.getByRole('textbox', { name: 'Name' })
  const discard = page.getByRole('button', { name: 'Discard changes' })
  await expect(page.getByText('Saved.')).toBeVisible()
  await name.fill('Begun and left')

  const asked: string[] = []
  page.once('dialog', async (question) => {
    asked.push(question.type())
    await question.dismiss()
  })
  await page.evaluate(() => window.location.reload())
  expect(asked, 'the browser asks before the page goes').toEqual(['beforeunload'])

  await goTo(page, '#/routes')
  await expect(page.getByText('Your changes to the route “Begun and left” are not saved.')).toBeVisible()
  await expect(page.getByRole('row', { name: route.name })).toContainText('Changes not saved yet')
  await picture(page, 'route-draft')
  await page.getByRole('link', { name: 'Back to the draft' }).click()
  await expect(name).toHaveValue('Begun and left')
  await expect(page.getByRole('link', { name: 'Back to the draft' }), 'who is back needs no way back').toHaveCount(0)

  const other = { ...route, ratePerMinute: 600 }
  await bridge.host.api('/routes', { method: 'PUT', body: other })
  await goTo(page, '#/replays')
  await expect(page.getByRole('heading', { level: 1, name: 'Replays' })).toBeVisible()
  await goTo(page, place)
  await expect(page.getByText('The route was changed since you began.')).toBeVisible()
  await discard.click()
  await expect(name).toHaveValue(route.name)
  await expect(page.getByText('Saved.')).toBeVisible()
  await goTo(page, '#/replays')
  await expect(page.getByRole('heading', { level: 1, name: 'Replays' })).toBeVisible()
  await expect(page.getByText('are not saved')).toHaveCount(0)
  await bridge.host.api('/routes', { method: 'PUT', body: route })
})

walk('a new route waits, too, and is let go when it is saved', async (page) => {
  await openConsole(page, bridge.host, '#/routes/new')
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('Accounts on probation')
  await goTo(page, '#/live')
  await page.getByRole('link', { name: 'Back to the draft' }).click()
  await expect(name).toHaveValue('Accounts on probation')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts on probation' })).toBeVisible()
  await name.fill('On its way out')
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the route' }).click()
  await expect(page.getByRole('table', { name: 'Routes' })).toBeVisible()
  await expect(page.getByText('are not saved'), 'what is saved or removed does not wait').toHaveCount(0)
  await goTo(page, '#/routes/new')
  await expect(name).not.toHaveValue('Accounts on probation')
})
