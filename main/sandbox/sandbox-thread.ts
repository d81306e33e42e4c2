import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { toError } from '#main/base/errors.ts'
import type { Sandbox, SandboxAddresses, SandboxOptions } from './sandbox-types.ts'

/** The methods of a sandbox that travel to the thread. */
export type SandboxMethod = Exclude<keyof Sandbox, 'addresses'>

/** An order to the thread. */
export interface SandboxOrder {
  readonly id: number
  readonly method: SandboxMethod
  readonly parameters: readonly unknown[]
}

/** What the thread says: where it listens, once; then one answer for each order. */
export type SandboxReport =
  | { readonly kind: 'started'; readonly addresses: SandboxAddresses }
  | { readonly kind: 'done'; readonly id: number; readonly problem: string | null; readonly value: unknown }

/**
 * Starts the sandbox in a thread of its own, so that its load does not slow the event loop of the relay. Rejects when it
 * can't start; a thread that ends unasked rejects every call after.
 */
export async function startSandboxThread(options: SandboxOptions = {}): Promise<Sandbox> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let ended: Error | null = null

  function end(error: Error): void {
    ended = error
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  }

  const addresses = await new Promise<SandboxAddresses>((resolve, reject) => {
    worker.on('message', (report: SandboxReport) => {
      if (report.kind === 'started') return resolve(report.addresses)
      const call = waiting.get(report.id)
      waiting.delete(report.id)
      if (report.problem === null) call?.resolve(report.value)
      else call?.reject(new Error(report.problem))
    })
    worker.on('error', (thrown) => {
      end(toError(thrown))
      reject(toError(thrown))
    })
    worker.on('exit', () => {
      end(ended ?? new Error('the sandbox has ended'))
      reject(ended ?? new Error('the sandbox has ended'))
    })
  })

  function call<Method extends SandboxMethod>(
    method: Method,
    ...parameters: Parameters<Sandbox[Method]>
  ): ReturnType<Sandbox[Method]>
  function call(method: SandboxMethod, ...parameters: readonly unknown[]): Promise<unknown> {
    if (ended !== null) return Promise.reject(ended)
    lastId += 1
    const order: SandboxOrder = { id: lastId, method, parameters }
    return new Promise((resolve, reject) => {
      waiting.set(order.id, { resolve, reject })
      worker.postMessage(order)
    })
  }

  return {
    addresses,
    announceTo: (receiverUrl) => call('announceTo', receiverUrl),
    setTraffic: (perMinute) => call('setTraffic', perMinute),
    setFault: (system, fault) => call('setFault', system, fault),
    heal: (system, kind) => call('heal', system, kind),
    look: (wish) => call('look', wish),
    act: (system, deed) => call('act', system, deed),
    close: async () => {
      if (ended !== null) return
      const gone = once(worker, 'exit')
      await call('close')
      await gone
    },
  }
}
