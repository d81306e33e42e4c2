import type { AlertCounts } from '#shared/domain/alert-counts.ts'
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

/** What wants a person, as far as the title of the window tells it. */
export interface TitleCounts {
  /** Deliveries that need a person. */
  readonly failing: number
  readonly alerts?: AlertCounts | undefined
}

/**
 * The title of the window: what wants a person most, with its number, so that it can be read off the task bar; where the person is; and
 * whether it is the sandbox.
 */
export function windowTitle(place: Place, counts: TitleCounts, isSandbox: boolean): string {
  const [part] = place.path
  const isNumbered = part !== undefined && /^\d+$/.test(part)
  const where =
    isNumbered && place.screen === 'live'
      ? `Event ${part}`
      : isNumbered && place.screen === 'alerts'
        ? `Alert ${part}`
        : screenTitle[place.screen]
  return `${gravest(counts)}${where} · ${isSandbox ? 'SANDBOX · ' : ''}Patchbay`
}

/** A critical alert that nobody has acknowledged is graver than what failed; any other alert is not. */
function gravest({ failing, alerts }: TitleCounts): string {
  const open = alerts === undefined || alerts.worst === null ? 0 : alerts.open
  const isCritical = open > 0 && alerts?.worst === 'critical'
  if (failing > 0 && !isCritical) return `(${failing}) `
  return open > 0 ? `(${open} ${open === 1 ? 'alert' : 'alerts'}) ` : ''
}
