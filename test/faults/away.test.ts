import { afterEach, expect, it } from 'vitest'
import type { EventSummary } from '#shared/domain/event.ts'
import { until } from '#test/support/until.ts'
import { drained } from './effects.ts'
import { openSite, type Site } from './site.ts'

type Fields = Record<string, unknown>

let site: Site
afterEach(() => site.close())

async function ask<T>(url: string, method = 'GET', body?: Fields): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}`)
  return (await answer.json()) as T
}

/** Tickets that are paired with a case. */
async function pairedTickets({ sandbox }: Site, count: number): Promise<Fields[]> {
  const tickets = await ask<Fields[]>(`${sandbox.addresses.connectwiseUrl}/sandbox/records/ticket`)
  return tickets.filter((one) => Boolean(one['externalXRef'])).slice(0, count)
}

/** A technician's edit in ConnectWise, told by callback, by the queue table, or by both. */
function edit({ sandbox }: Site, ticket: Fields, summary: string, via: 'callback' | 'queue' | 'both'): Promise<Fields> {
  const url = `${sandbox.addresses.connectwiseUrl}/sandbox/records/ticket/${String(ticket['id'])}?via=${via}`
  return ask(url, 'PATCH', { summary })
}

async function expectCase({ sandbox }: Site, ticket: Fields, subject: string): Promise<void> {
  const url = `${sandbox.addresses.salesforceUrl}/sandbox/records/Case/${String(ticket['externalXRef'])}`
  await until(`the case says "${subject}"`, async () => (await ask<Fields>(url))['Subject'] === subject, 40_000)
}

it('reads from the queue what it missed while the SQL Server was away', async () => {
  site = await openSite()
  const tickets = await pairedTickets(site, 5)
  await site.sandbox.setFault('connectwise', { kind: 'down' })
  const queueState = async (): Promise<string | undefined> => {
    const { sources } = await site.host.api<{ sources: { id: string; state: string }[] }>('/health')
    return sources.find((one) => one.id === 'connectwise-sql')?.state
  }
  await until('the queue is reported as down', async () => (await queueState()) === 'down')
  for (const [index, ticket] of tickets.entries()) await edit(site, ticket, `Edited while away ${index}`, 'queue')
  await site.sandbox.setFault('connectwise', null)
  for (const [index, ticket] of tickets.entries()) await expectCase(site, ticket, `Edited while away ${index}`)
  expect(await until('the queue is well again', async () => (await queueState()) === 'ok')).toBe(true)
}, 90_000)

it('finds by the queue what callbacks told while nobody was listening', async () => {
  site = await openSite()
  const [ticket] = await pairedTickets(site, 1)
  if (ticket === undefined) throw new Error('no paired ticket')
  await site.host.stop()
  await edit(site, ticket, 'Told to nobody', 'both')
  site.host = await site.start()
  await expectCase(site, ticket, 'Told to nobody')
  await drained(site.host)
  const { items } = await site.host.api<{ items: EventSummary[] }>(`/events?recordId=${String(ticket['id'])}`)
  expect(items.map((one) => one.via)).toContain('queue')
}, 90_000)
