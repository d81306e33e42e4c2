import type { Place, ScreenName } from './place.ts'

/** The names of the screens, on the rail and in the title of the window. */
export const screenTitle: Record<ScreenName, string> = {
  overview: 'Overview',
  live: 'Live',
  failures: 'Failures',
  replays: 'Replays',
  records: 'Records',
  alerts: 'Alerts',
  mappings: 'Mappings',
  routes: 'Routes',
  connections: 'Connections',
  sandbox: 'Sandbox',
  settings: 'Settings',
  setup: 'First run',
}

/**
 * The title of the window: how many deliveries need a person, so that it can be read off the task bar; where the person is; and
 * whether it is the sandbox.
 */
export function windowTitle(place: Place, failing: number, isSandbox: boolean): string {
  const [part] = place.path
  const isEvent = place.screen === 'live' && part !== undefined && /^\d+$/.test(part)
  const where = isEvent ? `Event ${part}` : screenTitle[place.screen]
  return `${failing > 0 ? `(${failing}) ` : ''}${where} · ${isSandbox ? 'SANDBOX · ' : ''}Patchbay`
}
