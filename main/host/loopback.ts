/**
 * The host's door for a browser tab and for scripts on the same machine.
 *
 * Whoever gets through can read every event and write into both systems, and any page in any browser on this machine can
 * reach 127.0.0.1. Therefore:
 *
 * - it listens on 127.0.0.1 only, on a port of its own that webhooks never reach;
 * - requests under a foreign name are refused (a page that had its name pointed at us), and so are pages of other origins;
 * - every call and every WebSocket needs the token, compared in constant time; it travels in a header, never in
 *   an address, and to the console behind the `#`, which browsers keep to themselves;
 * - only the console's own files are given out without it, and they hold nothing worth protecting;
 * - those files may run no foreign or inline script, load nothing from elsewhere and not be framed.
 *
 * Other users of the same machine are kept out by the token alone; whoever can read this user's memory or files is not.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { systemClock } from '#main/base/clock.ts'
import { PlainError, toError } from '#main/base/errors.ts'
import type { Workspaces } from '#main/relay.ts'
import { contentPolicyHeader } from '#shared/logic/content-policy.ts'
import { checkAddress, checkBearer, type Turned } from './door.ts'
import { openHostContext, type HostContext, type HostLogger } from './host-context.ts'
import { metricsPage } from './metrics-page.ts'
import { prometheusType } from './prometheus.ts'
import { createRest, describeRest, restPrefix } from './rest.ts'
import { serveWebSocket } from './web-socket.ts'

/** How to open the door. */
export interface HostOptions {
  /** 0: any free one. */
  readonly port: number
  /** The secret that lets a caller in: letters, digits, `-` and `_` (it stands in a WebSocket protocol name). */
  readonly token: string
  readonly workspaces: Workspaces
  /** Folder of the built console: index.html and assets. */
  readonly rendererDir: string
  readonly logger: HostLogger
}

/** An open door. The console is at `{url}/#token={token}`. */
export interface RunningHost {
  readonly url: string
  readonly port: number
  /** What answers here; the shell serves its window from the same one. */
  readonly context: HostContext
  /** Cuts the consoles' connections, stops listening and lets go of the database file. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1.
 *
 * @throws PlainError when the port is taken.
 */
export async function startHost({
  port: wanted,
  token,
  workspaces,
  rendererDir,
  logger,
}: HostOptions): Promise<RunningHost> {
  const app = express()
  const server = createServer(app)
  await listen(server, wanted)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const context = openHostContext(workspaces, systemClock, logger)
  furnish(app, { port, token, url, context, rendererDir })
  const cutSockets = serveWebSocket(server, context, { token, port })
  return {
    url,
    port,
    context,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      cutSockets()
      server.closeAllConnections()
      await closed
      await context.close()
    },
  }
}

interface Fittings {
  readonly port: number
  readonly token: string
  readonly url: string
  readonly context: HostContext
  readonly rendererDir: string
}

/** The order is the defence: headers, address, token, and only then what answers. */
function furnish(app: Express, { port, token, url, context, rendererDir }: Fittings): void {
  const rest = createRest(context)
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set(securityHeaders(port))
    next()
  })
  app.use((request, response, next) => pass(checkAddress(request, port), response, next))
  app.use('/api', (request, response, next) => pass(checkBearer(request, token), response, next))
  app.get(`${restPrefix}/openapi.json`, async (_request, response) => {
    response.json(await describeRest(url, context.workspaces.relay.health().version))
  })
  app.use('/api', async (request, response) => {
    response.set('Cache-Control', 'no-store')
    if (!(await rest(request, response))) turnAway(response, nothingAt(request))
  })
  app.get('/metrics', async (request, response) => {
    const turned = checkBearer(request, token)
    if (turned !== null) return turnAway(response, turned)
    response
      .set('Cache-Control', 'no-store')
      .type(prometheusType)
      .send(await metricsPage(context))
  })
  app.use('/assets', express.static(join(rendererDir, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  app.use(express.static(rendererDir, { index: 'index.html', setHeaders: noCache }))
  app.use((request, response) => turnAway(response, request.path === '/' ? notBuilt : nothingAt(request)))
  app.use(lastResort(context.logger))
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new PlainError(`The console can't be offered at 127.0.0.1:${port}: ${cause.message}.`, {
          fix: 'Close the program that uses this port, or choose another one with --host-port.',
          cause,
        }),
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

function securityHeaders(port: number): Record<string, string> {
  return {
    'Content-Security-Policy': contentPolicyHeader([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

/** Names of built assets change with their content; everything else is asked for anew. */
function noCache(response: Response): void {
  response.set('Cache-Control', 'no-cache')
}

function pass(turned: Turned | null, response: Response, next: NextFunction): void {
  if (turned === null) next()
  else turnAway(response, turned)
}

function turnAway(response: Response, { status, code, message }: Turned): void {
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  response.status(status).json({ defined: false, code, status, message })
}

function nothingAt(request: Request): Turned {
  return {
    status: 404,
    code: 'NOT_FOUND',
    message: `There is nothing at ${request.method} ${request.originalUrl.split('?')[0]}.`,
  }
}

const notBuilt: Turned = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'The console has not been built yet: run `npm run build`.',
}

/** Express knows an error handler by its four parameters. */
function lastResort(logger: HostLogger) {
  return (thrown: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    logger.error({ err: toError(thrown) }, 'A request to the host failed unexpectedly.')
    if (response.headersSent) response.destroy()
    else
      response.status(500).json({
        defined: false,
        code: 'INTERNAL_SERVER_ERROR',
        status: 500,
        message: 'Something went wrong inside Patchbay. The log has the details.',
      })
  }
}
