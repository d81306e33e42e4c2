import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is turned away: HTTP status, a code for programs, and a sentence. */
export interface Turned {
  readonly status: 401 | 403 | 404
  readonly code: 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND'
  readonly message: string
}

/** The WebSocket protocol spoken at /rpc; beside it a client offers `token.<token>`. */
export const rpcProtocol = 'patchbay'
const tokenProtocol = 'token.'

/**
 * Is the request meant for us, by a page of ours? Null: yes.
 *
 * A foreign name in Host is a page whose own name was pointed at 127.0.0.1 (DNS rebinding). Browsers send Origin with every
 * WebSocket and every cross-site call; programs send none.
 */
export function checkAddress(request: IncomingMessage, port: number): Turned | null {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host, origin } = request.headers
  if (host === undefined || !own.includes(host.toLowerCase())) {
    return { status: 403, code: 'FORBIDDEN', message: `Patchbay answers to http://${own[0]} only.` }
  }
  if (origin !== undefined && !own.some((name) => origin === `http://${name}`)) {
    return { status: 403, code: 'FORBIDDEN', message: 'Pages of other sites may not call Patchbay.' }
  }
  return null
}

/** Does the request carry the token as `Authorization: Bearer`? Null: yes. */
export function checkBearer(request: IncomingMessage, token: string): Turned | null {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return given !== undefined && equals(given, token) ? null : noToken
}

/**
 * Does the WebSocket request offer the token? Null: yes.
 *
 * Browsers let a page choose the offered protocols and nothing else of this request but its address, and addresses end up
 * in logs and histories.
 */
export function checkOfferedToken(request: IncomingMessage, token: string): Turned | null {
  const offers = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((offer) => offer.trim())
  const given = offers.find((offer) => offer.startsWith(tokenProtocol))?.slice(tokenProtocol.length)
  return given !== undefined && equals(given, token) ? null : noToken
}

const noToken: Turned = {
  status: 401,
  code: 'UNAUTHORIZED',
  message:
    'This needs the token of this Patchbay. It stands in the console address that Patchbay prints when it starts.',
}

/** Compares in constant time; hashing first makes both sides the same length. */
function equals(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
