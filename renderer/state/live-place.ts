import { goTo } from './console-context.ts'
import { addressOf, placeOf } from './place.ts'

/** The live list with a filter. */
export function liveAddress(filter: string): string {
  return addressOf('live', [], { filter })
}

/** Shows the live list by another filter; Back leads past what it was while it was typed. */
export function filterLive(filter: string): void {
  goTo(liveAddress(filter), true)
}

/** An event beside the live list as it is filtered now; without one, the list alone. */
export function eventAddress(id?: number): string {
  const { query } = placeOf(window.location.hash)
  return addressOf('live', id === undefined ? [] : [id], query)
}
