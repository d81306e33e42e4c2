import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { issueLinkWords } from '#renderer/state/issue-words.ts'
import { connectionOf, pausedTarget, verdictWording } from '#renderer/state/overview-words.ts'
import { heldOf, NextTry, TryNowButton } from '#renderer/views/connections/next-try.tsx'
import { ResumeButton } from '#renderer/views/pauses/resume-button.tsx'
import type { OpenIssue, Overview } from '#shared/domain/overview.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import styles from './issue-list.module.css'

/** Issues in sight before somebody asks for all. */
const shownFirst = 4

/** What wants a person, the gravest first. Nothing at all when nothing does. */
export function IssueList({ overview, onChanged }: { overview: Overview; onChanged: () => void }) {
  const { at, issues } = overview
  const [all, setAll] = useState(false)
  if (issues.length === 0) return null
  const hidden = all ? 0 : issues.length - shownFirst
  return (
    <Section title="Open issues" lead="The gravest first.">
      <ul className={styles.list}>
        {(hidden > 0 ? issues.slice(0, shownFirst) : issues).map((issue) => (
          <Issue key={issue.key} issue={issue} now={at} onChanged={onChanged} />
        ))}
      </ul>
      {hidden > 0 && (
        <Anchor component="button" size="sm" className={styles.more ?? ''} onClick={() => setAll(true)}>
          Show {hidden} more
        </Anchor>
      )}
    </Section>
  )
}

function Issue({ issue, now, onChanged }: { issue: OpenIssue; now: number; onChanged: () => void }) {
  const { tone, label } = verdictWording[issue.gravity]
  const id = connectionOf(issue)
  const held = heldOf(useConsole((state) => state.relay.health?.connections.find((one) => one.id === id)))
  return (
    <li className={styles.issue} data-tone={tone}>
      <span className={styles.icon} title={label}>
        <Icon name={issue.gravity === 'not-well' ? 'bad' : 'failures'} size={16} />
        <span className="visually-hidden">{label}: </span>
      </span>
      <div className={styles.words}>
        <p className={styles.sentence}>{issue.sentence}</p>
        <p className={styles.soft}>
          {issue.since !== null && (
            <span className={styles.since}>
              since <Time at={issue.since} />
              {now - issue.since >= 60_000 && `, for ${showDuration(now - issue.since)}`}
            </span>
          )}
          {held !== null && (
            <span className={styles.since}>
              next try <NextTry {...held} />
            </span>
          )}
          {issue.whatToDo !== null && (
            <span>
              <span className={styles.todo}>What to do:</span> {issue.whatToDo}
            </span>
          )}
        </p>
      </div>
      <div className={styles.actions}>
        <Resume issue={issue} onChanged={onChanged} />
        {held !== null && <TryNowButton held={held} onTried={onChanged} />}
        <Button component="a" size="compact-xs" variant="default" href={placeAddress(issue.place)}>
          {issueLinkWords[issue.place.screen]}
        </Button>
      </div>
    </li>
  )
}

/** A pause is ended where it is seen. */
function Resume({ issue, onChanged }: { issue: OpenIssue; onChanged: () => void }) {
  const target = pausedTarget(issue)
  if (target === null) return null
  const name = target.scope === 'everything' ? 'Everything' : `The ${target.scope}`
  return <ResumeButton target={target} name={name} size="compact-xs" onDone={onChanged} />
}
