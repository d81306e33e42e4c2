import { useEffect, useMemo, useRef } from 'react'
import type { Alert, AlertRule } from '#shared/domain/alert.ts'
import type { ChannelReport } from '#shared/domain/channel.ts'
import { useConsole } from '../console-context.ts'
import { useAnswer, type Answer } from '../use-answer.ts'
import { useVisible } from '../use-visible.ts'
import type { ScopeNames } from './rule-words.ts'

/** How often what is measured is asked for anew while it can be seen (ms); the relay looks once a minute. */
const lookEveryMs = 10_000

/** More open alerts than this at once, and the newest of them tell enough. */
const mostOpen = 200

/** Asks again when an alert has opened, was taken on or is over: the number of them is pushed. */
export function useAlertNews(reload: () => void): void {
  const counts = useConsole(({ relay }) => JSON.stringify(relay.health?.alerts ?? null))
  const seen = useRef(counts)
  useEffect(() => {
    if (seen.current === counts) return
    seen.current = counts
    reload()
  }, [counts, reload])
}

/** Alerts that are not over, newest first. */
export function useOpenAlerts(): Answer<readonly Alert[]> {
  const isVisible = useVisible()
  const answer = useAnswer(
    'open alerts',
    async (call) => {
      const [open, acknowledged] = await Promise.all([
        call.alerts.list({ state: 'open', limit: mostOpen }),
        call.alerts.list({ state: 'acknowledged', limit: mostOpen }),
      ])
      return [...open.items, ...acknowledged.items].toSorted((one, other) => other.openedAt - one.openedAt)
    },
    isVisible ? lookEveryMs : undefined,
  )
  useAlertNews(answer.reload)
  return answer
}

export function useRules(): Answer<readonly AlertRule[]> {
  return useAnswer('alert rules', (call) => call.alertRules.list())
}

/** The channels and how they do; looked at again and again, as each message that is sent changes it. */
export function useChannels(): Answer<readonly ChannelReport[]> {
  const isVisible = useVisible()
  return useAnswer('channels', (call) => call.channels.list(), isVisible ? lookEveryMs : undefined)
}

/** The names of routes, connections and sources that rules and alerts speak of. */
export function useScopeNames(): ScopeNames {
  const { connections, loaded, reload, routes, sources } = useConsole((state) => state.connections)
  useEffect(() => {
    if (!loaded) void reload()
  }, [loaded, reload])
  return useMemo(
    () =>
      new Map([
        ...routes.map(({ id, name }) => [`route:${id}`, name] as const),
        ...connections.map(({ connection: { id, name } }) => [`connection:${id}`, name] as const),
        ...sources.map(({ source: { id, name } }) => [`source:${id}`, name] as const),
      ]),
    [connections, routes, sources],
  )
}
