import { createHmac } from 'node:crypto'
import { rawRequest, RawSender } from './raw-sender.ts'

/** What a load run measured. */
export interface LoadResult {
  readonly requests: number
  /** Answers other than 2xx. */
  readonly refused: number
  readonly perSecond: number
  /** ms. */
  readonly p50: number
  readonly p99: number
}

export interface LoadOptions {
  readonly url: string
  readonly path: string
  readonly requests: number
  readonly connections: number
  readonly secret: string
  /** Where the numbering of events starts, so that two runs never send the same one. */
  readonly from: number
}

/** Sends signed Salesforce events, each a new one, as fast as the other side answers. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const prepared = Array.from({ length: options.requests }, (_, index) => {
    const { headers, body } = signedEvent(options.from + index, options.secret)
    return rawRequest(options.path, headers, body)
  })
  const port = Number(new URL(options.url).port)
  const senders = await Promise.all(Array.from({ length: options.connections }, () => RawSender.open(port)))
  const times: number[] = []
  let refused = 0
  let next = 0
  const started = performance.now()
  const work = async (sender: RawSender): Promise<void> => {
    for (let event = prepared[next++]; event !== undefined; event = prepared[next++]) {
      const at = performance.now()
      const status = await sender.send(event)
      times.push(performance.now() - at)
      if (status >= 300) refused += 1
    }
  }
  await Promise.all(senders.map(work))
  const seconds = (performance.now() - started) / 1_000
  for (const sender of senders) sender.close()
  return { requests: times.length, refused, perSecond: times.length / seconds, ...percentiles(times) }
}

/** 50th and 99th percentile. */
export function percentiles(times: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

/** An Account as a Flow sends it, about 600 bytes, signed as Hookdeck signs. */
function signedEvent(count: number, secret: string): { body: string; headers: Record<string, string> } {
  const recordId = `001bench${String(count).padStart(7, '0')}`
  const systemModstamp = new Date(1_760_000_000_000 + count).toISOString()
  const body = JSON.stringify({
    eventId: `bench-${count}`,
    eventType: 'updated',
    objectApiName: 'Account',
    recordId,
    systemModstamp,
    changedFields: ['Phone', 'Website'],
    record: {
      Id: recordId,
      Name: `Bench Company ${count}`,
      Phone: '+1 312 555 0100',
      Website: 'https://bench.example.com',
      BillingStreet: '1 Long Road with a rather usual length',
      BillingCity: 'Chicago',
      BillingState: 'IL',
      BillingPostalCode: '60601',
      Description: 'A company that exists for measuring only. '.repeat(3),
      SystemModstamp: systemModstamp,
    },
  })
  const signature = createHmac('sha256', secret).update(body).digest('base64')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-hookdeck-eventid': `evt_bench_${count}`,
      'x-hookdeck-signature': signature,
    },
  }
}
