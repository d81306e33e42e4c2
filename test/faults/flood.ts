import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { toLongId } from '#main/inbound/parse/salesforce-id.ts'
import { hookdeckSignature } from '#test/support/webhooks.ts'

/** A Salesforce event that is ready to be sent. */
export interface Letter {
  /** The id that Hookdeck gives it; the same for each repetition. */
  readonly eventId: string
  readonly recordId: string
  /** The name that the record has from this event on. */
  readonly name: string
  readonly item: unknown
}

/** The `version`th state of the Account number `record`; the whole record, so that nothing depends on the simulated Salesforce. */
export function accountLetter(flood: string, record: number, version: number, fields: object = {}): Letter {
  const recordId = toLongId(`001${flood.slice(0, 5).padEnd(5, 'x')}${String(record).padStart(7, '0')}`)
  const name = `${flood} ${record} v${version}`
  const systemModstamp = new Date(Date.parse('2026-03-01T00:00:00Z') + version * 1_000).toISOString()
  const eventId = `${flood}-${record}-${version}`
  const item = {
    eventId,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    record: { Id: recordId, Name: name, Phone: '+1 312 555 0100', SystemModstamp: systemModstamp, ...fields },
  }
  return { eventId, recordId, name, item }
}

/** Where a flood goes, and what it is signed with. */
export interface FloodTarget {
  readonly receiverUrl: string
  readonly signingSecret: string
}

/** What the door said to a flood. */
export interface FloodAnswer {
  /** How many requests got which status. */
  readonly statuses: Readonly<Record<number, number>>
  /** The longest that any request waited for its answer (ms). */
  readonly slowestMs: number
}

/** Sends bodies (one letter, or several as an array) over several connections; each of them sends its share in order. */
export async function flood(
  target: FloodTarget,
  bodies: readonly (Letter | readonly Letter[])[],
  connections = 8,
): Promise<FloodAnswer> {
  const pool = new Pool(target.receiverUrl, { connections })
  const statuses: Record<number, number> = {}
  let slowestMs = 0
  const sender = async (first: number): Promise<void> => {
    for (let index = first; index < bodies.length; index += connections) {
      const body = bodies[index] as Letter | readonly Letter[]
      const started = performance.now()
      const status = await postLetter(pool, target.signingSecret, body)
      slowestMs = Math.max(slowestMs, performance.now() - started)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, (_, first) => sender(first)))
  } finally {
    await pool.close()
  }
  return { statuses, slowestMs }
}

/** Sends one body and answers the status. */
export async function postLetter(pool: Pool, secret: string, body: Letter | readonly Letter[]): Promise<number> {
  const text = JSON.stringify('item' in body ? body.item : body.map((letter) => letter.item))
  const answer = await pool.request({
    path: '/hooks/salesforce',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hookdeck-signature': hookdeckSignature(secret, text),
      ...('item' in body ? { 'x-hookdeck-eventid': `evt_${body.eventId}` } : {}),
    },
    body: text,
  })
  await answer.body.dump()
  return answer.statusCode
}

/** Memory of a process that is in use now, in MB. Linux only. */
export function residentMb(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1_024
}
