import { ActionIcon, Loader } from '@mantine/core'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { goTo, useConsole, usePlace } from '#renderer/state/console-context.ts'
import { storySentence } from '#renderer/state/event-story.ts'
import { addressOf } from '#renderer/state/place.ts'
import { eventBadge } from '#renderer/state/wording.ts'
import { EventTabs } from './event-tabs.tsx'
import styles from './event-panel.module.css'

/** The open event: one sentence, then its whole way step by step, and beside that all that is known of it. */
export function EventPanel() {
  const { id, detail, failed, reload } = useConsole((state) => state.event)
  const { query } = usePlace()
  const close = () => goTo(addressOf('live', [], query))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes it from anywhere inside, beside the button
    <section
      className={styles.panel}
      aria-label={`Event ${id ?? ''}`}
      onKeyDown={(event) => {
        // What is open above it, such as a menu, takes Esc for itself.
        const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
        if (event.key === 'Escape' && isInside && !event.defaultPrevented) close()
      }}
    >
      <header className={styles.head}>
        <div className={styles.facts}>{detail !== null && <Facts event={detail} />}</div>
        <ActionIcon variant="subtle" color="gray" aria-label="Close the event" onClick={close}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      {detail !== null && (
        <>
          <h2 className={styles.sentence}>{storySentence(detail)}</h2>
          <EventTabs event={detail} />
        </>
      )}
      {detail === null && failed !== null && (
        <LoadFailure what="The event" error={failed} again={() => void reload()} />
      )}
      {detail === null && failed === null && (
        <div className={styles.loading} role="status">
          <Loader size="sm" /> Loading event {id}…
        </div>
      )}
    </section>
  )
}

function Facts({ event }: { event: EventDetail }) {
  return (
    <>
      <StateBadge wording={eventBadge(event)} size="large" />
      <SystemName system={event.system} short />
      <a href={addressOf('records', [event.system, event.entity, event.recordId])} title="All that is known of it">
        {event.entity} {event.recordId}
      </a>
      <CopyButton text={event.recordId} what="the record's id" />
      <span>
        Event {event.id} · <Time at={event.receivedAt} />
        {event.endedAt !== null && ` · took ${showDuration(event.endedAt - event.receivedAt)}`}
      </span>
    </>
  )
}
