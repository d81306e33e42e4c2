import { parentPort, workerData } from 'node:worker_threads'
import { toError } from '#main/base/errors.ts'
import { openForReading } from './open.ts'
import { prepareReads, type Reads } from './read/reads.ts'

/** A question to the reading thread; `close` ends it after all that was asked before. */
export type ReadOrder = { readonly id: number; readonly name: keyof Reads; readonly args: readonly unknown[] } | 'close'

/** Its answer. */
export type ReadAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string }

const port = parentPort
if (port === null) throw new Error('reader-worker.ts runs as a worker thread only')

const db = openForReading((workerData as { readonly file: string }).file)
const reads = prepareReads(db)

port.on('message', (order: ReadOrder) => {
  if (order === 'close') {
    db.close()
    port.close()
  } else {
    port.postMessage(answer(order.id, reads[order.name], order.args))
  }
})

function answer(id: number, read: unknown, args: readonly unknown[]): ReadAnswer {
  try {
    return { id, ok: true, value: (read as (...args: readonly unknown[]) => unknown)(...args) }
  } catch (thrown) {
    return { id, ok: false, message: toError(thrown).message }
  }
}
