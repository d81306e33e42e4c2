import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/websocket'
import { toError } from '#main/base/errors.ts'
import type { HostCall, HostContext } from './host-context.ts'
import { refuseReadably } from './refusals.ts'
import { router } from './router.ts'

/** A message as it goes over a wire: text, or bytes where it carries some. */
export type WireMessage = string | ArrayBuffer | Uint8Array<ArrayBuffer>

/**
 * One console's calls over a two-way wire.
 *
 * `send` resolves when the wire has taken the message; streams wait for that before they make the next one.
 */
export interface RpcSession {
  receive(message: WireMessage): void
  /** The other side has gone: its streams end. */
  close(): void
}

/** Answers the contract over wires that carry messages, one session for each. */
export function createRpc(host: HostContext): (send: (message: WireMessage) => Promise<void>) => RpcSession {
  const handler = new RPCHandler<HostCall>(router, {
    clientInterceptors: [onError((error, { path }) => refuseReadably(error, path, host.logger))],
  })
  const context: HostCall = { host, who: 'console' }
  return (send) => {
    // The handler knows WebSockets; of one it uses nothing but `send`, as messages are passed on by hand below.
    const wire = { send: (message: unknown) => send(message as WireMessage), addEventListener: () => undefined }
    return {
      receive(message) {
        handler
          .message(wire, message as string, { context })
          .catch((thrown: unknown) =>
            host.logger.warn({ err: toError(thrown) }, 'A message of a console could not be handled.'),
          )
      },
      close: () => handler.close(wire),
    }
  }
}
