import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { issueAddress, issueLinkWords, issueWording } from '#renderer/state/issue-words.ts'
import type { OpenIssue } from '#shared/domain/overview.ts'
import styles from './alerts-screen.module.css'

/** One thing that wants a person: how grave it is, since when, and what to do about it where. */
export function IssueCard({ issue }: { issue: OpenIssue }) {
  const wording = issueWording[issue.gravity]
  return (
    <Panel tone={wording.tone}>
      <div className={styles.head}>
        <StateBadge wording={wording} />
        <span className={styles.sentence}>{issue.sentence}</span>
        {issue.since !== null && (
          <span className={styles.since}>
            since <Time at={issue.since} />
          </span>
        )}
      </div>
      <p className={styles.todo}>
        <span>{issue.whatToDo}</span>
        <a href={issueAddress(issue.place)}>{issueLinkWords[issue.place.screen]}</a>
      </p>
    </Panel>
  )
}
