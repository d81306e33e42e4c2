import { expect, test, type Page } from '@playwright/test'
import { startSandbox } from '#main/sandbox/sandbox.ts'
import type { Sandbox } from '#main/sandbox/sandbox-types.ts'
import { goTo, openConsole, picture, walk } from '#test/support/console.ts'
import { startHeadless, type Headless } from '#test/support/headless.ts'
import { temporaryFolder } from '#test/support/temporary.ts'

/** Two systems that a technician connects for the first time; simulated, but reached as real ones are. */
let systems: Sandbox
test.beforeAll(async () => {
  systems = await startSandbox()
})
test.afterAll(() => systems.close())

async function withNewHost(run: (host: Headless) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const host = await startHeadless(['--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  try {
    await run(host)
  } finally {
    await systems.announceTo(null)
    await host.stop()
    folder.remove()
  }
}

/** A change by a person in one of the systems, without credentials. */
async function changeOne(system: 'salesforce' | 'connectwise', entity: string, fields: object): Promise<void> {
  const base = system === 'salesforce' ? systems.addresses.salesforceUrl : systems.addresses.connectwiseUrl
  const records = (await (await fetch(`${base}/sandbox/records/${entity}`)).json()) as Record<string, unknown>[]
  const paired = records.find((one) => typeof one['ConnectWise_Id__c'] === 'string') ?? records[0] ?? {}
  const id = String(paired['Id'] ?? paired['id'])
  const answer = await fetch(`${base}/sandbox/records/${entity}/${id}?via=callback`, {
    method: 'PATCH',
    body: JSON.stringify(fields),
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.status).toBe(200)
}

async function connectSalesforce(page: Page): Promise<void> {
  const { salesforceUrl, salesforce } = systems.addresses
  const step = (name: string) => page.getByRole('form', { name })
  await step('Address').getByRole('button', { name: 'Next' }).click()
  await expect(step('Address')).toContainText('This is needed.')
  await step('Address').getByRole('textbox', { name: 'My Domain address' }).fill(salesforceUrl)
  await step('Address').getByRole('button', { name: 'Next' }).click()
  await step('Sign-in').getByRole('textbox', { name: 'Client id' }).fill(salesforce.clientId)
  await step('Sign-in').getByLabel('Client secret').fill(salesforce.clientSecret)
  await step('Sign-in').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText(/All \d checks passed/)
  await picture(page, 'setup')
  await step('Test').getByRole('button', { name: 'Next' }).click()
  await step('Limits').getByRole('button', { name: 'Go on to ConnectWise' }).click()
}

async function connectConnectwise(page: Page): Promise<void> {
  const { baseUrl, companyId, publicKey, privateKey, clientId, memberId } = systems.addresses.connectwise
  const step = (name: string) => page.getByRole('form', { name })
  await step('Address').getByRole('textbox', { name: 'Address' }).fill(baseUrl)
  await step('Address').getByRole('textbox', { name: 'Company id' }).fill(companyId)
  await step('Address').getByRole('button', { name: 'Next' }).click()
  await step('Sign-in').getByRole('textbox', { name: 'API member' }).fill(memberId)
  await step('Sign-in').getByRole('textbox', { name: 'Public key' }).fill(publicKey)
  await step('Sign-in').getByLabel('Private key').fill(privateKey)
  await step('Sign-in').getByRole('textbox', { name: 'Client id' }).fill(clientId)
  await step('Sign-in').getByRole('button', { name: 'Save and go on' }).click()
  await expect(step('Test')).toContainText(/All \d checks passed/)
  await step('Test').getByRole('button', { name: 'Next' }).click()
  await step('Limits').getByRole('button', { name: 'Go on to the sources' }).click()
}

walk('real systems are set up from nothing, left halfway, and end with the first event carried over', async (page) => {
  await withNewHost(async (host) => {
    await openConsole(page, host)
    await expect(page.getByRole('button', { name: 'Start the sandbox' })).toBeVisible()
    await picture(page, 'start')
    await page.getByRole('button', { name: 'Set up real systems' }).click()
    await connectSalesforce(page)
    await expect(page.getByRole('list', { name: 'Steps of the set-up' })).toContainText('Tested, works')

    // Left, and taken up again where it was.
    await page.getByRole('link', { name: 'Leave for now' }).click()
    const reminder = page.getByRole('group', { name: 'Set-up' })
    await expect(reminder).toContainText('Next: ConnectWise')
    await goTo(page, '#/overview')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await expect(reminder).toContainText('Next: ConnectWise')
    await picture(page, 'overview-unfinished')
    await reminder.getByRole('link', { name: 'Go on' }).click()
    await connectConnectwise(page)

    await page.getByRole('button', { name: 'Set up Salesforce webhook' }).click()
    const step = (name: string) => page.getByRole('form', { name })
    await step('Way in').getByRole('textbox', { name: 'Public address' }).fill(`${host.receiverUrl}/hooks/salesforce`)
    await step('Way in').getByRole('button', { name: 'Save and go on' }).click()
    await step('Set-up').getByLabel('Hookdeck signing secret').fill(systems.addresses.signingSecret)
    await step('Set-up').getByRole('button', { name: 'Save and go on' }).click()
    await expect(step('Test')).toContainText('Waiting for the first event')
    await step('Test').getByRole('button', { name: 'Done' }).click()
    const sources = page.getByRole('region', { name: 'Where events come from' })
    await expect(sources.getByRole('listitem').filter({ hasText: 'Salesforce webhook' })).toContainText('Ready')
    await picture(page, 'setup-sources')
    await sources.getByRole('button', { name: 'Go on to the test event' }).click()

    await systems.announceTo(host.receiverUrl)
    const arrival = page.getByRole('region', { name: 'Events of this source' })
    await expect(arrival).toContainText('Waiting for the first event')
    await changeOne('salesforce', 'Account', { Phone: '(202) 555-0100' })
    await expect(arrival).toContainText('Events come in.')
    await picture(page, 'setup-event')
    await page.getByRole('button', { name: 'Go on to the routes' }).click()

    await page.getByRole('switch', { name: 'Salesforce Account → ConnectWise company' }).click({ force: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click()
    await expect(page.getByRole('list', { name: 'Steps of the set-up' })).toContainText('1 is switched on')
    await picture(page, 'setup-routes')
    await page.getByRole('button', { name: 'Go on to the first event' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Waiting for the first event to go across' })).toBeVisible()
    await changeOne('salesforce', 'Account', { Phone: '(202) 555-0199' })
    const seen = page.getByRole('status').filter({ hasText: 'It works.' })
    await expect(seen).toContainText('ConnectWise has it')
    await picture(page, 'setup-done')
    await seen.getByRole('link').click()
    await expect(page).toHaveURL(/#\/events\/\d+/)
    await goTo(page, '#/connections')
    await expect(page.getByRole('region', { name: 'Sources' })).toBeVisible()
    await expect(reminder).toHaveCount(0)
    await goTo(page, '#/overview')
    await expect(page.getByRole('region', { name: 'Counters' })).toBeVisible()
    await expect(reminder).toHaveCount(0)
  })
})
