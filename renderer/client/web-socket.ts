import { RPCLink } from '@orpc/client/websocket'
import { HostRefusal, HostUnreachable, type ConnectHost, type HostLink } from './host-link.ts'

/** Protocol names at /rpc: the one spoken, and the one that carries the token, which no address or log shows. */
const protocol = 'patchbay'
const tokenProtocol = 'token.'

/** Connects over a WebSocket. */
export function connectWebSocket({ url, token }: { readonly url: string; readonly token: string }): ConnectHost {
  return async () => {
    const socket = new WebSocket(url, [protocol, `${tokenProtocol}${token}`])
    if (await opens(socket)) return linkOver(socket)
    throw (await isTurnedAway(url, token)) ? new HostRefusal(wrongToken) : new HostUnreachable()
  }
}

const wrongToken =
  'This page’s key does not fit any more. Close the tab and open the console again with the address that Patchbay prints.'

function opens(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('close', () => resolve(false), { once: true })
  })
}

function linkOver(socket: WebSocket): HostLink {
  return {
    link: new RPCLink({ websocket: socket }),
    closed: new Promise((resolve) => socket.addEventListener('close', () => resolve(), { once: true })),
    close: () => socket.close(),
  }
}

/** A browser does not tell why a WebSocket failed, so a plain call is made to see whether it is the token. */
async function isTurnedAway(url: string, token: string): Promise<boolean> {
  const address = url.replace(/^ws/, 'http').replace(/\/rpc$/, '/api/v1/health')
  try {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    return answer.status === 401 || answer.status === 403
  } catch {
    return false
  }
}
