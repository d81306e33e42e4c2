import { useCallback, useEffect, useRef, useState } from 'react'
import type { HostClient } from '#renderer/client/host-client.ts'
import { useCall, useConsole } from './console-context.ts'

/** What the host answered to a question that a screen asked. */
export interface Answer<T> {
  /** The last answer to this question; null before the first. */
  readonly value: T | null
  /** Why the last try failed; null when it did not. */
  readonly failed: unknown
  readonly loading: boolean
  readonly reload: () => void
}

type Held<T> = { readonly key: string; readonly value: T | null; readonly failed: unknown; readonly loading: boolean }

/**
 * Asks the host when the screen opens, when `key` (the question in words) changes, when the relay is heard again after a gap or a failure, and,
 * with `everyMs`, again and again. The last answer stays in sight until the next one is there; an overtaken answer is dropped.
 */
export function useAnswer<T>(
  key: string,
  ask: (call: HostClient['call'], signal: AbortSignal) => Promise<T>,
  everyMs?: number,
): Answer<T> {
  const call = useCall()
  const generation = useConsole((state) => state.relay.generation)
  const [held, setHeld] = useState<Held<T>>({ key, value: null, failed: null, loading: true })
  const [round, setRound] = useState(0)
  const latest = useRef(ask)
  latest.current = ask
  const failed = useRef(false)
  failed.current = held.failed !== null

  useEffect(() => {
    const stop = new AbortController()
    setHeld((last) => ({ key, value: last.key === key ? last.value : null, failed: null, loading: true }))
    latest
      .current(call, stop.signal)
      .then((value) => {
        if (!stop.signal.aborted) setHeld({ key, value, failed: null, loading: false })
      })
      .catch((failed: unknown) => {
        if (!stop.signal.aborted) setHeld((last) => ({ ...last, failed, loading: false }))
      })
    return () => stop.abort()
  }, [call, key, generation, round])

  const reload = useCallback(() => setRound((last) => last + 1), [])
  const isHeard = useConsole((state) => state.relay.link === 'open')
  useEffect(() => {
    if (isHeard && failed.current) reload()
  }, [isHeard, reload])
  useEffect(() => {
    if (everyMs === undefined) return
    const timer = setInterval(reload, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, reload])

  const isCurrent = held.key === key
  return {
    value: isCurrent ? held.value : null,
    failed: isCurrent ? held.failed : null,
    loading: !isCurrent || held.loading,
    reload,
  }
}
