import { Worker } from 'node:worker_threads'
import { toError } from '#main/base/errors.ts'
import type { Reads } from './read/reads.ts'
import type { ReadAnswer, ReadOrder } from './reader-worker.ts'

/** Reads of the database for those who look at it, off the writer's thread. They see everything committed before the call. */
export interface Reader {
  /** @throws Error when the file can't be read, or the reader was closed. */
  read<Name extends keyof Reads>(name: Name, ...args: Parameters<Reads[Name]>): Promise<ReturnType<Reads[Name]>>
  /** Answers what was asked before, then lets go of the file. */
  close(): Promise<void>
}

/** Opens a reader on a database file that a writer has prepared; the file is opened at the first read. */
export function openReader(file: string): Reader {
  return new ThreadReader(file)
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** One worker thread with one read-only connection; a thread that died is replaced at the next read. */
class ThreadReader implements Reader {
  readonly #file: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #lastId = 0
  #closed = false

  constructor(file: string) {
    this.#file = file
  }

  read<Name extends keyof Reads>(name: Name, ...args: Parameters<Reads[Name]>): Promise<ReturnType<Reads[Name]>> {
    if (this.#closed) return Promise.reject(new Error('the reader is closed'))
    const worker = (this.#worker ??= this.#start())
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      worker.postMessage({ id, name, args } satisfies ReadOrder)
    })
  }

  close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    if (worker === null) return Promise.resolve()
    return new Promise((resolve) => {
      worker.once('exit', () => resolve())
      worker.postMessage('close' satisfies ReadOrder)
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), {
      workerData: { file: this.#file },
      name: 'reader',
    })
    worker.on('message', (answer: ReadAnswer) => this.#settle(answer))
    worker.on('error', (thrown: unknown) => this.#lose(worker, toError(thrown)))
    worker.on('exit', () => this.#lose(worker, new Error('the reading thread has ended')))
    return worker
  }

  #settle(answer: ReadAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value)
    else waiting?.reject(new Error(answer.message))
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}
