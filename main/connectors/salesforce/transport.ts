import { AsyncLocalStorage } from 'node:async_hooks'
import { PassThrough } from 'node:stream'
import type { HttpRequest, HttpResponse } from 'jsforce'
import { Transport } from 'jsforce/lib/transport.js'
import { StreamPromise } from 'jsforce/lib/util/promise.js'
import type { CallContext } from '../connector.ts'
import type { HttpClient, HttpOutcome } from '../http/http-client.ts'

/** One call to jsforce: who asked, and what came back on the wire, which jsforce tells only in part. */
export interface WireCall {
  readonly context: CallContext
  last: HttpOutcome | null
}

/** Which call the requests of jsforce belong to; jsforce has no parameter to carry it. */
export const wireCalls = new AsyncLocalStorage<WireCall>()

/** Thrown through jsforce when no answer came; the outcome is in the call. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/**
 * The HTTP side of jsforce, on our own client. jsforce's own transport can't be stopped, waits 30 minutes, repeats requests
 * unseen, follows redirects with the token in hand, and lets a connection cut in mid-answer end the process.
 */
export class RelayTransport extends Transport {
  readonly #http: HttpClient

  constructor(http: HttpClient) {
    super()
    this.#http = http
  }

  override httpRequest(asked: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(asked) }))
  }

  async #send(asked: HttpRequest): Promise<HttpResponse> {
    const call = wireCalls.getStore()
    const body = asked.body ?? null
    if (
      call === undefined ||
      asked.method === 'HEAD' ||
      asked.method === 'OPTIONS' ||
      (body !== null && typeof body !== 'string')
    )
      throw new Error(`a request that the connector does not make: ${asked.method} ${asked.url}`)
    const { method, url, headers = {} } = asked
    call.last = await this.#http.send({ method, url, headers, body }, call.context)
    if (!call.last.answered) throw new NoAnswerError(call.last.detail)
    return { statusCode: call.last.status, headers: { ...call.last.headers }, body: call.last.body }
  }
}
