import { eventState } from '#shared/domain/event.ts'
import { findKey } from '#shared/logic/filter-keys.ts'
import { actionWords, eventWording } from './wording.ts'

/** What a key of the typed filter is about. */
const keyHints: Readonly<Record<string, string>> = {
  state: 'Failed, Delivered, In progress…',
  route: 'Wanted by this route',
  source: 'Came in this way',
  system: 'Salesforce or ConnectWise',
  entity: 'Account, ticket…',
  record: 'The id of the record',
  cw: 'A ConnectWise id, and its Salesforce record',
  sf: 'A Salesforce id, and its ConnectWise record',
  error: 'A word of the reason it failed for',
  class: 'What kind of failure',
  result: 'What was done at the other side',
  action: 'What happened to the record',
  since: 'Received at or after',
  until: 'Received before',
}

const systems: Readonly<Record<string, string>> = {
  cw: 'ConnectWise',
  connectwise: 'ConnectWise',
  sf: 'Salesforce',
  salesforce: 'Salesforce',
}

const classes: Readonly<Record<string, string>> = {
  transient: 'Passes by itself',
  limited: 'The other side asked for a pause',
  auth: 'The sign-in was refused',
  permanent: 'No retry can help',
  dependency: 'Another record has to be there first',
  unknown: 'Nobody knows whether it was written',
}

const results: Readonly<Record<string, string>> = {
  created: 'A new record at the other side',
  updated: 'Fields were written',
  unchanged: 'It had these values already',
  linked: 'The two became a pair',
  unlinked: 'The two are no pair any more',
}

const times: Readonly<Record<string, string>> = {
  '15m': '15 minutes ago',
  '1h': 'An hour ago',
  '24h': 'A day ago',
  '7d': 'A week ago',
  '30d': 'A month ago',
}

/** The words of this console for a key, or for a value under a key; '' when the text says it all. */
export function filterHint(key: string, value: string | null, names: Readonly<Record<string, string>> = {}): string {
  if (value === null) return keyHints[key] ?? ''
  switch (findKey(key)?.field) {
    case 'state': {
      const state = eventState.options.find((one) => one === value)
      return state === undefined ? '' : `${eventWording[state].label}: ${eventWording[state].meaning}`
    }
    case 'action':
      return value === 'touched' ? `The record was ${actionWords.touched}` : ''
    case 'system':
      return systems[value] ?? ''
    case 'failureClass':
      return classes[value] ?? ''
    case 'result':
      return results[value] ?? ''
    case 'since':
    case 'until':
      return times[value] ?? ''
    case 'routeId':
    case 'sourceId':
      return names[value] ?? ''
    default:
      return ''
  }
}
