import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach } from 'vitest'
import type { RunningHost } from '#main/host/loopback.ts'
import type { Contract } from '#shared/contract/contract.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost, type Transport } from './transports.ts'

export interface Opened {
  readonly workspaces: TestWorkspaces
  readonly host: RunningHost
  readonly call: ContractRouterClient<Contract>
}

/** Gives each test of the suite a host of its own and a client on the line to it; `prepare` takes hold of them. */
export function overTransport(connect: Transport['connect'], prepare: (opened: Opened) => unknown): void {
  let workspaces: TestWorkspaces
  let host: RunningHost
  let hangUp: () => void
  beforeEach(async () => {
    workspaces = new TestWorkspaces()
    host = await openHost(workspaces)
    const { call, client } = connect(host)
    hangUp = () => client?.close()
    await prepare({ workspaces, host, call })
  })
  afterEach(async () => {
    hangUp()
    await host.close()
    await workspaces.close()
  })
}
