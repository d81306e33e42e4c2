import { DataList, type Column } from '#renderer/parts/data-list.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { alertAddress } from '#renderer/state/alerts/alert-place.ts'
import { endWords, severityWording } from '#renderer/state/alerts/alert-words.ts'
import { useAlertNews } from '#renderer/state/alerts/use-alerts.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { usePages } from '#renderer/state/use-pages.ts'
import type { Alert } from '#shared/domain/alert.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'

const perPage = 100

const columns: readonly Column<Alert>[] = [
  { name: 'opened', title: 'Opened', width: '112px', cell: ({ openedAt }) => <Time at={openedAt} /> },
  {
    name: 'severity',
    title: 'How grave',
    width: '150px',
    cell: ({ severity }) => <StateBadge wording={severityWording[severity]} />,
  },
  {
    name: 'sentence',
    title: 'What was the matter',
    width: 'minmax(0, 3fr)',
    cell: ({ sentence }) => <strong title={sentence}>{sentence}</strong>,
  },
  { name: 'rule', title: 'Rule', width: 'minmax(0, 1fr)', cell: ({ ruleName }) => ruleName },
  {
    name: 'lasted',
    title: 'Lasted',
    width: '76px',
    cell: ({ openedAt, resolved }) => resolved !== null && showDuration(resolved.at - openedAt),
  },
  { name: 'end', title: 'How it ended', width: 'minmax(0, 1.2fr)', cell: (alert) => endWords(alert) },
]

/** Alerts that are over, newest first; drawn and loaded only as far as they are in sight. */
export function HistoryList() {
  const { ended, failed, items, loadMore, loading, reload } = usePages<Alert>('alert history', (call, after) =>
    call.alerts.list({ state: 'resolved', limit: perPage, ...(after !== undefined && { after }) }),
  )
  // Somebody who reads far down keeps their place; what is new comes with the next visit.
  useAlertNews(() => {
    if (items.length <= perPage) reload()
  })
  if (items.length === 0) {
    if (failed !== null) return <LoadFailure what="The history" error={failed} again={reload} />
    if (!ended) return <Waiting />
    return (
      <EmptyState icon="bell" title="Nothing is over yet">
        An alert comes here when it is over, with what was measured, who was told and who took care of it.
      </EmptyState>
    )
  }
  return (
    <DataList<Alert>
      label="Alerts that are over, newest first"
      columns={columns}
      items={items}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(alertAddress(id))}
      onEnd={loadMore}
      foot={loading ? 'Loading…' : ended && items.length > perPage ? 'This is the oldest one.' : null}
    />
  )
}
