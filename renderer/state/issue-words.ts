import type { OpenIssue, Place } from '#shared/domain/overview.ts'
import { addressOf } from './place.ts'
import type { Wording } from './wording.ts'

/** How grave something that wants a person is. */
export const issueWording: Record<OpenIssue['gravity'], Wording> = {
  'not-well': { label: 'Not well', tone: 'bad', meaning: 'Something does not work until it is mended.' },
  attention: { label: 'Attention', tone: 'wait', meaning: 'It works, but somebody should look.' },
}

/** What leads to the place of an issue, in words. */
export const issueLinkWords: Record<Place['screen'], string> = {
  live: 'See the events',
  failures: 'See the failures',
  records: 'See the records',
  connections: 'Go to the connection',
  routes: 'Go to the route',
  settings: 'Go to the settings',
  replays: 'See the replays',
}

/** The address of a place that the host names: a route is opened, elsewhere the filter goes along as the query of the screen. */
export function issueAddress({ screen, filter }: Place): string {
  if (screen === 'routes' && filter !== '') return addressOf('routes', [filter])
  return addressOf(screen, [], screen === 'records' ? { text: filter } : { filter })
}
