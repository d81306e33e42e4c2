import { Button, Loader } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { addressOf } from '#renderer/state/place.ts'
import { actionWords } from '#renderer/state/wording.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import { SetupPart } from './setup-part.tsx'
import styles from './setup-part.module.css'

/** Waits for the first event that goes all the way, and says so when it has. */
export function FirstPart({ carried }: { readonly carried: EventSummary | null }) {
  return (
    <SetupPart
      title="The first event"
      lead="Change a record of a kind that you switched on. Within a second or two it is at the other side."
    >
      {carried === null ? (
        <div className={styles.waiting} role="status">
          <Loader size={26} />
          <div>
            <strong>Waiting for the first event to go across.</strong>
            <p>
              You may leave; it goes on without you. What comes in is also under <a href={addressOf('live')}>Live</a>,
              and what fails under <a href={addressOf('failures')}>Failures</a>.
            </p>
          </div>
        </div>
      ) : (
        <div className={styles.seen} role="status" data-tone="good">
          <span className={styles.tick}>
            <Icon name="good" size={24} />
          </span>
          <div>
            <span className={styles.big}>It works.</span>
            <p>
              <a href={addressOf('live', [carried.id])}>
                {systemTitle[carried.system]} {carried.entity} {carried.title ?? carried.recordId}
              </a>{' '}
              was {actionWords[carried.action]} and {systemTitle[otherSystem(carried.system)]} has it, since{' '}
              <Time at={carried.endedAt ?? carried.receivedAt} />.
            </p>
          </div>
        </div>
      )}
      {carried !== null && (
        <div>
          <Button size="sm" component="a" href={addressOf('overview')}>
            Go to the overview
          </Button>
        </div>
      )}
    </SetupPart>
  )
}
