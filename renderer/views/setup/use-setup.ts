import { useEffect, useRef } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { setupProgress, type SetupStep } from '#renderer/state/setup-progress.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { EventSummary } from '#shared/domain/event.ts'

export interface Setup {
  readonly steps: readonly SetupStep[]
  /** The newest event that was carried over. */
  readonly carried: EventSummary | null
}

/** How far the set-up has come. `lookEveryMs`: how often to look for the first event carried over, until there is one. */
export function useSetup(lookEveryMs?: number): Setup {
  const { connections, sources, routes, tests } = useConsole((state) => state.connections)
  const health = useConsole((state) => state.relay.health)
  const { value, reload } = useAnswer('the newest event carried over', async (call) => {
    const { items } = await call.events.list({ state: ['delivered'], limit: 1 })
    return items[0] ?? null
  })
  useEffect(() => {
    if (lookEveryMs === undefined || value !== null) return
    const timer = setInterval(reload, lookEveryMs)
    return () => clearInterval(timer)
  }, [lookEveryMs, value, reload])
  return {
    steps: setupProgress({ connections, sources, routes, tests, health, isCarried: value !== null }),
    carried: value,
  }
}

/** Tests the connections that are there when the screen opens, so that the steps tell how it is now; wizards test those that they make. */
export function useLiveTests(): void {
  const { connections, testConnection } = useConsole((state) => state.connections)
  const known = useRef(connections)
  useEffect(() => {
    for (const { connection } of known.current) void testConnection(connection.id)
    known.current = []
  }, [testConnection])
}
