import type { IconName } from '#renderer/parts/icon.tsx'
import type { ScreenName } from '#renderer/state/place.ts'

/** The screens as the palette names them, with other words that people may look for. */
export const screenEntries: readonly {
  readonly screen: ScreenName
  readonly label: string
  readonly icon: IconName
  readonly words: string
}[] = [
  { screen: 'overview', label: 'Overview', icon: 'overview', words: 'home health status' },
  { screen: 'live', label: 'Live', icon: 'live', words: 'events list tail' },
  { screen: 'failures', label: 'Failures', icon: 'failures', words: 'errors dead letters problems conflicts' },
  { screen: 'replays', label: 'Replays', icon: 'replay', words: 'undo again' },
  { screen: 'records', label: 'Records', icon: 'records', words: 'accounts companies contacts tickets cases search' },
  { screen: 'alerts', label: 'Alerts', icon: 'bell', words: 'notifications rules channels email slack teams sms' },
  { screen: 'mappings', label: 'Mappings', icon: 'mappings', words: 'fields values' },
  { screen: 'routes', label: 'Routes', icon: 'routes', words: 'match' },
  { screen: 'connections', label: 'Connections', icon: 'connections', words: 'sources webhooks sign-in credentials' },
  { screen: 'sandbox', label: 'Sandbox', icon: 'box', words: 'demo faults traffic' },
  { screen: 'settings', label: 'Settings', icon: 'settings', words: 'backup retention audit support' },
  { screen: 'setup', label: 'Set-up', icon: 'play', words: 'first run wizard start' },
]
