import type { ReactNode } from 'react'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { Icon } from '#renderer/parts/icon.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { storySteps } from '#renderer/state/event-story.ts'
import { deliveryBadge } from '#renderer/state/wording.ts'
import type { Tone } from '#renderer/state/wording.ts'
import { DeliveryCard } from './delivery-card.tsx'
import styles from './timeline.module.css'

/** The way of an event: received, verified, stored, deduped, routed, then each delivery step by step. */
export function Timeline({ event }: { event: EventDetail }) {
  return (
    <ol className={styles.line}>
      {storySteps(event).map((step) => (
        <Stop key={step.key} tone={step.tone}>
          <div className={styles.step}>
            <strong>{step.title}</strong>
            <span className={styles.text}>{step.text}</span>
            <span className={styles.time}>
              {step.at !== null && <Time at={step.at} precise />}
              <span className={styles.after} title="since it was received">
                {step.afterMs !== null && afterWords(step.afterMs)}
              </span>
            </span>
          </div>
        </Stop>
      ))}
      {event.deliveries.map((delivery) => (
        <Stop key={delivery.id} tone={deliveryBadge(delivery).tone}>
          <DeliveryCard
            delivery={delivery}
            isUndone={event.deliveries.some(({ undoOf, state }) => undoOf === delivery.id && state !== 'dead')}
          />
        </Stop>
      ))}
    </ol>
  )
}

function afterWords(ms: number): string {
  return ms < 1 ? showDuration(ms) : `+${showDuration(ms)}`
}

function Stop({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <li className={styles.stop}>
      <span className={styles.dot} data-tone={tone}>
        <Icon name={tone} size={11} />
      </span>
      <div className={styles.body}>{children}</div>
    </li>
  )
}
