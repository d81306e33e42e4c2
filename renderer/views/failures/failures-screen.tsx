import { useEffect, useMemo } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { groupFailures } from '#renderer/state/failure-groups.ts'
import { loadLimit } from '#renderer/state/failures-slice.ts'
import { count } from '#renderer/state/wording.ts'
import { FailureGroupCard } from './failure-group-card.tsx'
import { ReplayList } from './replay-list.tsx'
import styles from './failures-screen.module.css'

/** What needs a person, grouped by route and cause, with the way to replay it. */
export function FailuresScreen() {
  const { deliveries, more, loaded, failed, reload } = useConsole((state) => state.failures)
  useEffect(() => void reload(), [reload])
  const groups = useMemo(() => groupFailures(deliveries), [deliveries])
  if (!loaded && failed !== null) return <LoadFailure what="The failures" error={failed} again={() => void reload()} />
  const total = groups.reduce((sum, group) => sum + group.deliveries.length, 0)
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Failures</h1>
        {loaded && groups.length === 0 ? (
          <EmptyState icon="good" title="Nothing needs you">
            When a delivery can not be written, it lands here with the reason and the fix, and stays until it is
            replayed.
          </EmptyState>
        ) : (
          <p className={styles.lead}>
            {count(total, 'delivery needs', 'deliveries need')} attention, for {count(groups.length, 'reason')}. Put the
            cause right, then replay: each record is read again and written as it is now.
            {more && ` Only the newest ${loadLimit} are shown.`}
          </p>
        )}
        {groups.map((group) => (
          <FailureGroupCard key={group.key} group={group} />
        ))}
        <ReplayList />
      </div>
    </div>
  )
}
