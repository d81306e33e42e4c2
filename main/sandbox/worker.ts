import { parentPort, workerData } from 'node:worker_threads'
import { toError } from '#main/base/errors.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { SandboxOrder, SandboxReport } from './sandbox-thread.ts'
import type { Deed, Fault, GlanceWish, Sandbox, SandboxOptions } from './sandbox-types.ts'
import { startSandbox } from './sandbox.ts'

/** The thread's side of `startSandboxThread`: runs the sandbox and carries out orders. */
async function run(): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('worker.ts runs in a thread only')
  const sandbox = await startSandbox(workerData as SandboxOptions)
  const report = (message: SandboxReport): void => port.postMessage(message)
  port.on('message', (order: SandboxOrder) => {
    obey(sandbox, order)
      .then((value) => ({ problem: null, value }))
      .catch((thrown: unknown) => ({ problem: toError(thrown).message, value: null }))
      .then((answer) => {
        report({ kind: 'done', id: order.id, ...answer })
        if (order.method === 'close') port.close()
      })
      .catch((thrown: unknown) => {
        throw toError(thrown)
      })
  })
  report({ kind: 'started', addresses: sandbox.addresses })
}

function obey(sandbox: Sandbox, { method, parameters }: SandboxOrder): Promise<unknown> {
  const [first, second] = parameters
  switch (method) {
    case 'announceTo':
      return sandbox.announceTo(first as string | null)
    case 'setTraffic':
      return sandbox.setTraffic(first as number)
    case 'setFault':
      return sandbox.setFault(first as SystemName, second as Fault | null)
    case 'heal':
      return sandbox.heal(first as SystemName, second as Fault['kind'])
    case 'look':
      return sandbox.look(first as GlanceWish)
    case 'act':
      return sandbox.act(first as SystemName, second as Deed)
    case 'close':
      return sandbox.close()
  }
}

await run()
