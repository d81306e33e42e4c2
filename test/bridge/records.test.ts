import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry } from '#shared/domain/audit.ts'
import type { KnownRecord, RecordComparison, RecordDetail, TimelineEntry } from '#shared/domain/known-record.ts'
import type { MetricSeries } from '#shared/domain/metrics.ts'
import type { Overview } from '#shared/domain/overview.ts'
import type { SandboxState } from '#shared/domain/sandbox.ts'
import type { Route } from '#shared/domain/route.ts'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

const get = <T>(path: string): Promise<T> => bridge.host.api<T>(path)
const post = <T>(path: string, body: object = {}): Promise<T> => bridge.host.api<T>(path, { method: 'POST', body })

it('finds a pair, puts it side by side, and carries over by order what no route wanted', async () => {
  const account = await bridge.create('salesforce', 'Account', { Name: 'Lighthouse Works', Phone: '+1 312 555 0142' })
  const path = `/records/salesforce/Account/${String(account['Id'])}`
  const record = await until('the pair is made', async () => {
    const one = await get<RecordDetail>(path)
    return one.state === 'in-step' && one
  })
  const found = await until('it is found by its name', async () => {
    const { items } = await get<{ items: KnownRecord[] }>('/records?text=lighthou')
    return items.find(({ connectwise }) => connectwise !== null)
  })
  expect(found).toMatchObject({ title: 'Lighthouse Works', connectwise: { id: record.connectwise?.id } })

  const same = await post<RecordComparison>(`${path}/compare`)
  expect(same).toMatchObject({ sentence: 'Both records say the same.', calls: { salesforce: 1, connectwise: 1 } })

  const companyId = record.connectwise?.id ?? ''
  const name = same.fields.find(({ salesforce }) => salesforce.field === 'Name')
  expect(name).toMatchObject({ verdict: 'equal', expected: 'Lighthouse Works' })

  const route = (await get<Route[]>('/routes')).find(({ id }) => id === 'company-to-account')
  if (route === undefined) throw new Error('no such route')
  const switchRoute = (enabled: boolean) => bridge.host.api('/routes', { method: 'PUT', body: { ...route, enabled } })
  await switchRoute(false)
  await bridge.change('connectwise', 'company', companyId, { name: 'Lighthouse Works Ltd' })
  await until('nobody wanted that', async () =>
    (await bridge.events(`&recordId=${companyId}&system=connectwise`)).some(({ state }) => state === 'unmatched'),
  )
  await bridge.settled()
  await switchRoute(true)
  const different = await post<RecordComparison>(`${path}/compare`)
  const differing = different.fields.filter(({ verdict }) => verdict === 'differs')
  expect(differing.map(({ salesforce }) => salesforce.field)).toEqual(['Name'])

  const { eventIds } = await post<{ eventIds: number[] }>(`${path}/sync`, { from: 'connectwise' })
  expect(eventIds).toHaveLength(1)
  await bridge.settled()
  expect(await bridge.record('salesforce', 'Account', String(account['Id']))).toMatchObject({
    Name: 'Lighthouse Works Ltd',
  })
  const timeline = await get<{ items: TimelineEntry[] }>(`${path}/timeline`)
  expect(new Set(timeline.items.map(({ system }) => system))).toEqual(new Set(['salesforce', 'connectwise']))
  const changed = timeline.items.flatMap(({ deliveries }) => deliveries.flatMap(({ changes }) => changes))
  expect(changed).toContainEqual({ field: 'Name', from: 'Lighthouse Works', to: 'Lighthouse Works Ltd' })
  const deeds = await get<{ items: AuditEntry[] }>('/audit?action=sync')
  expect(deeds.items).toMatchObject([{ who: 'api' }])
}, 90_000)

it('tells how things stand, and what the simulated systems hold and suffer from', async () => {
  await post('/sandbox/faults', { system: 'connectwise', fault: 'slow' })
  await post('/sandbox/faults', { system: 'connectwise', fault: 'validation' })
  const on = async () => {
    const { systems } = await get<SandboxState>('/sandbox')
    const connectwise = systems.find(({ system }) => system === 'connectwise')
    return connectwise?.faults.filter(({ isOn }) => isOn).map(({ kind }) => kind)
  }
  expect(await on()).toEqual(['slow', 'validation'])
  await post('/sandbox/faults', { system: 'connectwise', fault: 'slow', isOn: false })
  expect(await on()).toEqual(['validation'])

  const account = await bridge.create('salesforce', 'Account', { Name: 'Refused Ltd' })
  await until('it fails', async () => (await bridge.events(`&recordId=${String(account['Id'])}`))[0]?.state === 'dead')
  const overview = await get<Overview>('/overview')
  expect(overview).toMatchObject({ verdict: 'attention', failing: 1 })
  expect(overview.inSync).toBeGreaterThan(0)
  expect(overview.issues[0]).toMatchObject({ count: 1, place: { screen: 'failures' } })
  expect(overview.budgets.map(({ usedByPatchbay }) => usedByPatchbay > 0)).toEqual([true, true])

  await post('/sandbox/faults', { system: 'connectwise', fault: null })
  expect(await on()).toEqual([])
  const { systems } = await get<SandboxState>('/sandbox')
  const accounts = systems[0]?.entities.find(({ entity }) => entity === 'Account')
  expect(accounts?.records[0]).toMatchObject({ id: account['Id'], title: 'Refused Ltd' })
  const points = await until('the figures are written', async () => {
    const series = await get<MetricSeries>('/metrics/series?metric=dead')
    return series.points.some(({ value }) => value === 1) && series.points
  })
  expect(points.length).toBeGreaterThan(140)
}, 90_000)
