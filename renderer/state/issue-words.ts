import type { Place } from '#shared/domain/overview.ts'

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
