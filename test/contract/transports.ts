import { MessageChannel } from 'node:worker_threads'
import type { ContractRouterClient } from '@orpc/contract'
import { startHost, type RunningHost } from '#main/host/loopback.ts'
import { serveMessagePort } from '#main/host/message-port.ts'
import type { Contract } from '#shared/contract/contract.ts'
import { clientOver, type HostClient } from '#renderer/client/host-client.ts'
import { linkOverPort } from '#renderer/client/message-port.ts'
import { connectWebSocket } from '#renderer/client/web-socket.ts'
import { restClient } from './rest-client.ts'
import type { TestWorkspaces } from './test-workspaces.ts'

export const token = 'a-token-for-tests_0123456789'

/** What the log of a test's host holds. */
export interface LogLine {
  readonly fields: object
  readonly sentence: string
}

/** Opens the host's door on a free port, its log kept in `log`. */
export function openHost(workspaces: TestWorkspaces, log: LogLine[] = [], port = 0): Promise<RunningHost> {
  const write = (fields: object, sentence: string) => void log.push({ fields, sentence })
  return startHost({ port, token, workspaces, rendererDir: '/nonexistent', logger: { warn: write, error: write } })
}

/** A client over one of the transports. `watch` is there where streams are. */
export interface Transport {
  readonly name: 'MessagePort' | 'WebSocket' | 'REST'
  readonly who: 'console' | 'api'
  readonly connect: (host: RunningHost) => {
    readonly call: ContractRouterClient<Contract>
    readonly client: HostClient | null
  }
}

export const transports: readonly Transport[] = [
  { name: 'MessagePort', who: 'console', connect: (host) => streaming(overPort(host)) },
  {
    name: 'WebSocket',
    who: 'console',
    connect: (host) => streaming(clientOver(connectWebSocket({ url: `ws://127.0.0.1:${host.port}/rpc`, token }))),
  },
  { name: 'REST', who: 'api', connect: (host) => ({ call: restClient(host.url, token), client: null }) },
]

function streaming(client: HostClient): ReturnType<Transport['connect']> {
  return { call: client.call, client }
}

/** Node's MessagePort is the DOM's for all that a link uses. */
function overPort(host: RunningHost): HostClient {
  return clientOver(() => {
    const { port1, port2 } = new MessageChannel()
    serveMessagePort(port1, host.context)
    port2.start()
    return Promise.resolve(linkOverPort(port2 as unknown as MessagePort))
  })
}
