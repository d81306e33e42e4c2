import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallContext } from '#main/connectors/connector.ts'
import type { Exchange } from '#shared/domain/delivery.ts'

export interface Received {
  readonly method: string
  /** Path and query, decoded. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Loopback {
  readonly url: string
  readonly received: readonly Received[]
  close(): Promise<void>
}

/** A real server on 127.0.0.1 that answers as `handle` says. */
export async function startLoopback(handle: (received: Received, response: ServerResponse) => void): Promise<Loopback> {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: decodeURIComponent(request.url ?? ''),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      received.push(one)
      handle(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** A context that keeps its exchanges. */
export function createContext(
  overrides: Partial<CallContext> = {},
): CallContext & { readonly exchanges: readonly Exchange[] } {
  const exchanges: Exchange[] = []
  return {
    purpose: 'write',
    signal: new AbortController().signal,
    record: (exchange) => exchanges.push(exchange),
    ...overrides,
    exchanges,
  }
}

/** A clock that stands still until it is moved. */
export function createStillClock(start = Date.parse('2026-01-31T12:00:00Z')) {
  let elapsed = 0
  let setBy = 0
  return {
    now: () => start + elapsed + setBy,
    monotonic: () => elapsed,
    advance: (ms: number) => {
      elapsed += ms
    },
    /** Somebody sets the wall clock. */
    setWall: (byMs: number) => {
      setBy += byMs
    },
  }
}
