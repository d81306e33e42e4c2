import type { Place } from '#shared/domain/overview.ts'
import { addressOf } from './place.ts'

/** What leads to the place of an issue, in words. */
export const issueLinkWords: Record<Place['screen'], string> = {
  live: 'See the events',
  failures: 'See the failures',
  records: 'See the records',
  connections: 'Go to the connection',
  routes: 'Go to the route',
  settings: 'Go to the settings',
  replays: 'See the replays',
  alerts: 'See the alert',
}

/** The address of a place that the host names: a route or an alert is opened, elsewhere the filter goes along as the query of the screen. */
export function issueAddress({ screen, filter }: Place): string {
  if (screen === 'routes' && filter !== '') return addressOf('routes', [filter])
  if (screen === 'alerts') return addressOf(screen, filter === '' ? [] : filter.split('/'))
  return addressOf(screen, [], screen === 'records' ? { text: filter } : { filter })
}
