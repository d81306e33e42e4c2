import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { hookdeckSignature } from '#test/support/webhooks.ts'

export interface SteadyOptions {
  readonly receiverUrl: string
  readonly secret: string
  readonly perSecond: number
  /** Asked before each event; `count` were sent before it. */
  readonly isOver: (count: number) => boolean
  /** The event number `count`, just before it is sent. */
  readonly event: (count: number) => unknown
}

export interface SteadyResult {
  readonly sent: number
  /** Answers other than 200, and none at all. */
  readonly refused: number
  /** How long each answer took (ms), a wait for a free connection included. */
  readonly answerMs: readonly number[]
  /** How long the sending took, without the answers. */
  readonly seconds: number
}

/** Sends Salesforce events at a steady rate, however long the answers take. */
export async function sendSteadily(options: SteadyOptions): Promise<SteadyResult> {
  const { receiverUrl, secret, perSecond, isOver, event } = options
  const pool = new Pool(receiverUrl, { connections: 64 })
  const answerMs: number[] = []
  const underWay = new Set<Promise<void>>()
  let sent = 0
  let refused = 0
  const sendOne = async (): Promise<void> => {
    const from = performance.now()
    const status = await post(pool, secret, event(sent++)).catch(() => 0)
    answerMs.push(performance.now() - from)
    if (status !== 200) refused += 1
  }
  const started = performance.now()
  while (!isOver(sent)) {
    const early = started + (sent / perSecond) * 1_000 - performance.now()
    if (early > 0) await wait(early)
    const one = sendOne().finally(() => underWay.delete(one))
    underWay.add(one)
  }
  const seconds = (performance.now() - started) / 1_000
  await Promise.all(underWay)
  await pool.close()
  return { sent, refused, answerMs, seconds }
}

async function post(pool: Pool, secret: string, event: unknown): Promise<number> {
  const body = JSON.stringify(event)
  const answer = await pool.request({
    path: '/hooks/salesforce',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hookdeck-signature': hookdeckSignature(secret, body) },
    body,
  })
  await answer.body.dump()
  return answer.statusCode
}

/** The state of an Account, a new one unless `record` says which; the whole of it, so that nothing depends on the simulated Salesforce. */
export function accountEvent(
  series: string,
  count: number,
  record = count,
): { readonly name: string; readonly event: unknown } {
  const name = `${series} Company ${count}`
  const recordId = `001${series.slice(0, 5).padEnd(5, 'x')}${String(record).padStart(7, '0')}`
  const systemModstamp = new Date().toISOString()
  const values = { Id: recordId, Name: name, Phone: '+1 312 555 0100', SystemModstamp: systemModstamp }
  const eventId = `${series}-${count}`
  return {
    name,
    event: { eventId, eventType: 'updated', objectApiName: 'Account', recordId, systemModstamp, record: values },
  }
}
