import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { IssueCard } from './issue-card.tsx'
import styles from './alerts-screen.module.css'

/** How often it is looked for what is open (ms). */
const lookEveryMs = 5_000

/** What wants a person right now, the gravest first. Messages to people who are not looking come with a later version. */
export function AlertsScreen(_props: ScreenProps) {
  const overview = useAnswer('overview', (call) => call.overview.get(), lookEveryMs)
  const { failed, reload, value } = overview
  return (
    <Page
      title="Alerts"
      lead="What wants a person right now, the gravest first."
      actions={
        value !== null && (
          <span className={styles.soft}>
            looked at <Time at={value.at} />
          </span>
        )
      }
    >
      {value === null && failed === null && <Waiting />}
      {value === null && failed !== null && <LoadFailure what="What is open" error={failed} again={reload} />}
      {value?.issues.length === 0 && (
        <EmptyState icon="bell" title="Nothing wants you">
          When a connection is held, a source goes quiet, deliveries fail or something stays paused, it is listed here
          with what to do. It leaves the list by itself when its cause is gone.
        </EmptyState>
      )}
      {value !== null && value.issues.length > 0 && (
        <ul className={styles.list} aria-label="Open issues">
          {value.issues.map((issue) => (
            <li key={issue.key}>
              <IssueCard issue={issue} />
            </li>
          ))}
        </ul>
      )}
      <p className={styles.foot}>
        Patchbay keeps this list by itself, but tells nobody of it: rules of your own, and messages by e-mail or chat,
        are not part of this version.
      </p>
    </Page>
  )
}
