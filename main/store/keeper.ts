import { Worker } from 'node:worker_threads'
import type { Trouble } from './trouble.ts'
import { troubleOf } from './trouble.ts'

/** Long work on the whole file, done on a thread of its own so that neither intake nor console waits for it. */
export type KeeperTask =
  /** `thorough`: compares indexes with tables too. */
  | { readonly kind: 'check'; readonly file: string; readonly thorough: boolean }
  /** Copies to `target`, which must not be there yet, and checks the copy. */
  | { readonly kind: 'backup'; readonly file: string; readonly target: string }

/** `problems`: what SQLite found wrong, empty when all is well. `failed`: the work could not be done. */
export type KeeperAnswer =
  | { readonly kind: 'done'; readonly problems: readonly string[] }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** What came of a task: nothing wrong, damage found, or not possible for the time being. */
export type Kept =
  { readonly ok: true } | { readonly ok: false; readonly trouble: Trouble | null; readonly detail: string }

/** Carries out one task; ends early, as not done, when `signal` aborts. Never rejects. */
export async function keep(task: KeeperTask, signal: AbortSignal): Promise<Kept> {
  const answer = await runOnThread(task, signal)
  if (answer.kind === 'failed') return { ok: false, trouble: troubleOf(answer), detail: answer.message }
  if (answer.problems.length === 0) return { ok: true }
  return { ok: false, trouble: 'damaged', detail: answer.problems.join('; ') }
}

function runOnThread(task: KeeperTask, signal: AbortSignal): Promise<KeeperAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./keeper-worker.ts', import.meta.url), { workerData: task, name: 'keeper' })
    const fail = (message: string): void => resolve({ kind: 'failed', code: '', message })
    const stop = (): void => void worker.terminate()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    worker.once('message', (answer: KeeperAnswer) => resolve(answer))
    worker.once('error', (thrown: unknown) => fail(String(thrown)))
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      fail('it was stopped before it was done')
    })
  })
}
