/** Where in the console a person is; the same as the part of the address after `#`, so that every place can be linked to. */
export type Place =
  | { readonly screen: 'live'; readonly tab: 'events' | 'rejections'; readonly eventId: number | null }
  | { readonly screen: 'failures' }
  | { readonly screen: 'connections' }

export const livePlace: Place = { screen: 'live', tab: 'events', eventId: null }

/** Reads an address; an unknown one leads to the live list. */
export function placeOf(hash: string): Place {
  const [screen, detail] = hash.replace(/^#\/?/, '').split('/')
  if (screen === 'failures') return { screen }
  if (screen === 'connections') return { screen }
  if (screen === 'live' && detail === 'rejections') return { screen: 'live', tab: 'rejections', eventId: null }
  if (screen === 'events' && detail !== undefined && /^[1-9]\d*$/.test(detail)) {
    return { screen: 'live', tab: 'events', eventId: Number(detail) }
  }
  return livePlace
}

/** The address of a place. */
export function hashOf(place: Place): string {
  if (place.screen !== 'live') return `#/${place.screen}`
  if (place.tab === 'rejections') return '#/live/rejections'
  return place.eventId === null ? '#/live' : `#/events/${place.eventId}`
}
