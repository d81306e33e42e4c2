import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { MessagePortMain } from 'electron'
import type { Contract } from '#shared/contract/contract.ts'
import type { LiveMessage } from '#shared/contract/live.ts'
import type { RelaySide } from './relay-side.ts'

export type RelayCalls = ContractRouterClient<Contract>

/** The shell as a client of the relay, beside its windows: what tray, toasts and power know, they know from here. */
export interface RelayWatch {
  /** The calls of the line that is open; null while there is none. */
  readonly calls: RelayCalls | null
  /** Hears each push as long as the shell lives. */
  onPush(listener: (message: LiveMessage) => void): void
  stop(): void
}

/** ms before a line that broke off is opened again. */
const reopenMs = 500

export function watchRelay(relay: RelaySide): RelayWatch {
  const listeners = new Set<(message: LiveMessage) => void>()
  let calls: RelayCalls | null = null
  let isOver = false
  let after: number | undefined

  async function follow(): Promise<void> {
    const port = await relay.openLine()
    calls = callsOver(port)
    try {
      for await (const message of await calls.live.watch(after === undefined ? {} : { after })) {
        if (isOver) return
        after = message.seq
        for (const listener of listeners) listener(message)
      }
    } finally {
      calls = null
      port.close()
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!isOver) {
      // A line breaks off whenever a relay ends; the next one is opened.
      await follow().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, reopenMs))
    }
  }

  void keepFollowing()
  return {
    get calls() {
      return calls
    },
    onPush: (listener) => void listeners.add(listener),
    stop: () => {
      isOver = true
    },
  }
}

function callsOver(port: MessagePortMain): RelayCalls {
  const link = new RPCLink({
    port: {
      postMessage: (data: unknown) => port.postMessage(data),
      // The link hears `message` and `close` only.
      on: (event: string, listener: (message?: { data: unknown }) => void) => port.on(event as 'message', listener),
    },
  })
  port.start()
  return createORPCClient(link)
}
