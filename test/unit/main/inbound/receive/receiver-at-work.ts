import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import type { Socket } from 'node:net'
import { Pool } from 'undici'
import { pino } from 'pino'
import { systemClock } from '#main/base/clock.ts'
import { startReceiver } from '#main/inbound/receive/receiver.ts'
import type { Receiver, ReceiverOptions } from '#main/inbound/receive/receiver.ts'
import type { ConfiguredSource } from '#main/inbound/verify/configured-source.ts'
import { callbackHmacKey, hmacKey, sign } from '#main/inbound/verify/signature.ts'
import type { Arrival, Receipt, Refusal } from '#shared/domain/arrival.ts'
import { ok } from '#shared/domain/failure.ts'
import { source as sourceSchema } from '#shared/domain/source.ts'

export const secret = 'test-secret'
export const signingKey = 'test-signing-key'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** A receiver on a free port, with a journal and a list of refusals in memory to look into. */
export interface ReceiverAtWork {
  readonly receiver: Receiver
  readonly arrivals: Arrival[]
  readonly refusals: Refusal[]
  /** What the journal does before it stores; a test may make it wait or fail. */
  beforeAppend: () => Promise<void>
  set(configured: ConfiguredSource): void
  request(
    path: string,
    options?: { method?: 'GET' | 'POST'; body?: Buffer | string | Readable; headers?: Record<string, string> },
  ): Promise<Reply>
  /** Sends a body that Hookdeck signed. */
  send(body: Buffer | string, headers?: Record<string, string>): Promise<Reply>
  close(): Promise<void>
}

export async function startAtWork(
  options: Partial<ReceiverOptions> = {},
  settings: object = {},
): Promise<ReceiverAtWork> {
  const sources = new Map<string, ConfiguredSource>()
  const known = new Map<string, number>()
  const arrivals: Arrival[] = []
  const refusals: Refusal[] = []
  let lastId = 0
  const receipt = (keys: readonly string[]): Receipt => {
    const before = keys.map((key) => known.get(key)).find((id) => id !== undefined)
    const eventId = (before ?? (lastId += 1)) as Receipt['eventId']
    for (const key of keys) known.set(key, eventId)
    return { eventId, duplicate: before !== undefined }
  }
  const receiver = await startReceiver({
    port: 0,
    sources: () => sources,
    journal: {
      async append(arrival) {
        await atWork.beforeAppend()
        arrivals.push(arrival)
        return arrival.items.map((item) => receipt(item.dedupeKeys))
      },
    },
    refusals: { record: (refusal) => void refusals.push(refusal) },
    signingKey: () => Promise.resolve(ok(Buffer.from(signingKey))),
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    ...options,
  })
  const pool = new Pool(receiver.url, { connections: 64 })
  const atWork: ReceiverAtWork = {
    receiver,
    arrivals,
    refusals,
    beforeAppend: () => Promise.resolve(),
    set: (configured) => void sources.set(configured.source.id, configured),
    async request(path, { method = 'POST', body = '', headers = {} } = {}) {
      const response = await pool.request({ path, method, body: method === 'GET' ? null : body, headers })
      return { status: response.statusCode, headers: response.headers, text: await response.body.text() }
    },
    send: (body, headers = {}) =>
      atWork.request('/hooks/salesforce', {
        body,
        headers: { 'content-type': 'application/json', 'x-hookdeck-signature': hookdeckSignature(body), ...headers },
      }),
    async close() {
      await receiver.close()
      await pool.destroy()
    },
  }
  atWork.set(salesforce(settings))
  atWork.set(connectwise(settings))
  return atWork
}

export function salesforce(
  settings: object = {},
  secrets: Record<string, string> = { signingSecret: secret },
  enabled = true,
): ConfiguredSource {
  const source = {
    id: 'salesforce',
    name: 'Salesforce',
    enabled,
    kind: 'salesforce-webhook',
    settings: { connectionId: 'salesforce', maxRefusedPerSecond: 100_000, ...settings },
  }
  return { source: sourceSchema.parse(source), secrets, ownMark: 'Patchbay' }
}

export function connectwise(settings: object = {}, enabled = true): ConfiguredSource {
  const source = {
    id: 'connectwise',
    name: 'ConnectWise',
    enabled,
    kind: 'connectwise-callback',
    settings: { connectionId: 'connectwise', maxRefusedPerSecond: 100_000, ...settings },
  }
  return { source: sourceSchema.parse(source), secrets: {}, ownMark: 'PatchbayAPI' }
}

export function hookdeckSignature(body: Buffer | string): string {
  return sign(hmacKey(secret), Buffer.from(body))
}

export function callbackSignature(body: Buffer | string): string {
  return sign(callbackHmacKey(Buffer.from(signingKey)), Buffer.from(body))
}

/** A connection to write whatever one likes to. */
export interface RawConnection {
  readonly socket: Socket
  /** All that came back; resolves when the other end has closed. */
  readonly answer: Promise<string>
}

export function openRaw(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const answer = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })
  return { socket, answer }
}

/** A Flow event about an Account. */
export function flowEvent(number: number, record: object = { Name: `Account ${number}` }): string {
  return JSON.stringify({
    eventId: `e-${number}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId: `001000000000${String(number).padStart(3, '0')}`,
    record,
  })
}
