/** The screens, in the order of the rail. */
export const screens = [
  'overview',
  'live',
  'failures',
  'replays',
  'records',
  'alerts',
  'mappings',
  'routes',
  'connections',
  'sandbox',
  'settings',
  'setup',
] as const
export type ScreenName = (typeof screens)[number]

/**
 * Where in the console a person is; the same as the part of the address after `#`, so that every place can be linked to:
 * `#/records/salesforce/Account/001…?text=acme`. What path and query mean is the screen's own business.
 */
export interface Place {
  readonly screen: ScreenName
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export const firstPlace: Place = { screen: 'overview', path: [], query: {} }

/** Reads an address; an unknown one leads to the overview. */
export function placeOf(hash: string): Place {
  const [address = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [first, ...rest] = address.split('/').filter((part) => part !== '')
  // An event is shown beside the live list.
  if (first === 'events') return /^[1-9]\d*$/.test(rest[0] ?? '') ? placeAt('live', rest, query) : firstPlace
  const screen = screens.find((one) => one === first)
  return screen === undefined ? firstPlace : placeAt(screen, rest, query)
}

/** The address of a place. */
export function hashOf({ screen, path, query }: Place): string {
  const isEvent = screen === 'live' && /^[1-9]\d*$/.test(path[0] ?? '')
  const words = new URLSearchParams(query).toString()
  return `#/${[isEvent ? 'events' : screen, ...path.map(encodeURIComponent)].join('/')}${words === '' ? '' : `?${words}`}`
}

/** The address of a screen with a path and a query; empty words of the query are left out. */
export function addressOf(
  screen: ScreenName,
  path: readonly (string | number)[] = [],
  query: Place['query'] = {},
): string {
  const words = Object.fromEntries(Object.entries(query).filter(([, word]) => word !== ''))
  return hashOf({ screen, path: path.map(String), query: words })
}

function placeAt(screen: ScreenName, path: readonly string[], query: string): Place {
  return { screen, path: path.map(decoded), query: Object.fromEntries(new URLSearchParams(query)) }
}

/** A person may have typed the address; what can't be decoded stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
