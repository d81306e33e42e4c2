import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { toError } from '#main/base/errors.ts'
import { checkAddress, checkOfferedToken, rpcProtocol, type Turned } from './door.ts'
import type { HostContext } from './host-context.ts'
import { createRpc, type RpcSession, type WireMessage } from './rpc.ts'

/** Bytes of one message from a console. */
const maxPayload = 2 * 1024 * 1024

const reasons = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' } as const

/** Answers the contract over WebSockets at `/rpc` of a listening server; returns the way to cut them all. */
export function serveWebSocket(
  server: Server,
  host: HostContext,
  guard: { readonly token: string; readonly port: number },
): () => void {
  const open = createRpc(host)
  const sockets = new WebSocketServer({ noServer: true, maxPayload, handleProtocols: () => rpcProtocol })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const turned = checkAddress(request, guard.port) ?? checkPath(request) ?? checkOfferedToken(request, guard.token)
    if (turned !== null) return refuse(stream, turned)
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, open, host))
  })
  return () => {
    for (const socket of sockets.clients) socket.terminate()
  }
}

function serve(
  socket: WebSocket,
  open: (send: (message: WireMessage) => Promise<void>) => RpcSession,
  host: HostContext,
): void {
  const session = open((message) => send(socket, message))
  socket.on('message', (data: Buffer<ArrayBuffer>, isBinary) =>
    session.receive(isBinary ? new Uint8Array(data) : data.toString()),
  )
  socket.on('close', () => session.close())
  socket.on('error', (error) => host.logger.warn({ err: toError(error) }, 'The connection of a console failed.'))
}

/** Resolves when the system has taken the message; to a socket that has gone, a message is lost without complaint. */
function send(socket: WebSocket, message: WireMessage): Promise<void> {
  return new Promise((resolve) => socket.send(message, () => resolve()))
}

function checkPath(request: IncomingMessage): Turned | null {
  return request.url === '/rpc'
    ? null
    : { status: 404, code: 'NOT_FOUND', message: 'WebSockets are answered at /rpc only.' }
}

function refuse(stream: Duplex, turned: Turned): void {
  const body = JSON.stringify(turned)
  stream.end(
    `HTTP/1.1 ${turned.status} ${reasons[turned.status]}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
