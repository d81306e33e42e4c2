import { useCallback, useEffect, useRef, useState } from 'react'
import type { HostClient } from '#renderer/client/host-client.ts'
import type { Page } from '#shared/contract/page.ts'
import { useCall, useConsole } from './console-context.ts'

/** A list of the host, loaded page by page as a person scrolls. */
export interface Pages<Item> {
  readonly items: readonly Item[]
  readonly loading: boolean
  readonly failed: unknown
  /** Nothing is left to load. */
  readonly ended: boolean
  readonly loadMore: () => void
  readonly reload: () => void
}

interface Held<Item> {
  readonly key: string
  readonly items: readonly Item[]
  readonly next: string | null
  readonly loading: boolean
  readonly failed: unknown
}

/** Loads the first page when `key` (the question in words) changes or the relay is heard again after a gap; further ones on request. */
export function usePages<Item>(
  key: string,
  ask: (call: HostClient['call'], after: string | undefined) => Promise<Page<Item>>,
): Pages<Item> {
  const call = useCall()
  const generation = useConsole((state) => state.relay.generation)
  const [held, setHeld] = useState<Held<Item>>(() => blank(key))
  const [round, setRound] = useState(0)
  const latest = useRef({ ask, held })
  latest.current = { ask, held }
  const load = useRef(0)

  const fetchPage = useCallback(
    async (after: string | undefined) => {
      const mine = ++load.current
      setHeld((last) => ({ ...last, loading: true, failed: null }))
      try {
        const page = await latest.current.ask(call, after)
        if (mine !== load.current) return
        setHeld((last) => ({
          ...last,
          items: after === undefined ? page.items : [...last.items, ...page.items],
          next: page.next,
          loading: false,
        }))
      } catch (failed) {
        if (mine === load.current) setHeld((last) => ({ ...last, failed, loading: false }))
      }
    },
    [call],
  )

  useEffect(() => {
    setHeld((last) => (last.key === key ? last : blank(key)))
    void fetchPage(undefined)
  }, [key, generation, round, fetchPage])

  const loadMore = useCallback(() => {
    const { next, loading } = latest.current.held
    if (next !== null && !loading) void fetchPage(next)
  }, [fetchPage])
  const reload = useCallback(() => setRound((last) => last + 1), [])
  const isHeard = useConsole((state) => state.relay.link === 'open')
  useEffect(() => {
    if (isHeard && latest.current.held.failed !== null) reload()
  }, [isHeard, reload])
  const shown = held.key === key ? held : blank<Item>(key)
  return {
    items: shown.items,
    loading: shown.loading,
    failed: shown.failed,
    ended: !shown.loading && shown.failed === null && shown.next === null,
    loadMore,
    reload,
  }
}

function blank<Item>(key: string): Held<Item> {
  return { key, items: [], next: null, loading: true, failed: null }
}
