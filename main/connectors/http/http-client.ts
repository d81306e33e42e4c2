import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher } from 'undici'
import type { Clock } from '#main/base/clock.ts'
import { withinBound } from '#main/base/bounded.ts'
import { toError } from '#main/base/errors.ts'
import type { Redactor } from '#main/base/redactor.ts'
import { connectionConcurrency } from '#shared/domain/connection.ts'
import type { CallContext } from '../connector.ts'
import { keepBody, keepHeaders } from './kept-exchange.ts'
import { wasNeverSent, type NoAnswerReason } from './no-answer.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface HttpAnswer {
  readonly answered: true
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The call ended without a whole answer. */
export interface NoAnswer {
  readonly answered: false
  readonly reason: NoAnswerReason
  /** False only when it is certain that the other side saw nothing of the request. */
  readonly sent: boolean
  /** What the socket said, for the curious. */
  readonly detail: string
}

export type HttpOutcome = HttpAnswer | NoAnswer

/** One system's HTTP door: pooled, bounded in time and size, never redirected, and every exchange written down. */
export interface HttpClient {
  send(request: HttpRequest, context: CallContext): Promise<HttpOutcome>
  close(): Promise<void>
}

export interface HttpClientOptions {
  readonly clock: Clock
  readonly redactor: Redactor
  /** ms for a whole exchange, from the first byte of the connection to the last of the body. */
  readonly timeoutMs: number
  /** Bytes of a body beyond which an answer is given up. */
  readonly maxBodyBytes?: number
  /** Resolves names in the place of Node's own. */
  readonly lookup?: LookupFunction
}

/** How long a close waits for calls that nobody waits for any more, such as a sign-in (ms). */
const closeMs = 1_000

/** Answers with a value for every ending, also when the caller's signal aborts. */
export function createHttpClient({
  clock,
  redactor,
  timeoutMs,
  maxBodyBytes = 32 * 1024 * 1024,
  lookup,
}: HttpClientOptions): HttpClient {
  const agent = new Agent({
    // A connection that takes half of the time has failed, and then it is still certain that nothing was sent.
    connect: { timeout: Math.min(10_000, timeoutMs / 2), ...(lookup !== undefined && { lookup }) },
    // Nobody waits for one: each delivery makes one call at a time, be it to its destination or to its source.
    connections: 2 * connectionConcurrency,
    pipelining: 1,
    allowH2: false,
    maxResponseSize: maxBodyBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    async send(asked, context) {
      const startedAt = clock.now()
      const from = clock.monotonic()
      const isSignIn = context.purpose === 'sign-in'
      const outcome = await exchange(agent, asked, context.signal, timeoutMs)
      context.record({
        purpose: context.purpose,
        method: asked.method,
        url: redactor.text(asked.url),
        requestHeaders: keepHeaders(redactor, asked.headers),
        requestBody: keepBody(redactor, asked.body, isSignIn),
        status: outcome.answered ? outcome.status : null,
        responseHeaders: outcome.answered ? keepHeaders(redactor, outcome.headers) : {},
        responseBody: outcome.answered ? keepBody(redactor, outcome.body, isSignIn) : null,
        error: outcome.answered ? null : redactor.text(outcome.detail),
        startedAt,
        durationMs: Math.round((clock.monotonic() - from) * 100) / 100,
      })
      return outcome
    },
    async close() {
      await withinBound(agent.close(), closeMs)
      await agent.destroy()
    },
  }
}

async function exchange(
  agent: Agent,
  asked: HttpRequest,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<HttpOutcome> {
  if (signal.aborted) return { answered: false, reason: 'aborted', sent: false, detail: 'stopped before it was sent' }
  const stop = new Stop()
  const onAbort = () => stop.end('aborted')
  const timer = setTimeout(() => stop.end('timeout'), timeoutMs)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await dispatch(agent, asked, stop)
  } catch (thrown) {
    return explainThrown(thrown, stop.reason, timeoutMs)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Ends a call under way, or one that still waits for a connection as soon as it has got one, before anything is sent. */
class Stop {
  reason: 'aborted' | 'timeout' | null = null
  #controller: Dispatcher.DispatchController | null = null

  hold(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.reason !== null) this.#abort()
  }

  end(reason: 'aborted' | 'timeout'): void {
    this.reason ??= reason
    this.#abort()
  }

  #abort(): void {
    this.#controller?.abort(new Error('stopped'))
  }
}

const decoder = new TextDecoder()

/** One call at undici's lowest door: its `request` makes a stream and a signal for each, and takes twice the time. */
function dispatch(agent: Agent, asked: HttpRequest, stop: Stop): Promise<HttpAnswer> {
  const { origin, pathname, search } = new URL(asked.url)
  const { body, headers, method } = asked
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let status = 0
    let answered: Record<string, string | string[] | undefined> = {}
    agent.dispatch(
      { origin, path: pathname + search, method, headers, body },
      {
        onRequestStart: (controller) => stop.hold(controller),
        onResponseStart: (_, statusCode, received) => {
          status = statusCode
          answered = received
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => {
          const text = decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
          resolve({ answered: true, status, headers: joinHeaders(answered), body: text })
        },
        onResponseError: (_, error) => reject(error),
      },
    )
  })
}

function explainThrown(thrown: unknown, stopped: 'aborted' | 'timeout' | null, timeoutMs: number): NoAnswer {
  if (stopped === 'timeout')
    return { answered: false, reason: 'timeout', sent: true, detail: `no answer within ${timeoutMs} ms` }
  if (stopped === 'aborted')
    return { answered: false, reason: 'aborted', sent: true, detail: 'stopped while waiting for the answer' }
  const error = toError(thrown)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const detail = code && !error.message.includes(code) ? `${code}: ${error.message}` : error.message
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { answered: false, reason: 'too-large', sent: true, detail }
  const unsent = wasNeverSent(code)
  return { answered: false, reason: unsent ?? 'cut', sent: unsent === null, detail }
}

function joinHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return joined
}
