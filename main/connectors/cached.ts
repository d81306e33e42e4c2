import type { Clock } from '#main/base/clock.ts'
import { failed, type Failure, type Result } from '#shared/domain/failure.ts'
import type { CallContext } from './connector.ts'

/** Values that are costly to ask for and seldom change. */
export interface Cached<T> {
  get(key: string, context: CallContext): Promise<Result<T>>
  /** Forgets the value of `key`; when `value` is given, only if it is still that one. */
  forget(key: string, value?: T): void
}

export interface CachedOptions<T> {
  readonly clock: Clock
  readonly ttlMs: number
  load(key: string, context: CallContext): Promise<Result<T>>
}

const neverAborted = new AbortController().signal

/**
 * Callers that want the same key at once share one load. A load does not stop when the caller that began it gives up, since
 * others may wait for it; each caller gives up for itself. Failures are not kept.
 */
export function createCached<T>({ clock, ttlMs, load }: CachedOptions<T>): Cached<T> {
  const values = new Map<string, { value: T; until: number }>()
  const loads = new Map<string, Promise<Result<T>>>()

  async function loadAndKeep(key: string, context: CallContext): Promise<Result<T>> {
    try {
      const result = await load(key, { ...context, signal: neverAborted })
      if (result.ok) values.set(key, { value: result.value, until: clock.monotonic() + ttlMs })
      return result
    } finally {
      loads.delete(key)
    }
  }

  return {
    async get(key, context) {
      const kept = values.get(key)
      if (kept !== undefined && clock.monotonic() < kept.until) return { ok: true, value: kept.value }
      let running = loads.get(key)
      if (running === undefined) {
        running = loadAndKeep(key, context)
        loads.set(key, running)
      }
      return withSignal(running, context.signal)
    },
    forget(key, value) {
      if (value === undefined || values.get(key)?.value === value) values.delete(key)
    },
  }
}

function withSignal<T>(running: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  if (signal.aborted) return Promise.resolve(failed(stopped))
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(failed(stopped))
    signal.addEventListener('abort', onAbort, { once: true })
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

const stopped: Failure = {
  class: 'transient',
  stage: 'deliver',
  code: 'ABORTED',
  sentence: 'The call was stopped before anything was sent; Patchbay tries again.',
}
