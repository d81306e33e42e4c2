import { Icon } from '#renderer/parts/icon.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { ThemeSwitch } from '#renderer/parts/theme-switch.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useHeard } from '#renderer/state/use-heard.ts'
import { healthWording } from '#renderer/state/wording.ts'
import type { Wording } from '#renderer/state/wording.ts'
import { PauseButton } from '#renderer/views/pauses/pause-button.tsx'
import type { QueueHealth } from '#shared/domain/health.ts'
import styles from './header.module.css'

const notHeard: Wording = { label: 'Not heard', tone: 'quiet', meaning: 'The relay can not be heard right now.' }

/** Well or not, in one sentence; what is in the queue; the theme. */
export function Header() {
  const health = useConsole((state) => state.relay.health)
  const isHeard = useHeard()
  const heard = isHeard && health !== null
  return (
    <section className={styles.header} aria-label="The relay">
      <div className={styles.health} role="status">
        <StateBadge wording={heard ? healthWording[health.state] : notHeard} size="large" />
        <span className={styles.sentence} title={health?.sentence}>
          {health === null
            ? 'Waiting for the first word of the relay.'
            : heard
              ? health.sentence
              : `Last heard: ${health.sentence}`}
        </span>
      </div>
      {health !== null && health.workspace !== 'unconfigured' && <Queue queue={health.queue} />}
      {health !== null && health.workspace !== 'unconfigured' && (
        <PauseButton target={{ scope: 'everything', id: '' }} name="Everything" />
      )}
      <PaletteButton />
      <Zone />
      <ThemeSwitch />
    </section>
  )
}

/** Says when the clock is not the one on the wall. */
function Zone() {
  const zone = useConsole((state) => state.time.zone)
  if (zone === 'local') return null
  return (
    <a className={styles.zone} href="#/settings/display" title="All times are in UTC; click to change">
      UTC
    </a>
  )
}

/** Leads to everything by a few letters, and tells of the key that does the same. */
function PaletteButton() {
  const show = useConsole((state) => state.palette.show)
  return (
    <button
      type="button"
      className={styles.palette}
      aria-label="Go to or do, Ctrl K"
      title="Go to a screen or a record, or do something"
      onClick={() => show('palette')}
    >
      <Icon name="search" size={13} /> <kbd>Ctrl K</kbd>
    </button>
  )
}

function Queue({ queue }: { queue: QueueHealth }) {
  const moving = queue.pending + queue.leased
  return (
    <div className={styles.queue}>
      <span title="Deliveries that are queued or being worked on">
        <Icon name="busy" size={13} /> {moving.toLocaleString('en')} in progress
      </span>
      <span title="Deliveries that will be tried again by themselves">
        <Icon name="wait" size={13} /> {queue.waiting.toLocaleString('en')} waiting
      </span>
      <a href="#/failures" data-tone={queue.dead > 0 ? 'bad' : undefined} title="Deliveries that no retry can help">
        <Icon name="bad" size={13} /> {queue.dead.toLocaleString('en')} failed
      </a>
      {queue.parked > 0 && (
        <a href="#/failures" data-tone="wait" title="Deliveries that are parked until a person has decided">
          <Icon name="failures" size={13} /> {queue.parked.toLocaleString('en')} to decide
        </a>
      )}
    </div>
  )
}
