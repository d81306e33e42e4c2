import { lazy, memo, useEffect, type ComponentType, type LazyExoticComponent } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Place, ScreenName } from '#renderer/state/place.ts'
import { useShellState } from '#renderer/state/shell-state.ts'
import { LiveScreen } from '../live/live-screen.tsx'
import { loadWhenIdle, persistently } from './load-screens.ts'
import { Waiting } from './waiting.tsx'

/** What every screen is given: where in it the person is. */
export interface ScreenProps {
  readonly place: Place
}

type View = ComponentType<ScreenProps>

/** Where the code of each screen stands; Live is what most people open first, and comes with the frame. */
const loads: Record<Exclude<ScreenName, 'live'>, () => Promise<View>> = {
  overview: async () => (await import('../overview/overview-screen.tsx')).OverviewScreen,
  failures: async () => (await import('../failures/failures-screen.tsx')).FailuresScreen,
  replays: async () => (await import('../replays/replays-screen.tsx')).ReplaysScreen,
  records: async () => (await import('../records/records-screen.tsx')).RecordsScreen,
  alerts: async () => (await import('../alerts/alerts-screen.tsx')).AlertsScreen,
  mappings: async () => (await import('../mappings/mappings-screen.tsx')).MappingsScreen,
  routes: async () => (await import('../routes/routes-screen.tsx')).RoutesScreen,
  connections: async () => (await import('../connections/connections-screen.tsx')).ConnectionsScreen,
  sandbox: async () => (await import('../sandbox/sandbox-screen.tsx')).SandboxScreen,
  settings: async () => (await import('../settings/settings-screen.tsx')).SettingsScreen,
  setup: async () => (await import('../setup/setup-screen.tsx')).SetupScreen,
}

const lazily = <V extends ComponentType<ScreenProps> | ComponentType>(load: () => Promise<V>) =>
  lazy(async () => ({ default: await persistently(load) }))

const views: Record<ScreenName, View | LazyExoticComponent<View>> = {
  live: LiveScreen,
  overview: lazily(loads.overview),
  failures: lazily(loads.failures),
  replays: lazily(loads.replays),
  records: lazily(loads.records),
  alerts: lazily(loads.alerts),
  mappings: lazily(loads.mappings),
  routes: lazily(loads.routes),
  connections: lazily(loads.connections),
  sandbox: lazily(loads.sandbox),
  settings: lazily(loads.settings),
  setup: lazily(loads.setup),
}

const StartScreen = lazily(async () => (await import('../start/start-screen.tsx')).StartScreen)

/** Where there is something to do before anything is set up; everything else leads to the start screen until then. */
const beforeSetUp: ReadonlySet<ScreenName> = new Set(['connections', 'settings', 'setup'])

/** The screen of a place. */
export const Screen = memo(function Screen({ place }: ScreenProps) {
  useEffect(() => loadWhenIdle(Object.values(loads)), [])
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const phase = useShellState()?.relay.phase
  // The banner above says what stands in the way, and nothing is on its way here.
  if (workspace === undefined) return phase === 'failed' || phase === 'taken' ? null : <Waiting />
  if (workspace === 'unconfigured' && !beforeSetUp.has(place.screen)) return <StartScreen />
  const View = views[place.screen]
  return <View place={place} />
})
