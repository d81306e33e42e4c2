import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { stepWords } from '#renderer/state/alerts/alert-words.ts'
import type { AlertDetail } from '#shared/domain/alert.ts'
import styles from './alert-story.module.css'

/** Step by step what happened to an alert, oldest first. */
export function AlertStory({ alert }: { alert: AlertDetail }) {
  return (
    <ol className={styles.line} aria-label="Steps of the alert">
      {alert.steps.map((step, index) => {
        const { title, text, tone } = stepWords(alert, step)
        return (
          <li key={index} className={styles.stop}>
            <span className={styles.dot} data-tone={tone}>
              <Icon name={tone} size={11} />
            </span>
            <div className={styles.step}>
              <strong>{title}</strong>
              <span className={styles.time}>
                <Time at={step.at} />
              </span>
              {text !== '' && <span className={styles.text}>{text}</span>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
