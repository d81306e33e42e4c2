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
  connections: 'See the connections',
  routes: 'See the routes',
  settings: 'See the settings',
  replays: 'See the replays',
}

/** The address of a place that the host names; its filter goes along as the query of the screen. */
export function issueAddress({ screen, filter }: Place): string {
  return addressOf(screen, [], screen === 'records' ? { text: filter } : { filter })
}
