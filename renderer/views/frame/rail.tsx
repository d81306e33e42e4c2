import { Icon } from '#renderer/parts/icon.tsx'
import type { IconName } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf, type ScreenName } from '#renderer/state/place.ts'
import styles from './rail.module.css'

interface Entry {
  readonly screen: ScreenName
  readonly label: string
  readonly icon: IconName
}

/** What one looks at all day; what one sets up; and the rest at the foot. */
const groups: readonly { readonly label: string; readonly entries: readonly Entry[] }[] = [
  {
    label: 'Watch',
    entries: [
      { screen: 'overview', label: 'Overview', icon: 'overview' },
      { screen: 'live', label: 'Live', icon: 'live' },
      { screen: 'failures', label: 'Failures', icon: 'failures' },
      { screen: 'replays', label: 'Replays', icon: 'replay' },
      { screen: 'records', label: 'Records', icon: 'records' },
      { screen: 'alerts', label: 'Alerts', icon: 'bell' },
    ],
  },
  {
    label: 'Set up',
    entries: [
      { screen: 'mappings', label: 'Mappings', icon: 'mappings' },
      { screen: 'routes', label: 'Routes', icon: 'routes' },
      { screen: 'connections', label: 'Connections', icon: 'connections' },
    ],
  },
  {
    label: 'Patchbay',
    entries: [
      { screen: 'sandbox', label: 'Sandbox', icon: 'box' },
      { screen: 'settings', label: 'Settings', icon: 'settings' },
    ],
  },
]

/** The way between screens; Failures carries the number of deliveries that need a person. */
export function Rail({ screen }: { screen: ScreenName }) {
  const queue = useConsole((state) => state.relay.health?.queue)
  const failing = queue === undefined ? 0 : queue.dead + queue.parked
  return (
    <nav className={styles.rail} aria-label="Screens">
      <span className={styles.mark} title="Patchbay">
        <img src="./icon.svg" width={30} height={30} alt="Patchbay" />
      </span>
      {groups.map(({ label, entries }) => (
        <div key={label} className={styles.group} role="group" aria-label={label}>
          {entries.map((entry) => (
            <a
              key={entry.screen}
              className={styles.entry}
              href={addressOf(entry.screen)}
              aria-current={entry.screen === screen && 'page'}
            >
              <Icon name={entry.icon} size={18} />
              {entry.label}
              {entry.screen === 'failures' && failing > 0 && (
                <span className={styles.number} aria-label={`${failing} need attention`}>
                  {failing > 999 ? '999+' : failing}
                </span>
              )}
            </a>
          ))}
        </div>
      ))}
    </nav>
  )
}
