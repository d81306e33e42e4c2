import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ReplayDetail, ReplayItem, ReplayPlan, ReplayPreview, ReplayReceipt } from '#shared/domain/replay.ts'
import { openBridge, type Bridge, type Fields } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterEach(async () => {
  for (const system of ['salesforce', 'connectwise'] as const) await bridge.break(system, null)
})
afterAll(() => bridge.close())

interface Row {
  id: number
  eventId: number
  state: string
  result: string | null
  note: string | null
  replayedBy: number | null
}

const post = <T>(path: string, body: unknown = {}): Promise<T> => bridge.host.api<T>(path, { method: 'POST', body })
const deliveries = async (query: string): Promise<Row[]> =>
  (await bridge.host.api<{ items: Row[] }>(`/deliveries?limit=500&${query}`)).items
const replay = (id: number): Promise<ReplayDetail> => bridge.host.api<ReplayDetail>(`/replays/${id}`)
const items = async (id: number): Promise<ReplayItem[]> =>
  (await bridge.host.api<{ items: ReplayItem[] }>(`/replays/${id}/items?limit=500`)).items
const ended = (id: number): Promise<ReplayDetail> =>
  until(`replay ${id} has ended`, async () => {
    const now = await replay(id)
    return now.state === 'finished' ? now : null
  })

let accounts: Fields[]
async function paired(at: number): Promise<{ id: string; companyId: string }> {
  accounts ??= (await bridge.records('salesforce', 'Account')).filter(
    (one) => typeof one['ConnectWise_Id__c'] === 'string',
  )
  const account = accounts[at]
  if (account === undefined) throw new Error('the sandbox has too few paired accounts')
  return { id: String(account['Id']), companyId: String(account['ConnectWise_Id__c']) }
}
const website = async (companyId: string): Promise<unknown> =>
  (await bridge.record('connectwise', 'company', companyId))['website']

