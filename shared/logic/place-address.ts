import type { Place } from '../domain/overview.ts'

/**
 * The address within the console of a place that the host names, `#/live?filter=state%3Adead`: a route or an alert is opened, elsewhere the
 * filter goes along as the query of the screen.
 */
export function placeAddress({ screen, filter }: Place): string {
  if (filter === '') return `#/${screen}`
  if (screen === 'routes') return `#/routes/${encodeURIComponent(filter)}`
  if (screen === 'alerts') return `#/alerts/${filter.split('/').map(encodeURIComponent).join('/')}`
  const word = screen === 'records' ? 'text' : 'filter'
  return `#/${screen}?${word}=${encodeURIComponent(filter).replaceAll('%20', '+')}`
}
