import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A webhook as it arrived. */
export interface Arrived {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  readonly body: Record<string, unknown>
}

/** A real server that takes webhooks and answers as told. */
export interface Receiver {
  readonly url: string
  readonly arrived: readonly Arrived[]
  /** Statuses of the next answers; 200 afterwards. */
  answer(...statuses: readonly number[]): void
  /** Resolves with the first webhook, past or future, that fits. */
  next(fits: (webhook: Arrived) => boolean): Promise<Arrived>
  close(): Promise<void>
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const arrived: Arrived[] = []
  const waiting: { fits(webhook: Arrived): boolean; resolve(webhook: Arrived): void }[] = []
  const statuses: number[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const raw = bytes.toString('utf8')
      const webhook: Arrived = {
        path: request.url ?? '',
        headers: request.headers,
        raw,
        body: JSON.parse(raw) as Record<string, unknown>,
      }
      arrived.push(webhook)
      response.writeHead(statuses.shift() ?? 200).end()
      for (const one of waiting) if (one.fits(webhook)) one.resolve(webhook)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    answer: (...next) => void statuses.push(...next),
    next: (fits) => {
      const past = arrived.find(fits)
      return past === undefined ? new Promise((resolve) => waiting.push({ fits, resolve })) : Promise.resolve(past)
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
