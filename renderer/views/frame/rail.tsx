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

/** The way between screens; Failures carries the number of deliveries that need a person, Alerts that of what nobody has acknowledged. */
export function Rail({ screen }: { screen: ScreenName }) {
  const queue = useConsole((state) => state.relay.health?.queue)
  const alerts = useConsole((state) => state.relay.health?.alerts)
  const badges: Partial<Record<ScreenName, Badge>> = {
    failures: {
      many: queue === undefined ? 0 : queue.dead + queue.parked,
      words: (many) => `${many} need${many === 1 ? 's' : ''} a person`,
      isGrave: true,
    },
    alerts: {
      many: alerts === undefined ? 0 : alerts.open,
      words: (many) => `${many} open`,
      isGrave: alerts?.worst === 'critical',
    },
  }
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
              <Number badge={badges[entry.screen]} />
            </a>
          ))}
        </div>
      ))}
    </nav>
  )
}

interface Badge {
  readonly many: number
  /** What the number says, for screen readers. */
  readonly words: (many: number) => string
  readonly isGrave: boolean
}

function Number({ badge }: { badge: Badge | undefined }) {
  if (badge === undefined || badge.many === 0) return null
  const { many, words, isGrave } = badge
  return (
    <span className={styles.number} data-grave={isGrave} aria-label={words(many)}>
      {many > 999 ? '999+' : many}
    </span>
  )
}
