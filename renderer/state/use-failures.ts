import { useEffect, useMemo, useRef, useState } from 'react'
import type { FailureGroup, FailureGroups, FailureListState, HeldGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import { useConsole } from './console-context.ts'
import { useAnswer, type Answer } from './use-answer.ts'

/** How often what waits for long is looked at, as nobody says when waiting has become long (ms). */
const lookEveryMs = 30_000

/** How often the groups are looked at besides: what a replay has settled is no news of its own (ms). */
const groupsEveryMs = 4_000

/**
 * Asks again when something has failed, was replayed, given up or released, by whomever. With `isBusy`, as when somebody reads far down a
 * list or has ticked rows of it, only after that person's own actions: nothing is to move away under a pointer.
 */
export function useFailureNews(reload: () => void, isBusy = false): void {
  const { deaths, round } = useConsole((state) => state.failures)
  const dead = useConsole((state) => state.relay.health?.queue.dead)
  const parked = useConsole((state) => state.relay.health?.queue.parked)
  const news = `${deaths} ${dead} ${parked}`
  const seen = useRef({ round, news })
  useEffect(() => {
    const isOwn = seen.current.round !== round
    if (!isOwn && (isBusy || seen.current.news === news)) return
    seen.current = { round, news }
    reload()
  }, [reload, round, news, isBusy])
}

export function useFailureGroups(): Answer<FailureGroups> {
  const answer = useAnswer('failure groups', (call) => call.failures.groups({ hours: 24 }), groupsEveryMs)
  useFailureNews(answer.reload)
  return answer
}

export function useHeldGroups(): Answer<HeldGroup[]> {
  const answer = useAnswer('held groups', (call) => call.failures.held({}), lookEveryMs)
  useFailureNews(answer.reload)
  return answer
}

/** The routes by id; empty until they are there. */
export function useRoutes(): ReadonlyMap<string, Route> {
  const { routes, loaded, reload } = useConsole((state) => state.connections)
  useEffect(() => {
    if (!loaded) void reload()
  }, [loaded, reload])
  return useMemo(() => new Map(routes.map((route) => [route.id, route])), [routes])
}

/** The time of day, moving on by half minutes: for how long something has lasted. */
export function useSlowClock(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEveryMs)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** How a list of failures is called in front of a person. */
export const listTitles: Record<FailureListState, string> = {
  open: 'Dead letters',
  settled: 'Replayed or given up',
  parked: 'Parked deliveries',
  waiting: 'Waiting deliveries',
}

/** Groups that were open once and are settled, not just given up; the last settled first. */
export function resolvedOf(groups: readonly FailureGroup[]): FailureGroup[] {
  return groups
    .filter((group) => group.state === 'resolved' && group.givenUp < group.total)
    .toSorted((one, other) => (other.settledAt ?? 0) - (one.settledAt ?? 0))
}
