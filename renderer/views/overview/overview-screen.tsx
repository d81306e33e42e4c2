import { useEffect } from 'react'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useVisible } from '#renderer/state/use-visible.ts'
import { SetupReminder } from '#renderer/views/setup/setup-reminder.tsx'
import type { ScreenProps } from '../frame/screen.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { BudgetList } from './budget-list.tsx'
import { Counters } from './counters.tsx'
import { FlowSection } from './flow-section.tsx'
import { IssueList } from './issue-list.tsx'
import { SourceList } from './source-list.tsx'
import { Verdict } from './verdict.tsx'
import styles from './overview-screen.module.css'

/** How often the screen looks again while it can be seen (ms). */
const lookEveryMs = 3_000

/** Well or not, at a glance: what wants a person, what is in step, how fast it goes, who is quiet and what is used up. */
export function OverviewScreen({ place }: ScreenProps) {
  const isVisible = useVisible()
  // For the reminder: how far the set-up has come is told by what is configured.
  const reloadConnections = useConsole((state) => state.connections.reload)
  useEffect(() => void reloadConnections(), [reloadConnections])
  const { value, failed, reload } = useAnswer(
    'overview',
    (call) => call.overview.get(),
    isVisible ? lookEveryMs : undefined,
  )
  return (
    <Page title="Overview" lead="How the bridge is doing. It refreshes by itself.">
      {value === null && failed === null && <Waiting />}
      {value === null && failed !== null && <LoadFailure what="The overview" error={failed} again={reload} />}
      {value !== null && (
        <>
          <Verdict overview={value} stale={failed !== null} />
          <SetupReminder />
          <IssueList overview={value} onChanged={reload} />
          <Counters overview={value} />
          <FlowSection place={place} />
          <div className={styles.pair}>
            <SourceList sources={value.sources} />
            <BudgetList budgets={value.budgets} />
          </div>
        </>
      )}
    </Page>
  )
}
