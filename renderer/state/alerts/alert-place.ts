import { addressOf, type Place } from '../place.ts'

/** What of the alerts a place shows: one of the tabs, or one alert, rule or channel. `new`: one that is being made. */
export type AlertView =
  | { readonly tab: 'open' }
  | { readonly tab: 'alert'; readonly id: number }
  | { readonly tab: 'history' }
  | { readonly tab: 'rules'; readonly id: string | null }
  | { readonly tab: 'channels'; readonly id: string | null; readonly kind: string | null }

export function alertViewOf({ path: [first = '', id], query }: Place): AlertView {
  if (/^[1-9]\d{0,14}$/.test(first)) return { tab: 'alert', id: Number(first) }
  switch (first) {
    case 'history':
      return { tab: 'history' }
    case 'rules':
      return { tab: 'rules', id: id ?? null }
    case 'channels':
      return { tab: 'channels', id: id ?? null, kind: query['kind'] ?? null }
    default:
      return { tab: 'open' }
  }
}

/** The address of one alert. */
export function alertAddress(id: number): string {
  return addressOf('alerts', [id])
}

/** The address of one rule; without an id, of all. */
export function ruleAddress(id?: string): string {
  return addressOf('alerts', id === undefined ? ['rules'] : ['rules', id])
}

/** The address of one channel; without an id, of all. */
export function channelAddress(id?: string, query: Place['query'] = {}): string {
  return addressOf('alerts', id === undefined ? ['channels'] : ['channels', id], query)
}
