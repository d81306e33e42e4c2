import type { HostContext } from './host-context.ts'
import { createRpc, type WireMessage } from './rpc.ts'

/** What the MessagePort of `node:worker_threads` and Electron's MessagePortMain have in common, but for how they announce. */
export interface HostPort {
  postMessage(message: unknown): void
  start(): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/**
 * Answers the contract over a MessagePort, as long as the port is open.
 *
 * Whoever holds the other end has full rights: the shell gives it to its own window only. A port can't say whether the
 * other side keeps up; the live stream's pace of ten messages a second bounds what an unresponsive window piles up.
 */
export function serveMessagePort(port: HostPort, host: HostContext): void {
  const session = createRpc(host)((message) => {
    port.postMessage(message)
    return Promise.resolve()
  })
  port.on('message', (message) => session.receive(contentOf(message)))
  port.on('close', () => session.close())
  port.start()
}

/** Node hands over the message itself, Electron an event that holds it. */
function contentOf(message: unknown): WireMessage {
  const isEvent = typeof message === 'object' && message !== null && 'data' in message
  return (isEvent ? message.data : message) as WireMessage
}
