import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Place, ScreenName } from '#renderer/state/place.ts'
import { LiveScreen } from '../live/live-screen.tsx'
import { Waiting } from './waiting.tsx'

/** What every screen is given: where in it the person is. */
export interface ScreenProps {
  readonly place: Place
}

type View = ComponentType<ScreenProps> | LazyExoticComponent<ComponentType<ScreenProps>>

const views: Record<ScreenName, View> = {
  overview: lazy(async () => ({ default: (await import('../overview/overview-screen.tsx')).OverviewScreen })),
  live: LiveScreen,
  failures: lazy(async () => ({ default: (await import('../failures/failures-screen.tsx')).FailuresScreen })),
  replays: lazy(async () => ({ default: (await import('../replays/replays-screen.tsx')).ReplaysScreen })),
  records: lazy(async () => ({ default: (await import('../records/records-screen.tsx')).RecordsScreen })),
  alerts: lazy(async () => ({ default: (await import('../alerts/alerts-screen.tsx')).AlertsScreen })),
  mappings: lazy(async () => ({ default: (await import('../mappings/mappings-screen.tsx')).MappingsScreen })),
  routes: lazy(async () => ({ default: (await import('../routes/routes-screen.tsx')).RoutesScreen })),
  connections: lazy(async () => ({
    default: (await import('../connections/connections-screen.tsx')).ConnectionsScreen,
  })),
  sandbox: lazy(async () => ({ default: (await import('../sandbox/sandbox-screen.tsx')).SandboxScreen })),
  settings: lazy(async () => ({ default: (await import('../settings/settings-screen.tsx')).SettingsScreen })),
  setup: lazy(async () => ({ default: (await import('../setup/setup-screen.tsx')).SetupScreen })),
}

const StartScreen = lazy(async () => ({ default: (await import('../start/start-screen.tsx')).StartScreen }))

/** Where there is something to do before anything is set up; everything else leads to the start screen until then. */
const beforeSetUp: ReadonlySet<ScreenName> = new Set(['connections', 'settings', 'setup'])

/** The screen of a place. */
export function Screen({ place }: ScreenProps) {
  const workspace = useConsole((state) => state.relay.health?.workspace)
  if (workspace === undefined) return <Waiting />
  if (workspace === 'unconfigured' && !beforeSetUp.has(place.screen)) return <StartScreen />
  const View = views[place.screen]
  return <View place={place} />
}
