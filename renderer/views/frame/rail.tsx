import { Icon } from '#renderer/parts/icon.tsx'
import type { IconName } from '#renderer/parts/icon.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Place } from '#renderer/state/place.ts'
import styles from './rail.module.css'

const entries: readonly { screen: Place['screen']; label: string; hash: string; icon: IconName }[] = [
  { screen: 'live', label: 'Live', hash: '#/live', icon: 'live' },
  { screen: 'failures', label: 'Failures', hash: '#/failures', icon: 'failures' },
  { screen: 'connections', label: 'Connections', hash: '#/connections', icon: 'connections' },
]

/** The way between screens; Failures carries the number of deliveries that need a person. */
export function Rail({ screen }: { screen: Place['screen'] }) {
  const queue = useConsole((state) => state.relay.health?.queue)
  const failing = queue === undefined ? 0 : queue.dead + queue.parked
  return (
    <nav className={styles.rail} aria-label="Screens">
      <span className={styles.mark} title="Patchbay">
        <img src="./icon.svg" width={30} height={30} alt="Patchbay" />
      </span>
      {entries.map((entry) => (
        <a
          key={entry.screen}
          className={styles.entry}
          href={entry.hash}
          aria-current={entry.screen === screen && 'page'}
        >
          <Icon name={entry.icon} size={19} />
          {entry.label}
          {entry.screen === 'failures' && failing > 0 && (
            <span className={styles.number} aria-label={`${failing} need attention`}>
              {failing > 999 ? '999+' : failing}
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}