let count = 0
/** An event of an Account that carries these fields; answers the id of its event. */
async function told(recordId: string, fields: Fields): Promise<number> {
  count += 1
  const systemModstamp = new Date(Date.now() + count * 1_000).toISOString()
  const sent = await bridge.send({
    eventId: `replay-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record: { Id: recordId, ...fields, SystemModstamp: systemModstamp },
  })
  return (JSON.parse(sent.text) as { receipt: { eventId: number }[] }).receipt[0]?.eventId ?? 0
}

/** Changes the account, and sees to it that its delivery is refused: a dead letter. */
async function deadLetters(from: number, many: number): Promise<Row[]> {
  await bridge.break('connectwise', { kind: 'validation', field: 'website' })
  const events: number[] = []
  for (let at = from; at < from + many; at += 1) {
    const { id } = await paired(at)
    events.push(await told(id, { Website: `https://dead-${at}.example.com` }))
  }
  const dead = await until('all are dead letters', async () => {
    const rows = (await deliveries('state=dead')).filter((row) => events.includes(row.eventId))
    return rows.length === many ? rows : null
  })
  await bridge.break('connectwise', null)
  return dead.toSorted((a, b) => a.id - b.id)
}

describe('a replay of all that matches a filter', () => {
  it('is planned, previewed, run at a rate, cancelled before its next send, and run to its end', async () => {
    const sites: unknown[] = []
    for (let at = 0; at < 8; at += 1) sites.push(await website((await paired(at)).companyId))
    const dead = await deadLetters(0, 8)
    const filter = { filter: { entity: 'Account', text: 'website' } }
    const plan = await post<ReplayPlan>('/replays/plan', filter)
    expect(plan).toMatchObject({ total: 8, refused: [], groups: [{ entity: 'Account', state: 'dead', count: 8 }] })
    const calls = plan.calls.find((one) => one.connectionId === 'connectwise')
    expect(calls?.calls).toBeGreaterThanOrEqual(8)

    const before = (await bridge.calls('connectwise')).length
    const first = await post<{ items: ReplayPreview[]; next: string | null }>('/replays/preview', {
      ...plan.selection,
      mode: 'as-received',
      limit: 5,
    })
    expect(first.items.map((one) => one.kind)).toEqual(Array(5).fill('update'))
    expect(first.items[0]?.changes).toEqual([
      expect.objectContaining({ field: 'website', to: 'https://dead-7.example.com' }),
    ])
    const rest = await post<{ items: ReplayPreview[]; next: string | null }>('/replays/preview', {
      ...plan.selection,
      mode: 'as-received',
      limit: 5,
      after: first.next,
    })
    expect([rest.items.length, rest.next]).toEqual([3, null])
    expect((await bridge.calls('connectwise')).length).toBe(before)

    const slow = { ...plan.selection, mode: 'as-received', rate: 60, exclude: [dead[7]?.id] }
    const { replayId } = await post<ReplayReceipt>('/replays', slow)
    await until('two are sent', async () => ((await replay(replayId)).results.updated ?? 0) >= 2)
    const cancelled = await post<ReplayDetail>(`/replays/${replayId}/cancel`)
    const atCancel = (await bridge.calls('connectwise')).length
    expect(cancelled).toMatchObject({ state: 'cancelled', total: 7, waiting: 0 })
    expect(cancelled.results.cancelled).toBeGreaterThanOrEqual(3)
    const untouched = (await deliveries('state=dead')).filter((row) => row.replayedBy === null)
    expect(untouched.length).toBe(8 - (cancelled.delivered + cancelled.open))

    const fast = await post<ReplayReceipt>('/replays', { ...filter, mode: 'as-received', rate: 6_000 })
    await ended(fast.replayId)
    expect((await items(fast.replayId)).map((one) => one.result)).toEqual(Array(untouched.length).fill('updated'))
    const written = (await bridge.calls('connectwise')).length - atCancel
    expect(written, 'nothing of the cancelled replay was sent after its cancel').toBeLessThanOrEqual(
      untouched.length + cancelled.open,
    )
    for (let at = 0; at < 8; at += 1)
      expect(await website((await paired(at)).companyId)).toBe(`https://dead-${at}.example.com`)

    for (const of of [replayId, fast.replayId]) {
      const undo = await post<{ replayId: number }>('/replays/undo', { replayId: of })
      expect((await ended(undo.replayId)).results).toEqual({ undone: (await replay(of)).results.updated })
    }
    await bridge.settled()
    for (let at = 0; at < 8; at += 1) expect(await website((await paired(at)).companyId)).toBe(sites[at])
  }, 60_000)

  it('holds while it is paused, and a cancelled one can not be resumed', async () => {
    await deadLetters(8, 3)
    const { replayId } = await post<ReplayReceipt>('/replays', { filter: { entity: 'Account' }, rate: 1 })
    await until('the first is sent', async () => ((await replay(replayId)).results.updated ?? 0) >= 1)
    expect(await post<ReplayDetail>(`/replays/${replayId}/pause`)).toMatchObject({ state: 'paused', waiting: 2 })
    expect(await post<ReplayDetail>(`/replays/${replayId}/resume`)).toMatchObject({ state: 'running' })
    await post(`/replays/${replayId}/cancel`)
    await expect(post(`/replays/${replayId}/resume`)).rejects.toThrow('409')
  }, 60_000)
})

describe('a delivered event', () => {
  it('is made again for whoever asks for that, and changes nothing where nothing differs', async () => {
    const { id } = await paired(11)
    const eventId = await told(id, { Website: 'https://delivered.example.com' })
    await bridge.settled()
    const bare = await post<ReplayReceipt>('/replays', { eventIds: [eventId] })
    expect(bare).toMatchObject({ deliveryIds: [], refused: [{ eventId }] })
    expect(bare.refused[0]?.reason).toMatch(
      /nothing that failed: delivery \d+ was delivered\..*ask for the state delivered/u,
    )
    const order = { eventIds: [eventId], states: ['delivered'], mode: 'current' }
    const preview = await post<{ items: ReplayPreview[] }>('/replays/preview', order)
    expect(preview.items).toMatchObject([{ kind: 'unchanged', changes: [] }])
    const receipt = await post<ReplayReceipt>('/replays', order)
    expect(receipt).toMatchObject({ deliveryIds: [expect.any(Number)], refused: [] })
    await bridge.settled()
    expect((await items(receipt.replayId)).map((one) => one.result)).toEqual(['unchanged'])
  }, 60_000)
})

describe('a cancelled replay', () => {
  it('does not send a retry that was being prepared', async () => {
    const [dead] = await deadLetters(10, 1)
    await bridge.break('connectwise', { kind: 'server-error' })
    const order = { deliveryIds: [dead?.id], mode: 'as-received' }
    const { replayId, deliveryIds } = await post<ReplayReceipt>('/replays', order)
    const made = () =>
      bridge.host.api<{ state: string; attemptCount: number; note: string }>(`/deliveries/${deliveryIds[0]}`)
    await until('it has failed once', async () => (await made()).attemptCount > 0)
    await bridge.host.api('/pauses', { method: 'PUT', body: { scope: 'everything', reason: 'slow now' } })
    await until('the pause holds it', async () => (await made()).note.includes('slow now'))
    await bridge.break('connectwise', null)
    await bridge.break('connectwise', { kind: 'slow', delayMs: 1_500, writesOnly: false })
    await post('/pauses/clear', { scope: 'everything' })
    await until('the retry reads the other record', async () => (await made()).state === 'leased')
    const before = (await bridge.calls('connectwise')).length
    await post(`/replays/${replayId}/cancel`)
    await until('it has ended', async () => (await made()).state === 'cancelled')
    expect((await made()).note).toMatch(/with its replay/u)
    await bridge.break('connectwise', null)
    expect((await bridge.calls('connectwise')).length).toBe(before)
  }, 60_000)
})

describe('an undo', () => {
  it('takes back all that a replay wrote, but not what was touched since, and no echo carries anything on', async () => {
    const { id, companyId } = await paired(12)
    const other = await paired(13)
    const sites = [await website(companyId), await website(other.companyId)]
    const events = [
      await told(id, { Website: 'https://wrong-a.example.com' }),
      await told(other.id, { Website: 'https://wrong-b.example.com' }),
    ]
    await bridge.settled()
    const rows = (await deliveries('state=delivered')).filter((row) => events.includes(row.eventId))
    expect(rows.map((row) => row.result)).toEqual(['updated', 'updated'])
    await bridge.change('connectwise', 'company', other.companyId, { website: 'https://by-hand.example.com' })
    await bridge.settled()
    const results: ReplayItem[] = []
    for (const row of rows) {
      const { replayId } = await post<{ replayId: number }>('/replays/undo', { deliveryId: row.id })
      await ended(replayId)
      results.push(...(await items(replayId)))
    }
    await bridge.settled()
    expect(results.toSorted((a, b) => a.deliveryId - b.deliveryId).map((one) => one.result)).toEqual([
      'undone',
      'touched',
    ])
    expect(results.find((one) => one.result === 'touched')?.sentence).toMatch(/website.*by-hand/u)
    expect(await website(companyId)).toBe(sites[0])
    expect(await website(other.companyId)).toBe('https://by-hand.example.com')
    const account = await bridge.record('salesforce', 'Account', id)
    const before = accounts.find((one) => one['Id'] === id)
    expect(account['Website']).toBe(before?.['Website'])
  }, 60_000)

  it('leaves a created record where it is and says so', async () => {
    const created = await bridge.create('salesforce', 'Account', { Name: 'Made To Be Undone' })
    const company = () =>
      bridge.records('connectwise', 'company').then((all) => all.find((one) => one['name'] === 'Made To Be Undone'))
    await until('the company is there', company)
    await bridge.settled()
    const events = (await bridge.events(`&recordId=${String(created['Id'])}`)).map((one): number => one.id)
    const rows = (await deliveries('state=delivered')).filter(
      (row) => row.result === 'created' && events.includes(row.eventId),
    )
    const { replayId } = await post<{ replayId: number }>('/replays/undo', { deliveryId: rows[0]?.id })
    await ended(replayId)
    const [item] = await items(replayId)
    expect(item).toMatchObject({ result: 'nothing', madeId: null })
    expect(item?.sentence).toMatch(/created company \d+.*by hand/u)
    expect(await company()).toBeDefined()
  }, 60_000)
})

describe('the mode', () => {
  it('edited sends what a person wrote, and keeps the event as it was', async () => {
    const { id, companyId } = await paired(14)
    const eventId = await told(id, { Website: 'https://as-sent.example.com' })
    await bridge.settled()
    await told(id, { Website: 'https://newer.example.com' })
    await bridge.settled()
    const [row] = (await deliveries('state=delivered')).filter((one) => one.eventId === eventId)
    const order = {
      deliveryIds: [row?.id],
      mode: 'edited',
      payload: { Id: id, Website: 'https://by-a-person.example.com' },
    }
    const preview = await post<{ items: ReplayPreview[] }>('/replays/preview', order)
    expect(preview.items[0]).toMatchObject({
      kind: 'update',
      changes: [{ field: 'website', from: 'https://newer.example.com', to: 'https://by-a-person.example.com' }],
    })
    const receipt = await post<ReplayReceipt>('/replays', order)
    expect(receipt.deliveryIds).toHaveLength(1)
    await bridge.settled()
    expect(await website(companyId)).toBe('https://by-a-person.example.com')
    const made = await bridge.host.api<{ mode: string; edited: Fields }>(`/deliveries/${receipt.deliveryIds[0]}`)
    expect(made).toMatchObject({ mode: 'edited', edited: { Website: 'https://by-a-person.example.com' } })
    expect((await bridge.event(eventId)).body).toContain('as-sent')
  }, 60_000)

  it('as received is never swallowed: what a newer change has overtaken is skipped in words, as its preview says', async () => {
    const { id, companyId } = await paired(15)
    const older = await told(id, { Website: 'https://older.example.com' })
    await bridge.settled()
    await told(id, { Website: 'https://newest.example.com' })
    await bridge.settled()
    const order = { eventIds: [older], states: ['delivered'], mode: 'as-received' }
    const preview = await post<{ items: ReplayPreview[] }>('/replays/preview', order)
    expect(preview.items).toEqual([expect.objectContaining({ kind: 'skip' })])
    const receipt = await post<ReplayReceipt>('/replays', order)
    await bridge.settled()
    const [item] = await items(receipt.replayId)
    expect(item).toMatchObject({ result: 'skipped', sentence: preview.items[0]?.sentence })
    expect(item?.sentence).toMatch(/newer change was carried over/u)
    expect(await website(companyId)).toBe('https://newest.example.com')
  }, 60_000)
})
