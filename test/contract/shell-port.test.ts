import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clientOver } from '#renderer/client/host-client.ts'
import { connectPort, portMessages } from '#renderer/client/message-port.ts'
import { serveMessagePort } from '#main/host/message-port.ts'
import type { RunningHost } from '#main/host/loopback.ts'
import { TestWorkspaces } from './test-workspaces.ts'
import { openHost } from './transports.ts'

let workspaces: TestWorkspaces
let host: RunningHost

beforeEach(async () => {
  workspaces = new TestWorkspaces()
  host = await openHost(workspaces)
})

afterEach(async () => {
  await host.close()
  await workspaces.close()
})

/** A window as far as page and preload use it: messages posted to it are heard by its own listeners. */
class Page extends EventTarget {
  postMessage(data: unknown, _target: string, ports: readonly unknown[] = [], source: unknown = this): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }))
  }
}

it('asks the shell for a port, and for another one when that is closed', async () => {
  const page = new Page()
  const given: MessageChannel[] = []
  page.addEventListener('message', (event) => {
    if (!('data' in event) || event.data !== portMessages.wanted) return
    const channel = new MessageChannel()
    given.push(channel)
    serveMessagePort(channel.port1, host.context)
    page.postMessage(portMessages.port, '/', [new MessageChannel().port2], 'another window')
    page.postMessage(portMessages.port, '/', [channel.port2])
  })
  const client = clientOver(connectPort(page as unknown as Window))
  expect((await client.call.health.get()).state).toBe('ok')
  const again = new Promise<void>((resolve) => {
    const stop = client.watch(
      () => undefined,
      (state) => {
        if (state !== 'open' || given.length < 2) return
        resolve()
        stop()
      },
    )
  })
  given[0]?.port1.close()
  await again
  expect((await client.call.health.get()).state).toBe('ok')
  client.close()
})
