import { createORPCClient, DynamicLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import { HostRefusal, type ConnectHost } from './host-link.ts'
import { HostSession, type LinkState } from './host-session.ts'
import { connectPort } from './message-port.ts'
import { takeToken } from './token.ts'
import { connectWebSocket } from './web-socket.ts'

/** The host as the console sees it; which transport lies underneath can't be told from here. */
export interface HostClient {
  /** Every method of the contract. A call fails with the host's own sentence, or with one that says why it can't be reached. */
  readonly call: ContractRouterClient<Contract>
  /**
   * Follows what the host pushes, over breaks of the connection: after one, it goes on where it stopped, or begins anew with
   * a hello that says so. `onState` hears the present state at once, and with it why the host will not have us, should that be so.
   * Answers with the way to stop.
   */
  watch(onMessage: (message: LiveMessage) => void, onState: (state: LinkState, refusal?: string) => void): () => void
  /** Ends the connection for good. */
  close(): void
}

/** The client for this page: over a WebSocket when it was opened with a token, else over the port that the shell hands out. */
export function createHostClient(): HostClient {
  const token = takeToken(window)
  if (token === null) return clientOver(connectPort(window))
  return clientOver(connectWebSocket({ url: `ws://${window.location.host}/rpc`, token }))
}

/** A client over a transport of one's choice. */
export function clientOver(connect: ConnectHost): HostClient {
  const session = new HostSession(connect)
  const call: ContractRouterClient<Contract> = createORPCClient(
    new DynamicLink(async () => (await session.link()).link),
  )
  return {
    call,
    watch(onMessage, onState) {
      const stop = new AbortController()
      const tell = () => onState(session.state, session.refusal?.message)
      tell()
      const unhear = session.onState(tell)
      void follow(session, call, onMessage, stop.signal)
      return () => {
        unhear()
        stop.abort()
      }
    },
    close: () => session.close(),
  }
}

/** ms before a stream that broke off is opened again. */
const reopenMs = 500

async function follow(
  session: HostSession,
  call: ContractRouterClient<Contract>,
  onMessage: (message: LiveMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  let after: number | undefined
  while (!signal.aborted) {
    try {
      await session.link(null)
      const messages = await call.live.watch(after === undefined ? {} : { after })
      await read(messages, signal, (message) => {
        after = message.seq
        onMessage(message)
      })
    } catch (thrown) {
      if (thrown instanceof HostRefusal) return
      // Anything else is a break, and the session tells of that.
    }
    await new Promise((resolve) => setTimeout(resolve, reopenMs))
  }
}

/**
 * Reads until the stream ends or `signal` aborts. It is left by its own way out: aborting a call whose connection is just
 * closing would fail where nobody can catch it.
 */
async function read<T>(stream: AsyncGenerator<T>, signal: AbortSignal, take: (message: T) => void): Promise<void> {
  const leave = () => void stream.return(undefined).catch(() => undefined)
  signal.addEventListener('abort', leave)
  try {
    for await (const message of stream) {
      if (signal.aborted) return
      take(message)
    }
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
