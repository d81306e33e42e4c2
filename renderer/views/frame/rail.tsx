import { Icon } from '#renderer/parts/icon.tsx'
import type { IconName } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf, type ScreenName } from '#renderer/state/place.ts'
import { screenTitle } from '#renderer/state/screen-titles.ts'
import styles from './rail.module.css'

interface Entry {
  readonly screen: ScreenName
  readonly icon: IconName
}

/** What one looks at all day; what one sets up; and the rest at the foot. */
const groups: readonly { readonly label: string; readonly entries: readonly Entry[] }[] = [
  {
    label: 'Watch',
    entries: [
      { screen: 'overview', icon: 'overview' },
      { screen: 'live', icon: 'live' },
      { screen: 'failures', icon: 'failures' },
      { screen: 'replays', icon: 'replay' },
      { screen: 'records', icon: 'records' },
      { screen: 'alerts', icon: 'bell' },
    ],
  },
  {
    label: 'Set up',
    entries: [
      { screen: 'mappings', icon: 'mappings' },
      { screen: 'routes', icon: 'routes' },
      { screen: 'connections', icon: 'connections' },
    ],
  },
  {
    label: 'Patchbay',
    entries: [
      { screen: 'sandbox', icon: 'box' },
      { screen: 'settings', icon: 'settings' },
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
              {screenTitle[entry.screen]}
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
