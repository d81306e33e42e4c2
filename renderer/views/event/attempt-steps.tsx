import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { stepBars, waitedMs } from '#renderer/state/attempt-steps.ts'
import type { Attempt, DeliveryDetail } from '#shared/domain/delivery.ts'
import styles from './attempt-steps.module.css'

/** The steps of an attempt one below the other, each with its time and its place in the whole. */
export function AttemptSteps({ attempt, delivery }: { attempt: Attempt; delivery: DeliveryDetail }) {
  if (attempt.steps.length === 0) return null
  return (
    <ol className={styles.steps} aria-label={`Steps of attempt ${attempt.number}`}>
      <li className={styles.step} title="From when it was owed until its turn came.">
        <span>Waited</span>
        <span />
        <span className={styles.time}>{showDuration(waitedMs(delivery, attempt))}</span>
      </li>
      {stepBars(attempt).map((step) => (
        <li key={step.key} className={styles.step} title={step.meaning}>
          <span>{step.title}</span>
          <span className={styles.track}>
            <span className={styles.bar} style={{ left: `${step.from}%`, width: `max(2px, ${step.share}%)` }} />
          </span>
          <span className={styles.time}>{showDuration(step.durationMs)}</span>
        </li>
      ))}
      <li
        className={styles.step}
        title="What came of it was written down, together with the next state of the delivery."
      >
        <span>Recorded</span>
        <span />
        <span className={styles.time}>
          <Time at={attempt.startedAt + attempt.durationMs} precise />
        </span>
      </li>
    </ol>
  )
}
