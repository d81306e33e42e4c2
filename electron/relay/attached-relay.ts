import { MessageChannelMain, type MessagePortMain } from 'electron'
import { WebSocket, type RawData } from 'ws'
import type { HostAddress } from '#main/base/host-address.ts'
import type { RelayStatus } from '#shared/contract/shell.ts'
import type { RelaySide } from './relay-side.ts'
import { StatusBoard } from './status-board.ts'

/** ms before a host that does not answer is tried again. */
const againMs = 1_000

/**
 * The relay of another Patchbay on this machine, over its loopback host. The page still is our own and never sees the host's token: its
 * port is carried over a WebSocket here, as both speak the same messages.
 *
 * @param readAddress the address as it is now; a host that was restarted may have another one
 */
export function attachRelay(readAddress: () => HostAddress | null): RelaySide {
  const board = new StatusBoard('attached')
  const end = new AbortController()
  const sockets = new Set<WebSocket>()
  return {
    get status(): RelayStatus {
      return board.status
    },
    onStatus: (listener) => board.listen(listener),
    openLine: async () => {
      const socket = await connect(readAddress, end.signal, (sentence) => board.set({ phase: 'attached', sentence }))
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      return carry(socket)
    },
    lines: () => [],
    restart: () => undefined,
    suspend: () => undefined,
    resume: () => undefined,
    stop: () => {
      end.abort()
      for (const socket of sockets) socket.terminate()
      board.set({ phase: 'stopped' })
      return Promise.resolve()
    },
    kill: () => undefined,
  }
}

async function connect(
  readAddress: () => HostAddress | null,
  signal: AbortSignal,
  tell: (sentence: string | null) => void,
): Promise<WebSocket> {
  for (;;) {
    signal.throwIfAborted()
    const address = readAddress()
    const socket = address === null ? null : await open(address)
    if (socket !== null) {
      tell(null)
      return socket
    }
    tell('The Patchbay that this window belongs to does not answer. Start it again, or start one here.')
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}

/** null when nobody answers there, or will not have us. */
function open({ token, url }: HostAddress): Promise<WebSocket | null> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/rpc`, ['patchbay', `token.${token}`])
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}

function carry(socket: WebSocket): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain()
  port1.on('message', ({ data }: { data: string | Uint8Array }) => socket.send(data))
  port1.on('close', () => socket.close())
  port1.start()
  socket.on('message', (data: RawData, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)])
    port1.postMessage(isBinary ? new Uint8Array(bytes) : bytes.toString('utf8'))
  })
  socket.once('close', () => port1.close())
  return port2
}
