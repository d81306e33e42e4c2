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

/** How far the set-up has come. */
export function useSetup(): Setup {
  const { connections, sources, routes, tests } = useConsole((state) => state.connections)
  const health = useConsole((state) => state.relay.health)
  const { value, reload } = useAnswer('the newest event carried over', async (call) => {
    const { items } = await call.events.list({ state: ['delivered'], limit: 1 })
    return items[0] ?? null
  })
  // What comes in or ends is pushed with the health; either makes it worth asking again.
  const pulse = `${health?.queue.pending} ${health?.queue.leased} ${newestArrival(health)}`
  useEffect(() => reload(), [pulse, reload])
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

function newestArrival(health: { sources: readonly { lastEventAt: number | null }[] } | null): number {
  return Math.max(0, ...(health?.sources.map(({ lastEventAt }) => lastEventAt ?? 0) ?? []))
}
