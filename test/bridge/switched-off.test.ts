import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { queueOf } from '#test/faults/effects.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

async function accountToCompany(): Promise<{ save: (enabled: boolean) => Promise<unknown> }> {
  const routes = await bridge.host.api<Route[]>('/routes')
  const route = routes.find((one) => one.id === 'account-to-company')
  if (route === undefined) throw new Error('no such route')
  return { save: (enabled) => bridge.host.api('/routes', { method: 'PUT', body: { ...route, enabled } }) }
}

it('sends nothing any more of what is under way when its route is switched off', async () => {
  const { save } = await accountToCompany()
  await bridge.break('connectwise', { kind: 'slow', delayMs: 3_000, entity: 'company' })
  const created = await bridge.create('salesforce', 'Account', { Name: 'Caught On Its Way' })
  const event = async () => (await bridge.events(`&recordId=${String(created['Id'])}`))[0]
  await until('it is under way', async () => (await queueOf(bridge.host)).leased > 0)
  await save(false)
  await until('the delivery says why it waits', async () => /switched off/.test((await event())?.note ?? ''), 45_000)
  await bridge.break('connectwise', null)
  const companies = await bridge.records('connectwise', 'company')
  expect(companies.some((one) => one['name'] === 'Caught On Its Way')).toBe(false)
  await save(true)
  await until('the company is made', async () => (await event())?.state === 'delivered', 45_000)
}, 120_000)

it('holds what waits for a route that is switched off, says so, and lets it go when it is on again', async () => {
  const { save } = await accountToCompany()
  await bridge.break('connectwise', { kind: 'down' })
  const created = await bridge.create('salesforce', 'Account', { Name: 'Held By Its Route' })
  const event = async () => (await bridge.events(`&recordId=${String(created['Id'])}`))[0]
  await until('the first try has failed', async () => /ConnectWise/.test((await event())?.note ?? ''))
  await save(false)
  await bridge.break('connectwise', null)
  await until('the delivery says why it waits', async () => /switched off/.test((await event())?.note ?? ''), 45_000)
  const companies = await bridge.records('connectwise', 'company')
  expect(companies.some((one) => one['name'] === 'Held By Its Route')).toBe(false)
  await save(true)
  await until('the company is made', async () => (await event())?.state === 'delivered', 45_000)
}, 120_000)
