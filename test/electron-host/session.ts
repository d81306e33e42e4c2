import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request, type ClientRequest, type RequestOptions } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Net, Protocol, Session, WebContents } from 'electron'
import { testWire } from './test-wire.ts'

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]
type Permission = Parameters<NonNullable<CheckHandler>>[1]

/** What a page may ask of Chromium that a test can grant or deny by name. */
const askable: readonly Permission[] = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'geolocation',
  'media',
  'midi',
  'notifications',
  'sensors',
]

const handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
const privileged = new Set<string>()
let requestHandler: RequestHandler = null
let checkHandler: CheckHandler = null

/** `registerSchemesAsPrivileged` counts before `ready` only; `handle` answers the requests of a scheme. */
export const protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'> = {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { privileges, scheme } of schemes) {
      if (privileges?.standard === true && privileges.secure === true) privileged.add(scheme)
    }
  },
  // The types of Request are Node's here and Electron's there; they are the same ones of the web.
  handle: (scheme, handler) => {
    handlers.set(scheme, handler as (request: Request) => Response | Promise<Response>)
  },
}

/** Of `fetch`, files only: the shell asks for nothing else. What the updater requests goes out over Node's HTTP, in the clear: feeds in tests are on loopback. */
export const net: Pick<Net, 'fetch'> & { request(options: RequestOptions): ClientRequest } = {
  request: ({ headers, hostname, method, path, port }) => request({ headers, hostname, method, path, port }),
  fetch: async (input) => {
    const url = input instanceof Request ? input.url : String(input)
    const type = contentTypes[extname(new URL(url).pathname)] ?? 'application/octet-stream'
    try {
      return new Response(await readFile(fileURLToPath(url)), { headers: { 'content-type': type } })
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND')
    }
  },
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

const defaultSession: Pick<
  Session,
  'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
> = {
  setPermissionRequestHandler: (handler) => {
    requestHandler = handler
  },
  setPermissionCheckHandler: (handler) => {
    checkHandler = handler
  },
  setDevicePermissionHandler: () => undefined,
}

/**
 * Without handlers Electron grants every permission. A test can't be asked at the moment when a page asks, so the handlers are asked
 * beforehand for what there is.
 */
export const session = {
  /** One without pages: it only keeps the updater's requests apart. */
  fromPartition: () => ({}),
  defaultSession,
}

/** Whose page asks is nobody's business: the app has but its own. */
const anyContents = new EventEmitter() as WebContents

/** The permissions that a page at this address gets. */
export async function grantedTo(url: string): Promise<string[]> {
  const { host, protocol: scheme } = new URL(url)
  const asked = askable.map(async (permission) => {
    const asking = { isMainFrame: true, requestingUrl: url }
    if (checkHandler !== null && !checkHandler(null, permission, `${scheme}//${host}/`, asking)) return []
    if (requestHandler === null) return [permission]
    const isGranted = await new Promise<boolean>((resolve) =>
      requestHandler?.(anyContents, permission, resolve, asking),
    )
    return isGranted ? [permission] : []
  })
  return (await Promise.all(asked)).flat()
}

testWire.handle('protocol.fetch', async (url: string, method: string) => {
  const scheme = new URL(url).protocol.slice(0, -1)
  const handler = handlers.get(scheme)
  if (handler === undefined || !privileged.has(scheme)) return null
  const answer = await handler(new Request(url, { method }))
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: new Uint8Array(await answer.arrayBuffer()),
  }
})
