import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { PlainError } from '#main/base/errors.ts'
import { createIntake } from './intake.ts'
import type { IntakePorts } from './intake.ts'

/** What the receiver needs of the rest of the relay. */
export type ReceiverPorts = Omit<IntakePorts, 'readTimeoutMs'>

export interface ReceiverOptions extends ReceiverPorts {
  /** 0: any free one. */
  readonly port: number
  /** Loopback unless told otherwise. */
  readonly host?: string
  /** How long a body may take to come in; 15,000 unless told otherwise. */
  readonly readTimeoutMs?: number
  /** How long requests under way may take to finish on `close`; 5,000 unless told otherwise. */
  readonly closeTimeoutMs?: number
}

/** The port that events come in by. */
export interface Receiver {
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Takes no more connections, lets requests under way finish for a bounded time, then cuts what is left unanswered. */
  close(): Promise<void>
}

/**
 * Starts to receive: `POST /hooks/{source}` and `GET /health`. Throws a PlainError when the port can't be had.
 *
 * Everybody may be at the other end. Hook requests go past Express straight to the intake: its routing alone costs more than verifying,
 * parsing and storing may; what is not a hook is Express's.
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { host = '127.0.0.1', readTimeoutMs = 15_000, closeTimeoutMs = 5_000 } = options
  const intake = createIntake({ ...options, readTimeoutMs })
  const others = createOthers()
  const dispatch = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    if (request.url?.startsWith('/hooks/') === true) return intake.handle(request, response, awaitsContinue)
    if (awaitsContinue) response.writeContinue()
    others(request, response)
  }
  const server = createServer({
    // Bounds for whatever the intake doesn't bound itself.
    headersTimeout: 10_000,
    requestTimeout: readTimeoutMs + 10_000,
    connectionsCheckingInterval: 2_000,
    // Longer than tunnels and proxies keep theirs: a connection closed here under a request there is an event sent twice, or lost.
    keepAliveTimeout: 75_000,
  })
  server.on('request', (request, response) => dispatch(request, response, false))
  server.on('checkContinue', (request, response) => dispatch(request, response, true))
  await listen(server, options.port, host)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([intake.finish(), new Promise((resolve) => (timer = setTimeout(resolve, closeTimeoutMs)))])
      clearTimeout(timer)
      server.closeAllConnections()
      await closed
    },
  }
}

/** All that is not a hook. Says nothing about the relay but that it is there. */
function createOthers(): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.get('/health', (_request, response) => void response.json({ status: 'up' }))
  app.use(
    (_request, response) =>
      void response.status(404).json({ error: { code: 'not-found', sentence: 'Events go to /hooks/{source}.' } }),
  )
  return app
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message
      reject(
        new PlainError(`The receiver can't listen on ${host}:${port}: ${why}.`, {
          fix: 'Choose another port for the receiver, or end the other program.',
          cause: error,
        }),
      )
    })
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}
