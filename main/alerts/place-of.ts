import type { AlertMetric } from '#shared/domain/alert-metric.ts'
import type { AlertRule, AlertSubject } from '#shared/domain/alert.ts'
import type { Place } from '#shared/domain/overview.ts'
import { systemName } from '#shared/domain/record.ts'
import { parseFilter, printFilter } from '#shared/logic/typed-filter.ts'
import type { EventCriteria } from '#shared/contract/event-filter.ts'
import type { RouteId, SourceId } from '#shared/domain/ids.ts'
import { routesOf, type Site } from './site.ts'

const minuteMs = 60_000
/** Routes that a filter can name at most. */
const mostRoutes = 50

/** Where the events are that an alert is about: those that came in since the window began in which it first fired. */
export function placeOf(
  { metric, windowMinutes }: Pick<AlertRule, 'metric' | 'windowMinutes'>,
  subject: AlertSubject,
  openedAt: number,
  site: Site,
): Place {
  const about = aboutSubject(subject, site)
  const since = instantText(openedAt - windowMinutes * minuteMs)
  switch (metric) {
    case 'success-rate':
    case 'dead-letters':
      return live({ state: ['dead'], ...about, since })
    case 'failing':
      // The failures are listed by route.
      if (subject.kind === 'source') return live({ state: ['dead'], ...about })
      return { screen: 'failures', filter: printFilter({ state: ['dead'], ...about }) }
    case 'error-rate':
    case 'retries':
    case 'p50':
    case 'p95':
    case 'p99':
    case 'volume':
      return live({ ...about, since })
    case 'lag':
    case 'depth':
      return live({ state: ['open'], ...about })
    case 'silence':
    case 'idle':
      return subject.kind === 'source' ? live({ ...about }) : connections(subject)
    case 'rejections':
    case 'budget':
    case 'sign-in':
    case 'held':
    case 'source-trouble':
      return connections(subject)
    case 'restarts':
    case 'disk':
    case 'memory':
      return { screen: 'settings', filter: '' }
  }
}

/** Alerts of deliveries that failed for good. */
const aboutFailures: readonly AlertMetric[] = ['success-rate', 'dead-letters', 'failing']

/** What the settings, where these alerts lead to, say nothing of. */
const listedNowhere: readonly AlertMetric[] = ['restarts', 'memory']

/** Where all of these alerts are to be seen at once; null when they are about different things, or no screen lists them. */
export function commonPlace(
  alerts: readonly { readonly rule: Pick<AlertRule, 'metric'>; readonly text: { readonly place: Place } }[],
): Place | null {
  if (alerts.some(({ rule }) => listedNowhere.includes(rule.metric))) return null
  const places = alerts.map(({ text }) => text.place)
  const same = shared(places)
  if (same !== null || !alerts.every(({ rule }) => aboutFailures.includes(rule.metric))) return same
  // The failures are listed by cause, whenever they came in.
  const failures = places.map(({ filter }) => ({ screen: 'failures' as const, filter: withoutTime(filter) }))
  return failures.length === 0 ? null : (shared(failures) ?? { screen: 'failures', filter: '' })
}

/** The place that all of these are; null when they differ. */
function shared(places: readonly Place[]): Place | null {
  const [first = null] = places
  return places.every(({ filter, screen }) => screen === first?.screen && filter === first.filter) ? first : null
}

function withoutTime(typed: string): string {
  const { since: _since, ...rest } = parseFilter(typed).filter
  return printFilter(rest)
}

function live(filter: EventCriteria): Place {
  return { screen: 'live', filter: printFilter(filter) }
}

function connections({ kind, id }: AlertSubject): Place {
  return { screen: 'connections', filter: kind === 'source' || kind === 'connection' ? `${kind}:${id}` : '' }
}

function aboutSubject(subject: AlertSubject, site: Site): EventCriteria {
  if (subject.kind === 'source') return { sourceId: [subject.id as SourceId] }
  const routes = routesOf(subject, site).slice(0, mostRoutes)
  if (routes.length > 0) return { routeId: routes as RouteId[] }
  const system = systemName.safeParse(subject.id)
  return subject.kind === 'system' && system.success ? { system: [system.data] } : {}
}

/** In UTC and to the minute, so that it means the same to whoever reads it, whenever. */
function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`
}
