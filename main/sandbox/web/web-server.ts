import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toError } from '#main/base/errors.ts'

/** A request as the simulated systems look at it. */
export interface WebRequest {
  readonly method: string
  /** Decoded parts of the path, without empty ones. */
  readonly path: readonly string[]
  readonly url: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** An answer; `body` goes out as JSON, `html` as a page that runs no script. */
export interface WebAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly html?: string
}

/** Answers a request, or treats it badly: `cut` ends the connection at once, `hold` keeps it open without an answer. */
export type WebHandler = (request: WebRequest) => Promise<WebAnswer | 'cut' | 'hold'>

export interface WebServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const bodyAtMost = 32 * 1024 * 1024
const holdMs = 60_000

/** Listens on 127.0.0.1; requests that a page of another origin made are refused. Rejects when the port is taken. */
export async function startWebServer(port: number, handler: WebHandler): Promise<WebServer> {
  const server = createServer((incoming, response) => {
    serve(incoming, response, handler).catch((thrown: unknown) => {
      if (!response.headersSent) send(response, { status: 500, body: { message: toError(thrown).message } })
      else response.destroy()
    })
  })
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const actual = (server.address() as AddressInfo).port
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Listens on the wanted port, or on any when that one is taken and was only a wish. */
export async function startNear(wish: number, handler: WebHandler): Promise<WebServer> {
  try {
    return await startWebServer(wish, handler)
  } catch (thrown) {
    if (wish === 0 || (toError(thrown) as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw thrown
    return startWebServer(0, handler)
  }
}

async function serve(incoming: IncomingMessage, response: ServerResponse, handler: WebHandler): Promise<void> {
  if (isForeign(incoming)) return send(response, { status: 403, body: { message: 'Only for this machine.' } })
  const text = await readText(incoming)
  if (text === null) return send(response, { status: 413, body: { message: 'The body is too large.' } })
  const request = toRequest(incoming, text)
  if (request === null) return send(response, { status: 400, body: { message: 'The address can not be read.' } })
  const answer = await handler(request)
  if (answer === 'cut') response.destroy()
  else if (answer === 'hold') await untilGone(response)
  else send(response, answer)
}

/** A web page that resolves its own name to 127.0.0.1, or simply posts here, must not reach the sandbox. */
function isForeign(incoming: IncomingMessage): boolean {
  const own = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
  const { origin } = incoming.headers
  if (!own(incoming.headers.host)) return true
  return origin !== undefined && (!URL.canParse(origin) || !own(new URL(origin).host))
}

async function readText(incoming: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > bodyAtMost) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function toRequest(incoming: IncomingMessage, text: string): WebRequest | null {
  try {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const path = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map((part) => decodeURIComponent(part))
    const { method = 'GET', headers } = incoming
    return { method, path, url: incoming.url ?? '/', query: url.searchParams, headers, text }
  } catch {
    return null
  }
}

function untilGone(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), holdMs)
    response.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

const jsonHeaders = { 'content-type': 'application/json;charset=UTF-8' }
const pageHeaders = {
  'content-type': 'text/html;charset=UTF-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}

function send(response: ServerResponse, answer: WebAnswer): void {
  const text = answer.html ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  response.writeHead(answer.status, {
    ...(text === '' ? {} : answer.html === undefined ? jsonHeaders : pageHeaders),
    ...(answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(text) }),
    ...answer.headers,
  })
  response.end(text)
}
