import { PageTabs } from '#renderer/parts/page-tabs.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { failureTabOf, type FailureView } from '#renderer/state/failure-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import { resolvedOf } from '#renderer/state/use-failures.ts'
import type { FailureGroup } from '#shared/domain/failure-group.ts'

/** Open, resolved and discarded; the open ones with the number that needs a person. */
export function FailureTabs({ view, groups }: { view: FailureView; groups: readonly FailureGroup[] }) {
  const tab = failureTabOf(view)
  const queue = useConsole((state) => state.relay.health?.queue)
  const open = queue === undefined ? 0 : queue.dead + queue.parked
  const tabs = [
    { name: 'open', label: 'Open', count: open, hash: addressOf('failures') },
    {
      name: 'resolved',
      label: 'Resolved',
      count: resolvedOf(groups).length,
      hash: addressOf('failures', ['resolved']),
    },
    { name: 'discarded', label: 'Discarded', hash: addressOf('failures', ['discarded']) },
  ]
  return <PageTabs label="Failures" tabs={tabs} at={tab} />
}
