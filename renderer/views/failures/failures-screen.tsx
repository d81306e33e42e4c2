import { Page } from '#renderer/parts/page.tsx'
import { failureViewOf } from '#renderer/state/failure-place.ts'
import { useFailureGroups } from '#renderer/state/use-failures.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { DiscardedList } from './discarded-list.tsx'
import { FailureList } from './failure-list.tsx'
import { FailureTabs } from './failure-tabs.tsx'
import { OpenFailures } from './open-failures.tsx'
import { ResolvedList } from './resolved-list.tsx'
import { RunningReplays } from './running-replays.tsx'

/** What needs a person, by cause, with the way to mend it; what was settled, and what was given up. */
export function FailuresScreen({ place }: ScreenProps) {
  const view = failureViewOf(place)
  const groups = useFailureGroups()
  const isList = view.tab !== 'open' || view.filter.text.trim() !== ''
  return (
    <Page
      title="Failures"
      lead="What could not be written, by cause. Mend the cause, then replay: each record is written as it is now."
      width={isList ? 'fill' : 'wide'}
      actions={<FailureTabs view={view} groups={groups.value?.groups ?? []} />}
    >
      <RunningReplays />
      {view.tab === 'open' && <OpenFailures filter={view.filter} groups={groups} />}
      {view.tab === 'resolved' && <ResolvedList groups={groups} />}
      {view.tab === 'discarded' && <DiscardedList />}
      {view.tab === 'list' && <FailureList view={view} groups={groups} />}
    </Page>
  )
}
