import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBridge, type Bridge } from '#test/support/bridge.ts'
import { until } from '#test/support/until.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await openBridge()
})
afterAll(() => bridge.close())

function flowEvent(count: number): unknown {
  const recordId = `001000000000${String(count).padStart(3, '0')}`
  const record = { Id: recordId, Name: `Door ${count}` }
  return {
    eventId: `door-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp: '2026-05-01T10:00:00.000Z',
    record,
  }
}

interface RejectionRow {
  status: number
  code: string
  sentence: string
}

async function rejection(code: string): Promise<RejectionRow> {
  return until(`a rejection ${code}`, async () => {
    const { items } = await bridge.host.api<{ items: RejectionRow[] }>('/rejections')
    return items.find((one) => one.code === code)
  })
}

it('takes an event that is sent twice as one, and shows the second reception on it', async () => {
  const first = await bridge.send(flowEvent(1), { eventId: 'evt_twice' })
  const second = await bridge.send(flowEvent(1), { eventId: 'evt_twice' })
  expect([first.status, second.status]).toEqual([200, 200])
  const [one] = (JSON.parse(first.text) as { receipt: { eventId: number }[] }).receipt
  expect(JSON.parse(second.text)).toMatchObject({ receipt: [{ eventId: one?.eventId, duplicate: true }] })
  const detail = await bridge.event(one?.eventId ?? 0)
  expect(detail.duplicates).toBe(1)
  expect(detail.deliveries).toHaveLength(1)
})

it('refuses a bad signature with 401 and keeps it visible', async () => {
  const answer = await bridge.send(flowEvent(2), { signature: 'bm90IGl0IGF0IGFsbA==' })
  expect(answer.status).toBe(401)
  expect((await rejection('bad-signature')).status).toBe(401)
})

it('refuses 30 MB with 413, broken JSON with 400, an unknown source with 404, and stays well', async () => {
  const { receiverUrl } = bridge.host
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
    fetch(`${receiverUrl}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const large = await post('/hooks/salesforce', new Uint8Array(30 * 1024 * 1024))
  expect(large.status).toBe(413)
  const { createHmac } = await import('node:crypto')
  const broken = '{"eventId": '
  const signature = createHmac('sha256', bridge.sandbox.signingSecret).update(broken).digest('base64')
  const malformed = await fetch(`${receiverUrl}/hooks/salesforce`, {
    method: 'POST',
    body: broken,
    headers: { 'content-type': 'application/json', 'x-hookdeck-signature': signature },
  })
  expect(malformed.status).toBe(400)
  expect((await post('/hooks/nobody', '{}')).status).toBe(404)
  expect((await rejection('too-large')).sentence).toMatch(/\w/)
  expect((await rejection('not-json')).status).toBe(400)
  expect((await bridge.send(flowEvent(3))).status).toBe(200)
  expect(await (await fetch(`${receiverUrl}/health`)).json()).toEqual({ status: 'up' })
})
