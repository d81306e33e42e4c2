import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { Link } from '#shared/domain/link.ts'
import type { Source } from '#shared/domain/source.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

const most = 3

/** So many accounts that are linked by now, with their companies. */
async function linked(count: number): Promise<{ accountId: string; companyId: string }[]> {
  const accounts = (await bridge.records('salesforce', 'Account'))
    .filter((one) => typeof one['ConnectWise_Id__c'] === 'string')
    .slice(0, count)
    .map((one) => ({ accountId: String(one['Id']), companyId: String(one['ConnectWise_Id__c']) }))
  for (const { accountId } of accounts)
    await bridge.change('salesforce', 'Account', accountId, { Website: `https://${accountId}.example.com` })
  await bridge.settled()
  return accounts
}

async function endedLinks(ids: readonly string[]): Promise<number> {
  const links = await Promise.all(
    ids.map((id) => bridge.host.api<{ items: Link[] }>(`/links?salesforceId=${id}`).then(({ items }) => items[0])),
  )
  return links.filter((link) => link !== undefined && link.endedAt !== null).length
}

it('ends a few links when counterparts can not be found, and holds all further until a person has looked', async () => {
  const pairs = await linked(12)
  const sources = (await bridge.host.api<{ source: Source }[]>('/sources')).map(({ source }) => source)
  const salesforce = sources.find(({ id }) => id === 'salesforce')
  const body = { source: { ...salesforce, settings: { ...salesforce?.settings, mostDeletions: most } }, secrets: {} }
  await bridge.host.api('/sources', { method: 'PUT', body })
  // Nobody tells that the companies are gone: their sources are paused.
  for (const { id, kind } of sources)
    if (kind !== 'salesforce-webhook')
      await bridge.host.api('/pauses', { method: 'PUT', body: { scope: 'source', id, reason: 'x' } })
  for (const { companyId } of pairs) await bridge.remove('connectwise', 'company', companyId)
  for (const { accountId } of pairs)
    await bridge.change('salesforce', 'Account', accountId, { Phone: '+1 312 555 0177' })
  const parked = await until('the rest is held', async () => {
    const { items } = await bridge.host.api<{ items: DeliverySummary[] }>('/deliveries?state=parked&limit=100')
    return items.length >= pairs.length - most ? items : null
  })
  const ids = pairs.map(({ accountId }) => accountId)
  expect([parked.length, await endedLinks(ids)]).toEqual([pairs.length - most, most])
  const failure = parked[0]?.failure
  expect(new Set(parked.map((one) => one.failure?.code))).toEqual(new Set(['MASS_GONE']))
  expect(failure?.sentence).toMatch(/can't be found in ConnectWise any more.* more than 3 links would have ended/u)
  expect(failure?.fix).toContain('may not see them')
  const { released } = await bridge.host.api<{ released: number }>(`/deliveries/${parked[0]?.id}/release`, {
    method: 'POST',
    body: {},
  })
  expect(released).toBe(pairs.length - most)
  await until('all links have ended', async () => (await endedLinks(ids)) === pairs.length)
}, 60_000)
