import type { ComponentHealth, Health } from '#shared/domain/health.ts'
import type { OpenIssue, Place, SourceRhythm } from '#shared/domain/overview.ts'
import { pauseSentence } from '#shared/domain/pause.ts'
import type { OverviewInput } from './overview.ts'
import { unsaidAlerts } from './unsaid-alerts.ts'

type Found = OpenIssue | null

/** Everything that wants a person, the gravest first and of those the oldest. */
export function listIssues(input: OverviewInput & { readonly sources: readonly SourceRhythm[] }): OpenIssue[] {
  const { health, pairs, deadGroups, backlog } = input
  const found: Found[] = [
    part('storage', health.storage, { screen: 'settings', filter: '' }),
    ...health.connections.map((one) => partOf(`connection:${one.id}`, one)),
    ...health.sources.map((one) => partOf(`source:${one.id}`, one)),
    ...(health.channels ?? []).map((one) =>
      part(`channel:${one.id}`, one, { screen: 'alerts', filter: `channels/${one.id}` }),
    ),
    ...deadGroups.map(deadIssue),
    ...(deadGroups.length === 0 && pairs.dead > 0 ? [manyDead(pairs.dead)] : []),
    ...backlog.parked.map(parkedIssue),
    ...health.pauses.map((pause) => pausedIssue(pause, nameOf(pause, input))),
    ...input.sources.map(quietIssue),
  ]
  const known = found.filter((one) => one !== null)
  return [...known, ...unsaidAlerts(input.alerts, known)].toSorted(
    (one, other) => rank(one) - rank(other) || (one.since ?? input.now) - (other.since ?? input.now),
  )
}

function rank({ gravity }: OpenIssue): number {
  return gravity === 'not-well' ? 0 : 1
}

function part(key: string, health: ComponentHealth | undefined, place: Place): Found {
  if (health === undefined || (health.state !== 'down' && health.state !== 'degraded')) return null
  return {
    key,
    gravity: health.state === 'down' ? 'not-well' : 'attention',
    sentence: health.reason ?? 'Something does not work as it should.',
    since: health.since,
    whatToDo: health.nextStep,
    count: null,
    place,
  }
}

/** A connection or a source; they are named with what they are, as both may have the same id. */
function partOf(key: string, health: ComponentHealth): Found {
  return part(key, health, { screen: 'connections', filter: key })
}

function deadIssue({ routeId, code, sentence, fix, count, since }: OverviewInput['deadGroups'][number]): OpenIssue {
  const many = count === 1 ? '' : ` ${count} deliveries have failed for this reason.`
  const error = code === null ? '' : ` error:${quoted(code)}`
  return {
    key: `dead:${routeId}:${code ?? ''}`,
    gravity: 'attention',
    sentence: `${sentence ?? 'A delivery failed for good.'}${many}`,
    since,
    whatToDo: fix ?? 'Open the failures, mend the cause and replay them.',
    count,
    place: { screen: 'failures', filter: `state:dead route:${routeId}${error}` },
  }
}

function manyDead(count: number): OpenIssue {
  return {
    key: 'dead',
    gravity: 'attention',
    sentence: `${count} deliveries need a person.`,
    since: null,
    whatToDo: 'Open the failures, mend the cause and replay them.',
    count,
    place: { screen: 'failures', filter: 'state:dead' },
  }
}

function parkedIssue({ code, sentence, count, since }: OverviewInput['backlog']['parked'][number]): OpenIssue {
  return {
    key: `parked:${code}`,
    gravity: 'attention',
    sentence: count === 1 ? sentence : `${sentence} ${count} deliveries are parked for this reason.`,
    since,
    whatToDo: code === 'CONFLICT' ? 'Choose the values that stay.' : 'Look at it, then let it go on or give it up.',
    count,
    place: { screen: 'failures', filter: `error:${quoted(code)}` },
  }
}

/** What people know the paused thing by; undefined: it is gone meanwhile. */
function nameOf({ scope, id }: Health['pauses'][number], { health, routes }: OverviewInput): string | undefined {
  const named = { connection: health.connections, source: health.sources, route: routes, everything: [] }[scope]
  return named.find((one) => one.id === id)?.name
}

/** A pause is somebody's will, but easily forgotten. */
function pausedIssue(pause: Health['pauses'][number], name: string | undefined): OpenIssue {
  return {
    key: `pause:${pause.scope}:${pause.id}`,
    gravity: 'attention',
    sentence: `${pauseSentence(pause, name)}.`,
    since: pause.pausedAt,
    whatToDo: 'Resume it when the reason is gone.',
    count: null,
    place: placeOfPause(pause),
  }
}

/** Where what is paused stands, and can be resumed. */
export function placeOfPause({ scope, id }: Health['pauses'][number]): Place {
  if (scope === 'route') return { screen: 'routes', filter: id }
  return { screen: 'connections', filter: scope === 'everything' ? '' : `${scope}:${id}` }
}

function quietIssue(source: SourceRhythm): Found {
  if (!source.isUnusuallyQuiet) return null
  return {
    key: `quiet:${source.id}`,
    gravity: 'attention',
    sentence: `${source.name} has been quiet for longer than usual.`,
    since: source.lastEventAt,
    whatToDo: 'Change a record there and see whether the event arrives; if not, look at what sends it.',
    count: null,
    place: { screen: 'connections', filter: `source:${source.id}` },
  }
}

function quoted(text: string): string {
  return /[\s"]/u.test(text) ? `"${text.replaceAll('"', '')}"` : text
}
